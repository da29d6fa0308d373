"""Reminding units of a report: in the application, outside of it, by an official letter."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import docx
import pytest
from django.urls import reverse
from django.utils import timezone
from tests.cast import Cast, SignedIn
from tests.permissions.world_of_indicators import make_indicator
from tests.permissions.world_of_reports import make_form, make_period

from nhipcau.apps.audit.models import Event
from nhipcau.apps.files import store
from nhipcau.apps.notices.models import Notice
from nhipcau.apps.reporting.actions import chase_units, note_chase
from nhipcau.apps.reporting.models import Chase, Obligation, Period, ReminderLetter
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.core.officialdoc import check_docx
from nhipcau.core.planreader.tests.hostile import TEXT_STREAM, one_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def period(cast: Cast) -> Period:
    """Sở A is missing, Sở B was returned, the commune has sent."""
    make_indicator("nguoi-o-nuoc-ngoai", "Người ở nước ngoài")
    made = make_period(make_form(cast, "Báo cáo công tác kiều bào"), cast)
    due = timezone.now() - timedelta(days=3)
    Period.objects.filter(pk=made.pk).update(due_at=due, due_on=timezone.localdate(due))
    Obligation.objects.create(period=made, organisation=cast.department_a)
    for unit, state in ((cast.department_b, "returned"), (cast.commune, "sent")):
        Obligation.objects.create(
            period=made, organisation=unit, state=state, received_at=due - timedelta(days=1)
        )
    made.refresh_from_db()
    return made


def of(period: Period, organisation: object) -> Obligation:
    return period.obligations.get(organisation=organisation)


def test_all_that_owe_are_told_once_a_day(cast: Cast, period: Period) -> None:
    assert chase_units(period, actor=cast.coordinator) == 2
    assert chase_units(period, actor=cast.second_coordinator) == 0
    told = {notice.recipient: notice.kind for notice in Notice.objects.all()}
    assert told == {cast.officer: "reporting.chased", cast.outsider: "reporting.chased_again"}
    assert Chase.objects.filter(how="notice").count() == 2


def test_one_unit_is_reminded_alone(cast: Cast, period: Period) -> None:
    assert chase_units(period, [of(period, cast.department_b).pk], actor=cast.coordinator) == 1
    assert not Notice.objects.filter(recipient=cast.officer).exists()


def test_nobody_is_reminded_of_what_is_here(cast: Cast, period: Period) -> None:
    commune = of(period, cast.commune)
    with pytest.raises(Refused, match="nobody-to-chase"):
        chase_units(period, [commune.pk], actor=cast.coordinator)
    with pytest.raises(Refused, match="sent-already"):
        note_chase(commune, "zalo", actor=cast.coordinator)
    Period.objects.filter(pk=period.pk).update(state="closed", closed_at=timezone.now())
    with pytest.raises(Refused, match="nobody-reminded"):
        chase_units(period, actor=cast.coordinator)
    assert not Chase.objects.exists()


def test_words_to_copy_name_the_report_and_its_date(cast: Cast, signed_in: SignedIn, period: Period) -> None:
    commune = of(period, cast.commune)
    Obligation.objects.filter(pk=commune.pk).update(state="waiting", received_at=None)
    shown = signed_in("coordinator").get(reverse("reporting:chase", args=[commune.pk])).content.decode()
    assert "UBND xã Cầu Ngang" in shown
    assert "báo cáo “Báo cáo công tác kiều bào”, Năm 2027" in shown
    assert "quá hạn 3 ngày" in shown


def test_a_telephone_call_is_noted_and_the_unit_sees_it(
    cast: Cast, signed_in: SignedIn, period: Period
) -> None:
    found = of(period, cast.department_a)
    answer = signed_in("coordinator").post(
        reverse("reporting:chase", args=[found.pk]), {"how": "telephone", "words": "Hẹn thứ hai"}
    )
    assert answer.status_code == 302
    made = Chase.objects.get()
    assert (made.how, made.words, made.created_by) == ("telephone", "Hẹn thứ hai", cast.coordinator)
    assert list(Chase.objects.visible_to(cast.officer)) == [made]
    assert not Chase.objects.visible_to(cast.outsider).exists()
    board = signed_in("leader").get(f"/reports/periods/{period.pk}/").content.decode()
    assert "Đã nhắc 1 lần" in board


def test_the_page_refuses_a_channel_that_is_none(cast: Cast, signed_in: SignedIn, period: Period) -> None:
    address = reverse("reporting:chase", args=[of(period, cast.department_a).pk])
    assert signed_in("coordinator").post(address, {"how": "letter"}).status_code == 422


def written(letter: ReminderLetter) -> tuple[str, list[list[str]]]:
    """Its text, and the rows of its list."""
    opened = docx.Document(io.BytesIO(store.path_of(letter.upload.sha256).read_bytes()))
    text = " ".join(node.text or "" for node in opened.element.body.iter("{*}t"))
    table = next(each for each in opened.tables if each.rows[0].cells[0].text == "STT")
    return text, [[cell.text for cell in row.cells] for row in table.rows[1:]]


def test_one_click_writes_the_letter_with_its_list(cast: Cast, signed_in: SignedIn, period: Period) -> None:
    note_chase(of(period, cast.department_a), "zalo", actor=cast.coordinator)
    answer = signed_in("coordinator").post(reverse("reporting:letter", args=[period.pk]), {"at_once": "1"})
    assert answer.status_code == 302
    letter = ReminderLetter.objects.get()
    text, rows = written(letter)
    for words in (
        "Kính gửi",
        "Sở Công Thương tỉnh Mẫu",
        "SNgV",
        "V/v đôn đốc gửi báo cáo công tác kiều bào",
        "1/3 đơn vị",
        "Phạm Thị Lãnh",
        "GIÁM ĐỐC",
    ):
        assert words in text
    findings = check_docx(store.path_of(letter.upload.sha256).read_bytes())
    assert [(each.element, each.code) for each in findings if each.severity == "error"] == []
    assert [row[1] for row in rows] == ["Sở Công Thương tỉnh Mẫu", "Sở Tài chính tỉnh Mẫu"]
    assert rows[0][2] == "Thiếu, quá hạn 3 ngày"
    assert "1 lần" in rows[0][4]
    assert Chase.objects.filter(letter=letter).count() == 2
    assert Event.objects.filter(verb="reporting.write_letter").count() == 1


def test_its_words_may_be_changed_and_nothing_is_half_written(signed_in: SignedIn, period: Period) -> None:
    client, address = signed_in("coordinator"), reverse("reporting:letter", args=[period.pk])
    shown = client.get(address)
    form = {
        name: field.initial or shown.context["form"].initial.get(name, "")
        for name, field in shown.context["form"].fields.items()
    }
    assert client.post(address, {**form, "text": ""}).status_code == 422
    assert not ReminderLetter.objects.exists()
    client.post(address, {**form, "text": "Đề nghị gửi ngay.", "signer": "Lê Văn Ký"})
    text, _rows = written(ReminderLetter.objects.get())
    assert "Đề nghị gửi ngay." in text
    assert "Lê Văn Ký" in text


def test_written_twice_on_a_day_it_reminds_once(signed_in: SignedIn, period: Period) -> None:
    client = signed_in("coordinator")
    for _time in range(2):
        client.post(reverse("reporting:letter", args=[period.pk]), {"at_once": "1"})
    assert ReminderLetter.objects.count() == 2
    assert Chase.objects.filter(how="letter").count() == 2


def test_the_letter_is_a_pdf_too(
    signed_in: SignedIn, period: Period, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LibreOffice itself has tests of its own."""
    settings.JOBS_INLINE = True
    seen: list[bytes] = []

    def made(document: bytes, **_more: Any) -> bytes:
        seen.append(document)
        return one_page(TEXT_STREAM)

    monkeypatch.setattr("nhipcau.apps.reporting.letter_pdf.can_make_pdf", lambda: True)
    monkeypatch.setattr("nhipcau.apps.reporting.letter_pdf.to_pdf", made)
    client = signed_in("coordinator")
    page = client.post(reverse("reporting:letter", args=[period.pk]), {"at_once": "1"}, follow=True)
    letter = ReminderLetter.objects.get()
    assert seen == [store.path_of(letter.upload.sha256).read_bytes()]
    address = reverse("reporting:letter_pdf", args=[letter.pk])
    assert address in page.content.decode()
    answer = client.get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert signed_in("officer").get(address).status_code == 404


def test_without_libreoffice_the_letter_is_a_word_file(
    signed_in: SignedIn, period: Period, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.JOBS_INLINE = True
    monkeypatch.setattr("nhipcau.apps.reporting.letter_pdf.can_make_pdf", lambda: False)
    client = signed_in("coordinator")
    client.post(reverse("reporting:letter", args=[period.pk]), {"at_once": "1"})
    letter = ReminderLetter.objects.get()
    assert letter.pdf is None
    assert client.get(reverse("reporting:letter_pdf", args=[letter.pk])).status_code == 404


def test_the_letter_is_for_those_who_oversee(signed_in: SignedIn, period: Period) -> None:
    signed_in("coordinator").post(reverse("reporting:letter", args=[period.pk]), {"at_once": "1"})
    address = reverse("reporting:letter_file", args=[ReminderLetter.objects.get().pk])
    answer = signed_in("leader").get(address)
    assert b"".join(answer.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]
    assert signed_in("officer").get(address).status_code == 404
