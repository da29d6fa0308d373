"""Answers are written and read as they are, few queries, one digest; drafts lose nobody's words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.http import Http404
from pytest_django import DjangoAssertNumQueries
from tests.cast import Cast

from nhipcau.apps.files.models import Upload
from nhipcau.apps.reporting.actions import begin_draft, save_draft
from nhipcau.apps.reporting.answering import (
    Answers,
    Figure,
    File,
    Reason,
    Text,
    content_of,
    digest_of,
    plain,
    read_answers,
    read_many,
    tidy,
    write_answers,
)
from nhipcau.apps.reporting.models import Obligation, Submission
from nhipcau.apps.reporting.refusals import Refused, Stale
from nhipcau.apps.reporting.tests.reports import Reports, answers, make_reports, make_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(cast: Cast) -> Reports:
    return make_reports(cast)


def everything(found: Reports) -> Answers:
    """One answer of each sort."""
    cast = found.cast
    task = make_task(cast, cast.department_a, "Lập danh sách chuyên gia").task_id
    upload = Upload.objects.create(sha256="a" * 64, size=1, name="a.xlsx", created_by=cast.officer)
    tasks, difficulties = found.section("tasks").pk, found.section("difficulties").pk
    texts = (
        *answers(found).texts,
        Text(tasks, "Đã lập, 64 người.", task=task),
        Text(difficulties, "Thiếu kinh phí.", addressee="Sở Tài chính"),
        Text(difficulties, "Chưa có hướng dẫn.", addressee="Bộ Ngoại giao"),
    )
    return answers(
        found,
        texts=texts,
        files=(File(found.section("attachments").pk, upload.pk, "Danh sách.xlsx"),),
        reasons=(Reason("outlier", f"f{found.asked(1).pk}", "Mở thêm lớp"),),
    )


def test_what_is_written_is_read_back_and_writing_it_again_changes_no_row(
    found: Reports, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    draft, wanted = begin_draft(found.of_a, actor=found.cast.officer), everything(found)
    write_answers(draft, wanted)
    with django_assert_num_queries(4):
        read = read_answers(draft)
    assert set(read.texts) == set(wanted.texts)
    assert [each.addressee for each in read.of_section(found.section("difficulties").pk)] == [
        "Sở Tài chính",
        "Bộ Ngoại giao",
    ]
    assert (read.amounts(), read.files, read.reasons) == (wanted.amounts(), wanted.files, wanted.reasons)
    with django_assert_num_queries(4):
        write_answers(draft, read)


def test_answers_of_many_units_are_read_in_four_queries(
    found: Reports, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    drafts = [
        begin_draft(found.of_a, actor=found.cast.officer),
        begin_draft(found.of_b, actor=found.cast.outsider),
    ]
    for number, draft in enumerate(drafts, start=1):
        write_answers(draft, answers(found, words=f"Đơn vị {number}"))
    with django_assert_num_queries(4):
        read = read_many(drafts)
    assert [read[each.pk].texts[0].text for each in drafts] == ["Đơn vị 1", "Đơn vị 2"]


def test_a_difficulty_taken_out_of_the_middle_leaves_the_others_in_order(found: Reports) -> None:
    draft, section = begin_draft(found.of_a, actor=found.cast.officer), found.section("difficulties").pk
    rows = [Text(section, f"Khó {n}", addressee="Sở Tài chính") for n in range(1, 4)]
    write_answers(draft, Answers(texts=tuple(rows)))
    write_answers(draft, Answers(texts=(rows[0], rows[2])))
    assert [each.text for each in read_answers(draft).texts] == ["Khó 1", "Khó 3"]


def test_the_digest_is_of_what_was_said_and_changes_with_every_word_and_figure(found: Reports) -> None:
    draft = begin_draft(found.of_a, actor=found.cast.officer)
    first = everything(found)

    def digest(said: Answers) -> str:
        write_answers(draft, said)
        return digest_of(content_of(draft))

    kept = digest(first)
    assert digest(replace(first, figures=first.figures[::-1], texts=first.texts)) == kept
    others = [
        digest(replace(first, texts=first.texts[:-1])),
        digest(replace(first, texts=(first.texts[0], first.texts[1], first.texts[3], first.texts[2]))),
        digest(replace(first, figures=(Figure(found.asked(1).pk, amount=Decimal("10.5")),))),
        digest(replace(first, files=())),
        digest(replace(first, nothing=True)),
    ]
    assert len({kept, *others}) == 6
    assert digest(first) == kept


@pytest.mark.parametrize(
    ("amount", "text"), [("10.0000", "10"), ("0.5", "0.5"), ("100", "100"), ("-0", "0"), ("1E+3", "1000")]
)
def test_the_same_figure_is_the_same_text(amount: str, text: str) -> None:
    assert plain(Decimal(amount)) == text


def test_texts_are_stored_without_what_nobody_sees() -> None:
    assert tidy(" a\r\nb\x00\x1b\ud800 ") == "a\nb"


def test_a_draft_is_begun_once_and_saved_by_its_revision(found: Reports) -> None:
    cast = found.cast
    draft = begin_draft(found.of_a, actor=cast.officer)
    assert begin_draft(found.of_a, actor=cast.officer) == draft
    saved = save_draft(draft, answers(found), revision=0, actor=cast.officer)
    assert (saved.revision, saved.saved_by, saved.number) == (1, cast.officer, 1)
    assert read_answers(saved).texts == answers(found).texts


def test_of_two_people_at_once_the_slower_is_told_by_name_and_nothing_is_overwritten(found: Reports) -> None:
    cast = found.cast
    draft = begin_draft(found.of_a, actor=cast.officer)
    save_draft(draft, answers(found, "Của tôi"), revision=0, actor=cast.officer)
    with pytest.raises(Stale, match="stale-draft") as told:
        save_draft(draft, answers(found, "Của người khác"), revision=0, actor=cast.officer)
    assert cast.officer.full_name in told.value.message()
    assert read_answers(draft).texts[0].text == "Của tôi"


def test_a_page_is_never_stale_to_itself(found: Reports) -> None:
    cast = found.cast
    draft = begin_draft(found.of_a, actor=cast.officer)
    page = draft.key
    save_draft(draft, answers(found, "Một"), revision=0, actor=cast.officer, page=page)
    save_draft(draft, answers(found, "Hai"), revision=0, actor=cast.officer, page=page)
    assert read_answers(draft).texts[0].text == "Hai"


def test_others_neither_begin_nor_save_for_a_unit(found: Reports) -> None:
    cast = found.cast
    for stranger in (cast.outsider, cast.commune_officer):
        with pytest.raises(Http404):
            begin_draft(found.of_a, actor=stranger)
    for overseer in (cast.leader, cast.reader):
        with pytest.raises(PermissionDenied):
            begin_draft(found.of_a, actor=overseer)
    draft = begin_draft(found.of_a, actor=cast.officer)
    with pytest.raises(Http404):
        save_draft(draft, Answers(), revision=0, actor=cast.outsider)


def test_the_lead_agency_enters_paper_and_does_not_write_into_a_units_own_draft(found: Reports) -> None:
    cast = found.cast
    paper = begin_draft(found.of_b, actor=cast.coordinator)
    assert paper.via == "paper"
    assert Submission.objects.visible_to(cast.coordinator).filter(pk=paper.pk).exists()
    own = begin_draft(found.of_a, actor=cast.officer)
    with pytest.raises(Refused, match="unit-writes"):
        begin_draft(found.of_a, actor=cast.coordinator)
    with pytest.raises(Refused, match="unit-writes"):
        save_draft(own, answers(found), revision=0, actor=cast.coordinator)


def test_answers_to_what_is_not_asked_are_refused_and_nothing_is_half_saved(found: Reports) -> None:
    cast = found.cast
    draft = begin_draft(found.of_a, actor=cast.officer)
    foreign = make_task(cast, cast.department_b, "Việc của Sở khác").task_id
    wrong = [
        answers(found, texts=(Text(0, "x"),)),
        answers(found, texts=(Text(found.section("tasks").pk, "x", task=foreign),)),
        answers(found, texts=(Text(found.section("tasks").pk, "x"),)),
        answers(found, figures=(Figure(0, amount=Decimal(1)),)),
        answers(found, figures=(Figure(found.asked(1).pk, "sex", "cat", Decimal(1)),)),
        answers(found, figures=(Figure(found.asked(2).pk, "sex", "male", Decimal(1)),)),
        answers(found, figures=(Figure(found.asked(2).pk, amount=Decimal(10) ** 16),)),
        answers(found, texts=(Text(found.section("narrative").pk, "x" * 20_001),)),
    ]
    for each in wrong:
        with pytest.raises(Refused, match=r"not-of-form|too-long"):
            save_draft(draft, each, revision=0, actor=cast.officer)
    assert read_answers(draft) == Answers()


def test_the_database_itself_refuses_to_change_what_was_sent(found: Reports) -> None:
    draft = begin_draft(found.of_a, actor=found.cast.officer)
    write_answers(draft, answers(found))
    Submission.objects.filter(pk=draft.pk).update(
        state="sent", sent_at=draft.saved_at, received_number="TN-1", digest="0" * 64
    )
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        write_answers(draft, answers(found, "Khác"))


def test_nothing_is_begun_for_what_is_received_or_not_open(found: Reports) -> None:
    cast = found.cast
    Obligation.objects.filter(pk=found.of_a.pk).update(state="sent", received_at=found.period.due_at)
    with pytest.raises(Refused, match="no-such-move"):
        begin_draft(found.of_a, actor=cast.officer)
    type(found.period).objects.filter(pk=found.period.pk).update(state="closed")
    with pytest.raises(Refused, match="period-not-open"):
        begin_draft(found.of_b, actor=cast.outsider)
