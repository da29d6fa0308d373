"""Every check says where and what to do; errors stop, warnings take a reason; the usual passes in silence."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone, translation
from tests.cast import Cast

from nhipcau.apps.plans.models import Assignment, Status
from nhipcau.apps.reporting.actions import begin_draft, save_draft, send_submission
from nhipcau.apps.reporting.answering import Answers, Figure, Reason, Text
from nhipcau.apps.reporting.asked import asked_of
from nhipcau.apps.reporting.background import background_of, completed
from nhipcau.apps.reporting.checking import check, claims_done, unanswered
from nhipcau.apps.reporting.checking_figures import is_jump, is_outlier
from nhipcau.apps.reporting.models import Obligation
from nhipcau.apps.reporting.numbers import BadNumber, read_number, show_number
from nhipcau.apps.reporting.tests.reports import (
    Reports,
    answers,
    make_indicator,
    make_period,
    make_reports,
    make_task,
    make_version,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(cast: Cast) -> Reports:
    return make_reports(cast)


def codes(found: Reports, said: Answers) -> dict[tuple[str, str], bool]:
    """(code, place) → whether it stops."""
    asked = asked_of(found.of_a)
    return {
        (each.code, each.place): each.stop for each in check(said, asked, background_of(found.of_a, asked))
    }


def figures(found: Reports, *parts: tuple[str, str, int | str], total: int | str | None = 10) -> Answers:
    first = found.asked(1).pk
    rows = [Figure(first, split, code, Decimal(amount)) for split, code, amount in parts]
    whole = [] if total is None else [Figure(first, amount=Decimal(total))]
    return answers(found, figures=(*whole, *rows, Figure(found.asked(2).pk, no_data=True)))


def test_a_complete_report_is_found_to_be_well(found: Reports) -> None:
    assert codes(found, answers(found)) == {}


def test_what_must_be_answered_and_is_not_stops(found: Reports) -> None:
    narrative = f"s{found.section('narrative').pk}"
    one, two = (f"f{found.asked(n).pk}" for n in (1, 2))
    assert codes(found, Answers()) == {
        ("required", narrative): True,
        ("required", one): True,
        ("required", two): True,
    }


def test_nothing_to_report_answers_the_section_or_the_whole(found: Reports) -> None:
    assert codes(found, Answers(nothing=True)) == {}
    sections = [found.section(kind).pk for kind in ("narrative", "indicators")]
    assert codes(found, Answers(texts=tuple(Text(each, nothing=True) for each in sections))) == {}
    assert ("nothing-but", "nothing") in codes(found, answers(found, nothing=True))
    both = (Text(sections[0], "Đã làm."), Text(sections[0], nothing=True))
    assert ("nothing-but", f"s{sections[0]}") in codes(found, answers(found, texts=both))


@pytest.mark.parametrize(
    ("parts", "total", "code", "place"),
    [
        ([("sex", "male", 6), ("sex", "female", 6)], 10, "sum-over-total", ".sex"),
        ([("sex", "male", 6), ("sex", "female", 3), ("sex", "unknown", 0)], 10, "sum-under-total", ".sex"),
        ([("sex", "male", 12)], 10, "part-over-total", ".sex.male"),
        ([("sex", "male", 1)], None, "no-total", ""),
        ([("sex", "male", -1)], 10, "negative", ".sex.male"),
        ([], -1, "negative", ""),
        ([], "1.5", "decimals", ""),
        ([], 10**16, "too-large", ""),
    ],
)
def test_figures_that_cannot_be_stop(
    found: Reports, parts: list[tuple[str, str, int]], total: int | str | None, code: str, place: str
) -> None:
    said = codes(found, figures(found, *parts, total=total))
    assert said[code, f"f{found.asked(1).pk}{place}"] is True


def test_parts_that_leave_a_rest_open_are_no_error(found: Reports) -> None:
    assert codes(found, figures(found, ("sex", "male", 6), ("sex", "female", 3))) == {}


def test_texts_longer_than_asked_and_difficulties_without_addressee_stop(found: Reports) -> None:
    narrative, section = found.section("narrative").pk, found.section("difficulties").pk
    texts = (
        Text(narrative, "x" * 2001),
        Text(section, "Thiếu tiền"),
        Text(section, "", addressee="Sở Tài chính"),
    )
    said = codes(found, answers(found, texts=texts))
    assert said == {
        ("too-long", f"s{narrative}"): True,
        ("no-addressee", f"s{section}.r1"): True,
        ("no-text", f"s{section}.r2"): True,
    }


def earlier(found: Reports, *totals: int) -> None:
    """Reports of earlier periods of the same kind, the oldest first."""
    for ago, total in zip(range(len(totals), 0, -1), totals, strict=True):
        last = timezone.localdate() - timedelta(days=200 * ago)
        period = make_period(
            found.version, found.cast, window_first=last - timedelta(days=180), window_last=last
        )
        obligation = Obligation.objects.create(period=period, organisation=found.cast.department_a)
        draft = begin_draft(obligation, actor=found.cast.officer)
        place = f"f{found.asked(1).pk}"
        reasons = tuple(Reason(code, place, "x") for code in ("jump", "outlier"))
        said = answers(found, total=total, reasons=reasons)
        save_draft(draft, said, revision=0, actor=found.cast.officer)
        send_submission(draft, revision=1, actor=found.cast.officer)


def test_a_jump_against_the_last_period_wants_a_reason_and_takes_it(found: Reports) -> None:
    earlier(found, 100)
    place = f"f{found.asked(1).pk}"
    assert codes(found, answers(found, total=40)) == {("jump", place): False}
    assert codes(found, answers(found, total=120)) == {}
    asked = asked_of(found.of_a)
    said = answers(found, total=40, reasons=(Reason("jump", place, "Bão lũ"),))
    assert unanswered(check(said, asked, background_of(found.of_a, asked)), said) == []


def test_an_outlier_against_the_units_own_history_is_flagged(found: Reports) -> None:
    earlier(found, 100, 104, 98, 101, 97)
    assert codes(found, answers(found, total=101)) == {}
    assert codes(found, answers(found, total=1010)) == {("outlier", f"f{found.asked(1).pk}"): False}


def test_one_odd_figure_among_the_earlier_ones_hides_no_outlier() -> None:
    before = [Decimal(n) for n in (100, 104, 9000, 98, 101)]
    assert is_outlier(Decimal(9000), before)
    assert not is_outlier(Decimal(103), before)
    assert not is_outlier(Decimal(9000), before[:3])
    assert not is_outlier(Decimal(1), [Decimal(0)] * 6)
    assert is_jump(Decimal(0), Decimal(100))
    assert not is_jump(Decimal(4), Decimal(1))


def test_a_year_holds_at_least_what_its_parts_were_reported_to_hold(found: Reports) -> None:
    earlier(found, 100)
    year = make_period(
        found.version,
        found.cast,
        kind="year",
        window_first=timezone.localdate() - timedelta(days=600),
        window_last=timezone.localdate(),
    )
    obligation = Obligation.objects.create(period=year, organisation=found.cast.department_a)
    asked = asked_of(obligation)
    behind = background_of(obligation, asked)
    low = [each.code for each in check(answers(found, total=90), asked, behind)]
    assert low == ["under-cumulative"]
    assert check(answers(found, total=100), asked, behind) == []


def test_what_is_said_of_a_task_is_held_against_the_task(found: Reports) -> None:
    part = make_task(found.cast, found.cast.department_a, "Lập danh sách")
    section = found.section("tasks").pk
    place = f"s{section}.t{part.task_id}"
    said = answers(found, texts=(*answers(found).texts, Text(section, "Đã hoàn thành.", task=part.task_id)))
    assert codes(found, said) == {("claims-done", place): False}
    Assignment.objects.filter(pk=part.pk).update(status=Status.REPORTED, done_on=timezone.localdate())
    assert codes(found, said) == {}
    assert codes(found, answers(found)) == {("done-without-words", place): False}


@pytest.mark.parametrize(
    ("text", "claims"),
    [("Đã hoàn thành 100%", True), ("Chưa hoàn thành, đang làm", False), ("Cơ bản hoàn thành", False)],
)
def test_a_claim_is_heard_in_so_many_words(text: str, claims: bool) -> None:
    assert claims_done(text) is claims


def test_a_ratio_is_computed_where_its_parts_are_asked(cast: Cast) -> None:
    over, under = (make_indicator(cast, name, splits=[]) for name in ("Trong đó", "Tổng"))
    parts = {"numerator": over.indicator, "denominator": under.indicator}
    ratio = make_indicator(cast, "Tỷ lệ", kind="percent", decimals=1, splits=[], **parts)
    with_ratio = make_version(cast, indicators=0, required=False, add=[over, under, ratio])
    period = make_period(with_ratio, cast)
    obligation = Obligation.objects.create(period=period, organisation=cast.department_a)
    found = asked_of(obligation)
    first, second, last = found.figures
    said = Answers(figures=(Figure(first, amount=Decimal(1)), Figure(second, amount=Decimal(8))))
    assert completed(said, found, {}).amounts()[f"f{last}"] == Decimal("12.5")


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("26.362", 26362),
        ("26 362", 26362),
        ("26362", 26362),
        ("1.234,5", "1234.5"),
        ("0,5", "0.5"),
        ("−3", -3),
        (" 1.234.567 ", 1234567),
        ("", None),
    ],
)
def test_figures_are_read_as_officials_write_them(typed: str, amount: int | str | None) -> None:
    assert read_number(typed, vietnamese=True) == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize(
    "typed", ["12.5", "1,234.5", "26 người", "1.23.456", "1e5", "١٢", "--1", "1,2,3", "1" * 17, "0,12345"]
)
def test_what_is_no_figure_is_refused_and_never_guessed(typed: str) -> None:
    with translation.override("vi"), pytest.raises(BadNumber) as bad:
        read_number(typed)
    assert str(bad.value)


def test_english_pages_read_and_show_english_figures() -> None:
    with translation.override("en"):
        assert read_number("1,234.5") == Decimal("1234.5")
        assert show_number(Decimal("1234.5000")) == "1,234.5"
    with translation.override("vi"):
        assert show_number(Decimal("26362.0000")) == "26.362"
