"""Forms, periods and reports: Sở A has sent one and begun the next, Sở B owes its own, the commune reports
through Sở A.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Protocol

from django.utils import timezone
from tests.cast import Cast

from nhipcau.apps.files.models import Upload
from nhipcau.apps.indicators.models import IndicatorVersion
from nhipcau.apps.plans.models import Document, ReportingDuty
from nhipcau.apps.reporting.models import (
    Attachment,
    Chase,
    CheckReason,
    Consolidation,
    Deferral,
    Form,
    FormVersion,
    Obligation,
    Paragraph,
    ParagraphSource,
    Passage,
    Period,
    ReminderLetter,
    ReportFile,
    Schedule,
    Section,
    SectionIndicator,
    SetAside,
    SignedReport,
    Submission,
    TakenReport,
    Value,
    Verdict,
    Workbook,
)
from nhipcau.core.workdays.deadlines import end_of


class Grown(Protocol):
    """The world of these tests, which this file adds to."""

    cast: Cast
    objects: dict[str, dict[str, Any]]


def make_reports(world: Grown) -> None:
    """About forty inserts."""
    cast = world.cast
    version = make_form(cast, "Báo cáo công tác người Việt Nam ở nước ngoài")
    draft = FormVersion.objects.create(
        form=version.form, number=2, change_note="Thêm mục", created_by=cast.coordinator
    )
    Section.objects.create(version=draft, key="ket-qua", position=1, title="Kết quả")
    period = make_period(version, cast)
    planned = make_period(version, cast, state=Period.State.PLANNED, year=2028)
    of_a = Obligation.objects.create(period=period, organisation=cast.department_a)
    of_b = Obligation.objects.create(period=period, organisation=cast.department_b)
    of_commune = Obligation.objects.create(
        period=period, organisation=cast.commune, through=cast.department_a
    )
    Obligation.objects.create(period=planned, organisation=cast.department_a)
    sent = send(begin(of_a, cast), cast, "TN-1")
    Verdict.objects.create(
        submission=sent, what="returned", reason="Thiếu số liệu", created_by=cast.coordinator
    )
    Verdict.objects.create(submission=sent, what="passed_head", created_by=cast.officer)
    Submission.objects.filter(pk=sent.pk).update(state=Submission.State.RETURNED)
    Obligation.objects.filter(pk=of_a.pk).update(state="returned", received_at=timezone.now())
    begun = begin(of_a, cast, number=2)
    begin(of_b, cast)
    for number, obligation in enumerate((of_a, of_b), start=1):
        Deferral.objects.create(
            obligation=obligation,
            old_at=period.due_at,
            new_at=period.due_at + timedelta(days=5),
            reason="Chờ đại hội",
            asked_by=cast.officer,
        )
        Chase.objects.create(obligation=obligation, how="zalo", created_by=cast.coordinator)
        _papers(world, obligation, "AB"[number - 1])
        world.objects[f"deferral of {'AB'[number - 1]}"] = {
            "pk": Deferral.objects.get(obligation=obligation).pk
        }
    _consolidation(world, period, sent)
    duty = ReportingDuty.objects.filter(document__state="approved").first() or ReportingDuty.objects.create(
        document=Document.objects.filter(state="approved").first(), by_phrase="các sở", kind="periodic"
    )
    Schedule.objects.create(
        duty=duty, form=version.form, rules=[{"period": "year", "kind": "annual", "value": "11-30"}]
    )
    world.objects |= {
        "form": {"pk": version.form_id, "version_pk": version.pk},
        "form version": {"pk": version.pk},
        "draft of a form": {"pk": draft.pk, "section_pk": draft.sections.get().pk},
        "reporting duty": {"pk": duty.pk},
        "period": {"pk": period.pk},
        "planned period": {"pk": planned.pk},
        "section of a draft": {"pk": draft.sections.get().pk},
        "report of A": {"pk": of_a.pk, "file_pk": sent.attachments.get().pk},
        "report of B": {"pk": of_b.pk},
        "report of the commune": {"pk": of_commune.pk},
        "version of A": {"pk": sent.pk},
        "draft of A": {"pk": begun.pk},
    }


def make_form(cast: Cast, title: str) -> FormVersion:
    """A form in use: text, tasks, figures, difficulties, files."""
    form = Form.objects.create(title=title, created_by=cast.coordinator)
    version = FormVersion.objects.create(form=form, number=1, created_by=cast.coordinator)
    kinds = ("narrative", "tasks", "indicators", "difficulties", "attachments")
    for position, kind in enumerate(kinds, start=1):
        section = Section.objects.create(
            version=version, key=kind, position=position, kind=kind, title=f"Mục {position}", required=False
        )
        if kind == "indicators":
            SectionIndicator.objects.create(
                section=section, indicator=IndicatorVersion.objects.first(), position=1
            )
    FormVersion.objects.filter(pk=version.pk).update(state="in_use", put_in_use_at=timezone.now())
    return FormVersion.objects.get(pk=version.pk)


def make_period(version: FormVersion, cast: Cast, *, state: str = "open", year: int = 2027) -> Period:
    due_on = timezone.localdate() + timedelta(days=20)
    return Period.objects.create(
        form_version=version,
        kind="year",
        year=year,
        title=f"Năm {year}",
        state=state,
        window_first=date(year - 1, 12, 15),
        window_last=date(year, 12, 14),
        opens_on=timezone.localdate(),
        due_stated_on=due_on,
        due_on=due_on,
        due_at=end_of(due_on),
        created_by=cast.coordinator,
    )


def begin(obligation: Obligation, cast: Cast, *, number: int = 1) -> Submission:
    """A draft with one answer of each sort."""
    found = Submission.objects.create(
        obligation=obligation,
        organisation=obligation.organisation,
        number=number,
        created_by=cast.officer,
    )
    sections = {each.kind: each for each in obligation.period.form_version.sections.all()}
    Passage.objects.create(submission=found, section=sections["narrative"], text="Đã làm.")
    asked = sections["indicators"].indicators.get()
    Value.objects.create(submission=found, asked=asked, amount=5)
    upload = Upload.objects.create(sha256=f"{found.pk:064}", size=1, name="a.txt", created_by=cast.officer)
    Attachment.objects.create(submission=found, section=sections["attachments"], upload=upload, name="a.txt")
    CheckReason.objects.create(submission=found, code="outlier", place="x", reason="Mở thêm lớp")
    return found


def send(submission: Submission, cast: Cast, number: str, at: datetime | None = None) -> Submission:
    """As sent, without the action."""
    submission.state = Submission.State.SENT
    submission.sent_at, submission.sent_by = at or timezone.now(), cast.officer
    submission.received_number, submission.digest = number, "0" * 64
    submission.save()
    return submission


def _papers(world: Grown, obligation: Obligation, name: str) -> None:
    """A workbook of the unit, and a letter that reminds it."""
    cast = world.cast
    upload = Upload.objects.create(
        sha256=f"b{obligation.pk:063}", size=1, name="b.xlsx", created_by=cast.coordinator
    )
    letter = ReminderLetter.objects.create(
        period=obligation.period, upload=upload, created_by=cast.coordinator
    )
    workbook = Workbook.objects.create(
        obligation=obligation, upload=upload, name="b.xlsx", state="read", created_by=cast.officer
    )
    world.objects[f"letter of {name}"] = {"pk": letter.pk}
    world.objects[f"workbook of {name}"] = {"pk": workbook.pk}


def _consolidation(world: Grown, period: Period, sent: Submission) -> None:
    cast = world.cast
    draft = Consolidation.objects.create(period=period, created_by=cast.coordinator)
    passage = sent.passages.get()
    paragraph = Paragraph.objects.create(
        consolidation=draft, section=passage.section, position=1, text="Đã làm.", created_by=cast.coordinator
    )
    ParagraphSource.objects.create(paragraph=paragraph, passage=passage, start=0, end=7)
    SetAside.objects.create(consolidation=draft, passage=passage, created_by=cast.coordinator)
    frozen = SignedReport.objects.create(
        period=period, version=1, content={}, digest="0" * 64, frozen_by=cast.coordinator
    )
    signed = SignedReport.objects.create(
        period=period,
        version=2,
        reason="Sửa số liệu",
        content={},
        digest="1" * 64,
        state=SignedReport.State.SIGNED,
        number="12/BC-SNgV",
        issued_on=date(2027, 12, 20),
        frozen_by=cast.coordinator,
    )
    upload = Upload.objects.create(sha256="d" * 64, size=1, name="bao-cao.docx", created_by=cast.coordinator)
    ReportFile.objects.create(report=frozen, kind="docx", upload=upload)
    taken = TakenReport.objects.create(
        province="Lam Giang",
        agency="Sở Ngoại vụ",
        title="Năm 2027",
        year=2027,
        version=1,
        content={},
        digest="2" * 64,
        taken_by=cast.coordinator,
    )
    world.objects |= {
        "taken report": {"pk": taken.pk},
        "draft of the province": {"pk": draft.pk},
        "draft of the period": {
            "pk": period.pk,
            "section_pk": passage.section_id,
            "paragraph_pk": paragraph.pk,
        },
        "frozen report": {"pk": frozen.pk, "kind": "json"},
        "signed report": {"pk": signed.pk, "kind": "json"},
    }
