"""Versions of the calendar: what is shipped, what the province decides, what stays."""

from __future__ import annotations

from datetime import date
from typing import Any

import psycopg
import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from tests.cast import Cast

from nhipcau.apps.access.actors import System
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.reference.actions import Days, decide_days
from nhipcau.apps.reference.calendars import calendar_of, newest
from nhipcau.apps.reference.models import CalendarDay, CalendarVersion
from nhipcau.apps.reference.shipped_calendar import load_calendar
from nhipcau.core.workdays import shipped_calendar

LOADER = System("test")
FRIDAY, SATURDAY = date(2027, 4, 30), date(2027, 5, 8)
MONDAY = date(2027, 5, 10)


@pytest.fixture
def loaded(db: None) -> None:
    load_calendar(actor=LOADER)


def test_the_database_counts_as_the_shipped_calendar(loaded: None) -> None:
    assert newest() is not None and calendar_of(newest()) == shipped_calendar()
    first = CalendarVersion.objects.get(number=1)
    assert calendar_of(first) == shipped_calendar(1)
    second = CalendarVersion.objects.get(number=2)
    assert (second.document, second.decided_on) == ("12729/VPCP-KGVX", date(2025, 12, 25))


def test_loading_again_adds_nothing(loaded: None) -> None:
    assert load_calendar(actor=LOADER) == 0


def test_a_decision_that_the_province_entered_itself_is_not_loaded_again(cast: Cast) -> None:
    days = Days(off=[date(2026, 1, 2)], working=[date(2026, 1, 10)])
    decide_days("Tết Dương lịch", days, document="12729/vpcp-kgvx", actor=cast.coordinator)
    assert load_calendar(actor=LOADER) == 1
    assert CalendarVersion.objects.filter(document__iexact="12729/VPCP-KGVX").count() == 1


def test_a_swap_makes_the_next_version_and_pairs_its_days(loaded: None, cast: Cast) -> None:
    made = decide_days(
        "Hoán đổi", Days(off=[MONDAY], working=[SATURDAY]), document="1/QĐ", actor=cast.coordinator
    )
    calendar = calendar_of(made)
    assert (made.number, calendar.is_working(MONDAY), calendar.is_working(SATURDAY)) == (3, False, True)
    pairs = dict(made.days.values_list("day", "instead_of"))
    assert pairs == {MONDAY: SATURDAY, SATURDAY: MONDAY}
    before = calendar_of(CalendarVersion.objects.get(number=2))
    assert before.is_working(MONDAY) and not before.is_working(SATURDAY)


def test_a_mark_is_taken_back_by_a_later_version(loaded: None, cast: Cast) -> None:
    holiday = date(2027, 11, 24)
    made = decide_days("Không nghỉ", Days(ordinary=[holiday]), actor=cast.system_admin)
    assert calendar_of(made).is_working(holiday)
    assert not calendar_of(CalendarVersion.objects.get(number=2)).is_working(holiday)


def test_the_same_decision_sent_twice_is_one_version(loaded: None, cast: Cast) -> None:
    days = Days(off=[MONDAY], working=[SATURDAY])
    first = decide_days("Hoán đổi", days, document="1/QĐ", actor=cast.coordinator)
    again = decide_days("Hoán đổi", days, document="1/QĐ", actor=cast.coordinator)
    assert first.pk == again.pk and CalendarVersion.objects.count() == 3


@pytest.mark.parametrize(
    "days",
    [
        Days(),
        Days(off=[FRIDAY]),  # Reunification Day already
        Days(working=[MONDAY]),
        Days(ordinary=[MONDAY]),
        Days(off=[MONDAY], ordinary=[MONDAY]),
        Days(off=[MONDAY, MONDAY]),
    ],
)
def test_what_changes_nothing_or_contradicts_itself_is_refused(loaded: None, cast: Cast, days: Days) -> None:
    with pytest.raises(Refused):
        decide_days("Hoán đổi", days, actor=cast.coordinator)
    assert CalendarVersion.objects.count() == 2


def test_only_who_keeps_reference_data_may_decide(loaded: None, cast: Cast) -> None:
    for name in ("leader", "officer", "reader"):
        with pytest.raises(PermissionDenied):
            decide_days("Hoán đổi", Days(off=[MONDAY]), actor=getattr(cast, name))


@pytest.mark.parametrize(
    ("model", "change"), [(CalendarVersion, {"title": "Khác"}), (CalendarDay, {"kind": "working"})]
)
def test_the_database_refuses_to_change_a_version(loaded: None, model: Any, change: dict[str, str]) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic():
        model.objects.filter(pk=model.objects.first().pk).update(**change)
    with pytest.raises(ProgrammingError), transaction.atomic():
        model.objects.filter(pk=model.objects.last().pk)._raw_delete("default")


@pytest.mark.django_db(transaction=True)
def test_two_who_decide_at_once_make_two_versions(owner: psycopg.Connection[Any]) -> None:
    """The second waits for the first; the owner's connection stands for her."""
    with transaction.atomic():
        load_calendar(actor=LOADER)
    with transaction.atomic():
        list(CalendarVersion.objects.select_for_update())
        owner.execute("set lock_timeout = '200ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            owner.execute("select 1 from reference_calendarversion where number = 2 for update")
    assert connection.in_atomic_block is False
