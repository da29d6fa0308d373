"""A form as a workbook: filled in, sent back, its wrong cells told, its right ones in the draft."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.cast import Cast, SignedIn
from tests.permissions.world_of_indicators import make_indicator
from tests.permissions.world_of_reports import make_period

from nhipcau.apps.reference.models import Country
from nhipcau.apps.reporting.actions import begin_draft, save_draft
from nhipcau.apps.reporting.actions.take_workbook import take_workbook
from nhipcau.apps.reporting.actions.upload_workbook import upload_workbook
from nhipcau.apps.reporting.answering import Answers, Figure, Text, read_answers
from nhipcau.apps.reporting.models import (
    FormVersion,
    Obligation,
    Section,
    SectionIndicator,
    Submission,
    Workbook,
)
from nhipcau.apps.reporting.refusals import Refused, Stale
from nhipcau.apps.reporting.tests.workbooks import (
    COUNTRIES,
    asked,
    blank,
    make_report,
    put,
    saved,
    sections,
    sent,
)
from nhipcau.apps.reporting.workbooks.outgoing import marked_copy
from nhipcau.apps.reporting.workbooks.preview import preview_of
from nhipcau.core.tablereader import Refusal, read_tables

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_once(settings: Any) -> None:
    settings.JOBS_INLINE = True


@pytest.fixture
def report(cast: Cast) -> Obligation:
    return make_report(cast)


def test_what_a_unit_fills_in_is_its_draft(cast: Cast, report: Obligation, tmp_path: Path) -> None:
    first, second, _figures, hard, _tasks = sections(report)
    people, money = asked(report, "nguoi"), asked(report, "von")
    sheets = blank(report, tmp_path)
    put(sheets, "texts", f"s{first.pk}", text="Đã ban hành kế hoạch.\nĐã tổ chức hội nghị.")
    put(sheets, "texts", f"s{second.pk}", nothing="x")
    put(sheets, "figures", f"f{people}", amount=1204)
    put(sheets, "figures", f"f{people}.sex.male", amount="604")
    put(sheets, "figures", f"f{money}", amount="1.234,5")
    put(sheets, "splits", "", label=COUNTRIES, category="đức", amount=30)
    put(sheets, "splits", "", label=COUNTRIES, category="Bỉ", amount=4)
    put(sheets, "difficulties", f"s{hard.pk}", text="Thiếu kinh phí", addressee="Bộ Tài chính")
    found = sent(report, cast, saved(sheets))
    assert found.state == Workbook.State.TAKEN, found.refusal
    answers = read_answers(Submission.objects.get(obligation=report))
    assert {each.place: each.amount for each in answers.figures} == {
        f"f{people}": Decimal(1204),
        f"f{people}.sex.male": Decimal(604),
        f"f{people}.country.DE": Decimal(30),
        f"f{people}.country.BE": Decimal(4),
        f"f{money}": Decimal("1234.5"),
    }
    texts = {(each.section, each.text, each.addressee, each.nothing) for each in answers.texts}
    assert (first.pk, "Đã ban hành kế hoạch.\nĐã tổ chức hội nghị.", "", False) in texts
    assert (second.pk, "", "", True) in texts
    assert (hard.pk, "Thiếu kinh phí", "Bộ Tài chính", False) in texts
    assert Submission.objects.get().via == Submission.Via.WORKBOOK


def test_a_number_is_not_read_as_text(cast: Cast, report: Obligation, tmp_path: Path) -> None:
    """1.234 in a cell is a little over one; typed as text it is a thousand and more."""
    money = asked(report, "von")
    for typed, expected in ((1.25, Decimal("1.25")), ("1.250", Decimal(1250))):
        sheets = blank(report, tmp_path, draft=False)
        put(sheets, "figures", f"f{money}", amount=typed)
        shown = preview_of(_read_only(report, cast, saved(sheets)))
        assert [each.amount for each in shown.understood.answers.figures] == [expected]


def _read_only(report: Obligation, cast: Cast, body: bytes) -> Workbook:
    """Read, whether it was taken over or not."""
    return Workbook.objects.select_related("obligation__period__form_version").get(
        pk=sent(report, cast, body).pk
    )


@pytest.mark.parametrize("typed", ["mười", "05/6/2027", "12.5", "-", "1,2,3", "1e5"])
def test_what_is_no_figure_comes_back_marked(
    cast: Cast, report: Obligation, tmp_path: Path, typed: str
) -> None:
    people, money = asked(report, "nguoi"), asked(report, "von")
    sheets = blank(report, tmp_path)
    put(sheets, "figures", f"f{people}", amount=typed)
    put(sheets, "figures", f"f{money}", amount=7)
    found = _read_only(report, cast, saved(sheets))
    assert found.state == Workbook.State.READ
    shown = preview_of(found)
    (problem,) = shown.understood.problems
    assert problem.key == "amount"
    wrong = next(each for each in shown.wrong if each.line == problem.line)
    assert (wrong.sheet, wrong.cell[0]) == ("Số liệu", "E")
    take_workbook(found, revision=-1, actor=cast.officer)
    answers = read_answers(Submission.objects.get())
    assert [(each.asked, each.amount) for each in answers.figures] == [(money, Decimal(7))]
    copy = tmp_path / "marked.xlsx"
    copy.write_bytes(marked_copy(found, "Sở A"))
    again = next(each for each in read_tables(copy) if each["name"] == "Số liệu")
    assert any(typed in row["cells"] for row in again["rows"])


def test_nothing_of_the_draft_is_overwritten_unseen(cast: Cast, report: Obligation, tmp_path: Path) -> None:
    people = asked(report, "nguoi")
    sheets = blank(report, tmp_path)
    put(sheets, "figures", f"f{people}", amount=9)
    draft = begin_draft(report, actor=cast.officer)
    save_draft(draft, Answers(figures=(Figure(people, amount=Decimal(5)),)), revision=0, actor=cast.officer)
    found = _read_only(report, cast, saved(sheets))
    assert found.state == Workbook.State.READ
    shown = preview_of(found)
    assert [(each.before, each.after) for each in shown.changed] == [("5", "9")]
    with pytest.raises(Stale):
        take_workbook(found, revision=0, actor=cast.officer)
    take_workbook(found, revision=shown.revision, actor=cast.officer)
    assert read_answers(draft).amounts() == {f"f{people}": Decimal(9)}
    with pytest.raises(Refused, match="workbook-taken"):
        take_workbook(found, revision=shown.revision, actor=cast.officer)


def test_the_draft_stands_in_the_form(cast: Cast, report: Obligation, tmp_path: Path) -> None:
    first = sections(report)[0]
    people = asked(report, "nguoi")
    draft = begin_draft(report, actor=cast.officer)
    save_draft(
        draft,
        Answers(texts=(Text(first.pk, "=1+1"),), figures=(Figure(people, amount=Decimal("26362")),)),
        revision=0,
        actor=cast.officer,
    )
    body = saved(blank(report, tmp_path))
    found = _read_only(report, cast, body)
    assert found.state == Workbook.State.TAKEN
    assert preview_of(found).understood.answers.amounts() == {f"f{people}": Decimal(26362)}
    assert read_answers(draft).texts[0].text == "=1+1"


def test_a_workbook_of_another_unit_is_told(cast: Cast, report: Obligation, tmp_path: Path) -> None:
    other = Obligation.objects.create(period=report.period, organisation=cast.department_b)
    found = sent(report, cast, saved(blank(other, tmp_path)))
    assert (found.state, found.refusal["code"]) == (Workbook.State.REFUSED, "workbook-other")
    assert not Submission.objects.exists()


def test_a_broken_seal_is_told(cast: Cast, report: Obligation, tmp_path: Path) -> None:
    sheets = blank(report, tmp_path)
    for sheet in sheets:
        for row in sheet["rows"]:
            row["cells"] = [cell + "A" if cell.startswith("NCBM1:") else cell for cell in row["cells"]]
    assert sent(report, cast, saved(sheets)).refusal["code"] == "workbook-unsealed"


def test_rows_may_be_moved_and_other_sheets_added(cast: Cast, report: Obligation, tmp_path: Path) -> None:
    people = asked(report, "nguoi")
    sheets = blank(report, tmp_path)
    put(sheets, "figures", f"f{people}", amount=3)
    figures = next(each for each in sheets if each["name"] == "Số liệu")
    head, rest = figures["rows"][:2], figures["rows"][2:]
    for row in rest:
        row["number"] += 7
    figures["rows"] = [*head, *rest]
    sheets.append({"name": "Nháp của tôi", "hidden": False, "rows": [{"number": 1, "cells": ["ghi chú"]}]})
    found = _read_only(report, cast, saved(list(reversed(sheets))))
    assert found.state == Workbook.State.TAKEN
    assert found.counts["strange"] == ["Nháp của tôi"]
    assert read_answers(Submission.objects.get()).amounts() == {f"f{people}": Decimal(3)}


@pytest.mark.parametrize(
    "wrong",
    [
        ("splits", {"label": "Chỉ tiêu lạ", "category": "Lào", "amount": 1}, "chọn chỉ tiêu"),
        ("splits", {"label": COUNTRIES, "category": "Atlantis", "amount": 1}, "Không có tên này"),
        ("figures", {"code": "f999999", "amount": 1}, "không thuộc biểu"),
        ("texts", {"code": "s1.t2", "text": "lạc"}, "không thuộc biểu"),
    ],
)
def test_what_belongs_nowhere_is_told(
    cast: Cast, report: Obligation, tmp_path: Path, wrong: tuple[str, dict[str, Any], str]
) -> None:
    kind, cells, words = wrong
    sheets = blank(report, tmp_path)
    put(sheets, kind, "", **cells)
    (problem,) = preview_of(_read_only(report, cast, saved(sheets))).understood.problems
    assert words in problem.words


def test_the_checks_of_the_page_stand_at_their_cells(cast: Cast, report: Obligation, tmp_path: Path) -> None:
    people = asked(report, "nguoi")
    sheets = blank(report, tmp_path)
    put(sheets, "figures", f"f{people}", amount=5)
    put(sheets, "figures", f"f{people}.sex.male", amount=9)
    shown = preview_of(_read_only(report, cast, saved(sheets)))
    wrong = [each for each in shown.wrong if each.cell]
    assert wrong
    assert wrong[0].stop
    assert shown.lines[wrong[0].line].cell("code") == f"f{people}.sex.male"


def test_two_thousand_rows_are_taken(
    cast: Cast, report: Obligation, tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    version = report.period.form_version
    wide = FormVersion.objects.create(
        form=version.form, number=2, change_note="Thêm", created_by=cast.coordinator
    )
    section = Section.objects.create(version=wide, key="so", position=1, kind="indicators", title="Số liệu")
    for at in range(80):
        made = make_indicator(f"ct-{at}", f"Chỉ tiêu {at}", splits=["country"])
        SectionIndicator.objects.create(
            section=section, indicator=made, position=at, splits=["country"], required=False
        )
    FormVersion.objects.filter(pk=version.pk).update(state="ended")
    FormVersion.objects.filter(pk=wide.pk).update(state="in_use")
    wide.refresh_from_db()
    report = Obligation.objects.create(
        period=make_period(wide, cast, year=2031), organisation=cast.department_a
    )
    sheets = blank(report, tmp_path)
    names = [each.name for each in Country.objects.order_by("code")[:25]]
    for at in range(80):
        for name in names:
            label = f"{at + 1}. Chỉ tiêu {at}: Theo quốc gia và vùng lãnh thổ"
            put(sheets, "splits", "", label=label, category=name, amount=1)
    body = saved(sheets)
    with django_assert_max_num_queries(140):
        found = sent(report, cast, body)
    assert found.state == Workbook.State.TAKEN, found.refusal
    assert len(read_answers(Submission.objects.get(obligation=report)).figures) == 2000


def test_who_sent_already_is_told(cast: Cast, report: Obligation, tmp_path: Path) -> None:
    body = saved(blank(report, tmp_path))
    Obligation.objects.filter(pk=report.pk).update(state="sent", received_at=report.period.due_at)
    with pytest.raises(Refused, match="no-such-move"):
        sent(report, cast, body)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 broken", None),
        (b"%PDF-1.4\n", "type"),
        (b"<html><table></table>", "type"),
    ],
)
def test_what_is_no_workbook_is_refused_with_a_reason(
    cast: Cast, report: Obligation, body: bytes, code: str | None
) -> None:
    with pytest.raises(Refusal) as refused:
        sent(report, cast, body)
    assert code is None or refused.value.code == code
    assert refused.value.message("vi")
    assert not Workbook.objects.exists()


def test_the_pages_lead_from_the_form_to_the_draft(
    cast: Cast, signed_in: SignedIn, report: Obligation, tmp_path: Path
) -> None:
    client = signed_in("officer")
    people = asked(report, "nguoi")
    draft = begin_draft(report, actor=cast.officer)
    save_draft(draft, Answers(figures=(Figure(people, amount=Decimal(5)),)), revision=0, actor=cast.officer)
    shown = client.get(reverse("reporting:workbook", args=[report.pk])).content.decode()
    assert "Tải biểu" in shown
    got = client.get(reverse("reporting:workbook_form", args=[report.pk]))
    path = tmp_path / "got.xlsx"
    path.write_bytes(got.content)
    sheets = read_tables(path)
    put(sheets, "figures", f"f{people}", amount="tám")
    put(sheets, "figures", f"f{people}.sex.male", amount=2)
    answer = client.post(
        reverse("reporting:workbook", args=[report.pk]),
        {"file": SimpleUploadedFile("bieu.xlsx", saved(sheets))},
    )
    read = client.get(answer["Location"]).content.decode()
    for words in ("1 ô của tệp không nhận được", "Đây không phải", "Đưa vào dự thảo", "E4"):
        assert words in read
    assert (
        client.get(reverse("reporting:workbook_marked", args=[Workbook.objects.get().pk])).status_code == 200
    )
    revision = Submission.objects.get().revision
    client.post(answer["Location"], {"revision": str(revision)})
    assert Workbook.objects.get().state == Workbook.State.TAKEN
    assert read_answers(draft).amounts() == {f"f{people}": Decimal(5), f"f{people}.sex.male": Decimal(2)}


def test_the_coordinator_hands_in_for_a_unit(cast: Cast, report: Obligation, tmp_path: Path) -> None:
    sheets = blank(report, tmp_path, draft=False)
    put(sheets, "texts", f"s{sections(report)[0].pk}", text="Trên giấy")
    found = upload_workbook(report, io.BytesIO(saved(sheets)), "usb.xlsx", actor=cast.coordinator)
    found.refresh_from_db()
    assert found.state == Workbook.State.TAKEN
    assert Submission.objects.get().via == Submission.Via.PAPER
