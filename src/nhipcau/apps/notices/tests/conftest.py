"""Kinds, pages, sections and events as a higher app registers them; nothing of the real ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import pytest
from django.utils.translation import gettext_lazy
from tests.cast import Cast

from nhipcau.apps.notices import registers
from nhipcau.apps.notices.registers import CalendarEvent, Line, Reader, kinds, pages
from nhipcau.apps.reference.models import LawChange

RETURNED = "tests.returned"


@pytest.fixture(autouse=True)
def kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registers, "_kinds", {})
    monkeypatch.setattr(registers, "_pages", {})
    monkeypatch.setattr(registers, "_sections", [])
    monkeypatch.setattr(registers, "_events", [])
    kinds({RETURNED: ("Results", gettext_lazy("The report on “%(task)s” was returned: %(reason)s"))})
    pages({"reference.lawchange": "reference:law_edit"})


@pytest.fixture
def task(cast: Cast) -> LawChange:
    """Something that messages are about."""
    return LawChange.objects.create(
        number="13/2023/NĐ-CP",
        number_key="13/2023/nđ-cp",
        effect=LawChange.Effect.REPLACED,
        effective_on=date(2026, 1, 1),
        source="Công báo",
    )


class Shelf:
    """Due dates of users, as a section and as days of the calendar."""

    def __init__(self) -> None:
        self.dues: dict[int, list[date]] = {}
        self.calendar: list[CalendarEvent] = []
        self.asked = 0

    def lines(self, readers: Sequence[Reader]) -> Mapping[int, Sequence[Line]]:
        self.asked += 1
        found = {}
        for reader in readers:
            wanted = reader.reminded_of()
            dues = [due for due in self.dues.get(reader.user.pk, ()) if due in wanted]
            found[reader.user.pk] = [
                Line(f"Hạn {due:%d/%m} <{wanted[due]}>", "/tasks/12/", "plans.task:12") for due in dues
            ]
        return found

    def events(self, _user: object, _first: date, _last: date) -> Iterable[CalendarEvent]:
        return list(self.calendar)


@pytest.fixture
def shelf(kind: None) -> Shelf:
    made = Shelf()
    registers.section(gettext_lazy("Due soon or overdue"), made.lines)
    registers.events(made.events)
    return made
