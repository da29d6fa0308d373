"""People abroad: a worker of the commune, a student from elsewhere, and one whom only Sở B's list names."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Protocol

from django.utils import timezone
from tests.cast import BEGINNING, Cast

from nhipcau.apps.access.identity import set_identity
from nhipcau.apps.files.models import Upload
from nhipcau.apps.registry.entering import enter
from nhipcau.apps.registry.models import (
    Consent,
    ConsentText,
    DataOfficer,
    Export,
    Group,
    Intake,
    IntakeRow,
    Layout,
    LookUp,
    Merge,
    Pair,
    Person,
    Recall,
    Remit,
    Restriction,
    RetentionRule,
    RightsRequest,
    Round,
    RunningSource,
    Sharing,
    SourceRecord,
    SubjectCopy,
    TakingOut,
    Verification,
)

DAY = date(2026, 6, 30)


class Grown(Protocol):
    """The world of these tests, which this file adds to."""

    cast: Cast
    objects: dict[str, dict[str, Any]]


def begin_registry() -> None:
    """What tests make, the system makes: row security shows nobody's rows to nobody."""
    set_identity(None, "tests")


def make_round(cast: Cast, **fields: Any) -> Round:
    values = {
        "name": "Đợt rà soát 2026",
        "reference_date": DAY,
        "counting": Round.Counting.STOCK,
        "groups": Round.Groups.OVERLAPPING,
        "source": "Danh sách của các xã, phường",
        "state": Round.State.OPEN,
        "created_by": cast.coordinator,
    }
    return Round.objects.create(**values | fields)


def make_record(cast: Cast, round: Round, **fields: Any) -> SourceRecord:
    """Not saved; entered by hand by the coordinator."""
    values = {
        "origin": SourceRecord.Origin.PAPER,
        "round": round,
        "sender": cast.lead_agency,
        "stated_on": DAY,
        "made_by": cast.coordinator,
        "name": "Nguyễn Thị Hoa",
        "sex": "F",
        "birth": "1962-05-30",
        "country": "US",
    }
    return SourceRecord(**values | fields)


# What the model says of two records: brother or sister, or one woman written twice.
EVIDENCE = {
    "prior": -16.6,
    "parts": [
        {"on": "name", "grade": "part", "bits": 7.4, "shared_by": 3},
        {"on": "birth", "grade": "year", "bits": 5.1, "shared_by": 310},
        {"on": "origin", "grade": "merged", "bits": 5.2, "shared_by": 420},
        {"on": "household", "grade": "relative_pair", "bits": 2.9, "shared_by": 12},
        {"on": "paper", "grade": "differ", "bits": -1.7},
    ],
}


def make_pair(one: SourceRecord, other: SourceRecord, weight: float = 2.3, **fields: Any) -> Pair:
    """Two records that may be of one person, with what speaks for and against."""
    left, right = sorted((one, other), key=lambda each: each.pk)
    values = {"evidence": EVIDENCE} | fields
    return Pair.objects.create(left=left, right=right, weight=weight, **values)


def make_registry(world: Grown) -> None:
    """About thirty inserts."""
    begin_registry()
    cast = world.cast
    remit = Remit.objects.create(
        organisation=cast.department_a,
        group=Group.WORKER,
        basis="Quyết định phân công",
        valid=(BEGINNING, None),
    )
    round = make_round(cast)
    planned = make_round(cast, name="Đợt 2027", reference_date=date(2027, 6, 30), state=Round.State.DRAFT)
    source = RunningSource.objects.create(
        name="Hội thân nhân", kind=RunningSource.Kind.ASSOCIATION, created_by=cast.coordinator
    )
    worker = enter(make_record(cast, round, place=cast.commune, groups=[Group.WORKER]))
    student = enter(make_record(cast, round, name="Trần Văn Bình", sex="M", groups=[Group.STUDENT]))
    of_b = make_record(cast, round, name="Lê Thị Cúc", sender=cast.department_b, groups=[Group.MARRIED])
    enter(of_b)
    upload = Upload.objects.create(
        sha256="5e" * 32, name="danh-sach.xlsx", size=10, format="xlsx", created_by=cast.outsider
    )
    intake = Intake.objects.create(
        upload=upload,
        digest=upload.sha256,
        name=upload.name,
        sender=cast.department_b,
        running_source=source,
        stated_on=DAY,
        state=Intake.State.CHECKED,
        created_by=cast.outsider,
    )
    IntakeRow.objects.create(intake=intake, sheet=0, number=2, finding="new", meaning={"name": "Lê Thị Cúc"})
    Layout.objects.create(sender=cast.department_b, headings="c" * 64, set_by=cast.outsider)
    records = SourceRecord.objects.order_by("pk")
    pair = Pair.objects.create(left=records[0], right=records[1], weight=3.5)
    merge = Merge.objects.create(kept=worker, gone=student, pair=pair, asked_by=cast.coordinator)
    taking_out = TakingOut.objects.create(person=worker, records=[records[0].pk], asked_by=cast.coordinator)
    make_rights(world, worker, student)
    world.objects |= {
        "running round": {"pk": round.pk},
        "planned round": {"pk": planned.pk},
        "running source": {"pk": source.pk},
        "worker of the commune": {"pk": worker.pk},
        "student from elsewhere": {"pk": student.pk},
        "person of B's list": {"pk": Person.objects.get(memberships__record=of_b).pk},
        "remit": {"pk": remit.pk},
        "taking out of the worker": {"pk": taking_out.pk},
        "join of two": {"pk": merge.pk},
        "pair of two": {"pk": pair.pk},
        "B's list": {"pk": intake.pk},
    }
    _leaving(world, student)


def _leaving(world: Grown, student: Person) -> None:
    """What the commune looked up a day ago, what the department and the keeper take out of the register."""
    cast, yesterday = world.cast, timezone.now() - timedelta(days=1)
    officer = DataOfficer.objects.create(
        user=cast.second_coordinator, basis="Quyết định", valid=(BEGINNING, None)
    )
    look = LookUp.objects.create(
        user=cast.commune_officer,
        reason="help",
        words="Công dân đến hỏi",
        by="year",
        person=student,
        made_at=yesterday,
        until=yesterday + timedelta(minutes=30),
        review_by=yesterday + timedelta(hours=72),
    )
    sharing = Sharing.objects.create(
        body="Công an tỉnh Mẫu",
        letter="12/CV-CAT",
        letter_day=DAY,
        basis="Luật",
        purpose="Xác minh",
        columns=["name"],
        until=timezone.localdate() + timedelta(days=30),
        asked_by=cast.second_coordinator,
    )
    asked = {"purpose": "check", "words": "Rà soát", "columns": ["name"], "people": 600}
    waiting = Export.objects.create(asked_by=cast.officer, **asked)
    Recall.objects.create(export=waiting, line=5, why=Recall.Why.ERASED)
    world.objects |= {
        "data officer": {"pk": officer.pk},
        "look of the commune": {"pk": look.pk},
        "sharing": {"pk": sharing.pk},
        "export of A": {"pk": waiting.pk},
    }


def make_request(cast: Cast, person: Person | None, **fields: Any) -> RightsRequest:
    """To see what is kept, received on a Tuesday."""
    values = {
        "right": RightsRequest.Right.SEE,
        "person": person,
        "asked_by": RightsRequest.Asker.PERSON,
        "asker": "Nguyễn Thị Hoa",
        "contact": "hoa@example.com",
        "identity": RightsRequest.Identity.PAPER,
        "channel": RightsRequest.Channel.DESK,
        "received_on": date(2026, 11, 17),
        "acknowledge_by": date(2026, 11, 19),
        "first_due_on": date(2026, 11, 27),
        "due_on": date(2026, 11, 27),
        "created_by": cast.coordinator,
    }
    return RightsRequest.objects.create(**values | fields)


def make_consent_text(cast: Cast, **fields: Any) -> ConsentText:
    values = {
        "purpose": "contact",
        "version": 1,
        "text_vi": "Tôi đồng ý nhận thư mời.",
        "text_en": "I agree to be invited.",
        "in_use_from": BEGINNING,
        "made_by": cast.coordinator,
    }
    return ConsentText.objects.create(**values | fields)


def make_rights(world: Grown, worker: Person, student: Person) -> None:
    """Ten inserts; the student was restricted for a time."""
    cast = world.cast
    request = make_request(cast, worker)
    text = make_consent_text(cast)
    consent = Consent.objects.create(
        person=worker,
        text=text,
        purpose=text.purpose,
        given_on=DAY,
        by=Consent.By.PERSON,
        how=Consent.How.PAPER,
        recorded_by=cast.coordinator,
    )
    verification = Verification.objects.create(
        person=worker, by="document", verified_on=DAY, recorded_by=cast.coordinator
    )
    restriction = Restriction.objects.create(
        person=student, set_by=cast.coordinator, lifted_at=timezone.now(), lifted_by=cast.coordinator
    )
    RetentionRule.objects.create(
        what="refused_lists", days=30, basis="Quy chế của Sở", set_by=cast.coordinator
    )
    upload = Upload.objects.create(
        sha256="7c" * 32, name="ban-sao.docx", size=10, format="docx", created_by=cast.coordinator
    )
    copy = SubjectCopy.objects.create(
        request=request, upload=upload, made_by=cast.coordinator, expires_on=date(2099, 1, 1)
    )
    world.objects |= {
        "request of the worker": {"pk": request.pk},
        "copy for the worker": {"pk": request.pk, "copy": copy.pk},
        "consent of the worker": {"pk": worker.pk, "consent": consent.pk},
        "verification of the worker": {"pk": worker.pk, "verification": verification.pk},
        "what is kept": {"what": "refused_lists"},
        "restriction that was lifted": {"pk": restriction.pk},
    }
