"""What a list of records shows of each kind, and what its file has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from nhipcau.apps.files.tables import Cell
from nhipcau.apps.plans.models import Course, Dissemination, Inspection, Kind, Review
from nhipcau.apps.webkit.formats import format_date, format_number


@dataclass(frozen=True, slots=True)
class Column:
    """`value` of a record, as the file has it; `users` marks words that users wrote."""

    head: str | Promise
    value: Callable[[Any], Cell]
    shown: bool = True
    users: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    every: tuple[Column, ...]
    together: tuple[str, ...]
    counted: Callable[[int], str]

    @property
    def shown(self) -> list[Column]:
        return [column for column in self.every if column.shown]

    def heading(self, count: int) -> str:
        return self.counted(count) % {"n": format_number(count)}

    def cells(self, records: Sequence[Any]) -> list[list[dict[str, Any]]]:
        """What the page shows of each record."""
        self._join(records)
        return [
            [
                {"head": column.head, "text": _said(column.value(record)), "users": column.users}
                for column in self.shown
            ]
            for record in records
        ]

    def values(self, records: Sequence[Any]) -> Iterable[list[Cell]]:
        """All columns of each record, for the file."""
        self._join(records)
        return ([column.value(record) for column in self.every] for record in records)

    def _join(self, records: Sequence[Any]) -> None:
        if records and self.together:
            prefetch_related_objects(list(records), *self.together)


def _said(value: Cell) -> str:
    if isinstance(value, date):
        return format_date(value)
    return format_number(value) if isinstance(value, int) else (value or "")


def _participants(record: Course) -> int:
    return sum(row.count for row in record.participants.all())


def _paper(kind: str) -> Callable[[Inspection], Cell]:
    def said(record: Inspection) -> Cell:
        rows = [row for row in record.papers.all() if row.kind == kind]
        return ", ".join(filter(None, [rows[0].number, format_date(rows[0].issued_on)])) if rows else ""

    return said


def _findings(record: Inspection) -> int:
    return sum(row.ended_at is None for row in record.findings.all())


def _tasks(record: Inspection) -> int:
    return sum(row.task_id is not None for row in record.findings.all())


TOPIC = Column(_("Topic"), lambda record: record.topic, shown=False, users=True)
DAYS = (
    Column(_("Day"), lambda record: record.day, shown=False),
    Column(_("Last day"), lambda record: record.last_day, shown=False),
)
PLACE = Column(_("Place"), lambda record: record.place, users=True)
COURSES = Columns(
    (
        TOPIC,
        *DAYS,
        PLACE,
        Column(_("Number of days"), lambda record: record.days),
        Column(_("Taught by"), lambda record: record.taught_by, users=True),
        Column(_("Participants"), _participants),
        Column(
            _("Participants by unit"),
            lambda record: "; ".join(f"{row.unit}: {row.count}" for row in record.participants.all()),
            shown=False,
        ),
    ),
    ("participants",),
    lambda n: ngettext("%(n)s training course", "%(n)s training courses", n),
)
SESSIONS = Columns(
    (
        TOPIC,
        *DAYS,
        PLACE,
        Column(_("Form"), Dissemination.get_form_display),
        Column(_("Attendance"), lambda record: record.attendance),
    ),
    (),
    lambda n: ngettext("%(n)s dissemination session", "%(n)s dissemination sessions", n),
)
_REVIEW = (
    Column(_("What was found"), lambda record: record.found, shown=False, users=True),
    Column(_("Proposal"), Review.get_proposal_display),
    Column(_("Proposal in words"), lambda record: record.proposal_text, shown=False, users=True),
    Column(pgettext_lazy("review", "To whom"), lambda record: record.addressee, users=True),
    Column(pgettext_lazy("review", "Sent with"), lambda record: record.sent_number, shown=False, users=True),
    Column(_("Sent on"), lambda record: record.sent_on),
    Column(_("Outcome"), Review.get_result_display),
    Column(_("Answered on"), lambda record: record.result_on, shown=False),
    Column(_("Answer"), lambda record: record.result_text, shown=False, users=True),
)
LAWS = Columns(
    (
        Column(_("Document that was reviewed"), lambda record: record.topic, shown=False, users=True),
        Column(_("Its number"), lambda record: record.number, users=True),
        Column(_("Reviewed on"), lambda record: record.day, shown=False),
        *_REVIEW,
    ),
    (),
    lambda n: ngettext("%(n)s legal document reviewed", "%(n)s legal documents reviewed", n),
)
PROCEDURES = Columns(
    (
        Column(_("Procedure that was reviewed"), lambda record: record.topic, shown=False, users=True),
        Column(_("Its code"), lambda record: record.number, users=True),
        Column(_("Reviewed on"), lambda record: record.day, shown=False),
        *_REVIEW,
    ),
    (),
    lambda n: ngettext("%(n)s procedure reviewed", "%(n)s procedures reviewed", n),
)
INSPECTIONS = Columns(
    (
        TOPIC,
        *DAYS,
        PLACE,
        Column(
            _("Units visited"), lambda record: "; ".join(row.unit for row in record.units.all()), users=True
        ),
        Column(_("Plan of the inspection"), _paper("plan"), shown=False, users=True),
        Column(_("Notice"), _paper("notice"), shown=False, users=True),
        Column(_("Minutes"), _paper("minutes"), users=True),
        Column(_("Findings"), _findings),
        Column(_("Tasks made of them"), _tasks),
    ),
    ("units", "papers", "findings"),
    lambda n: ngettext("%(n)s inspection", "%(n)s inspections", n),
)
_BY_KIND: dict[str, Columns] = {
    Kind.COURSE: COURSES,
    Kind.LAW: LAWS,
    Kind.PROCEDURE: PROCEDURES,
    Kind.SESSION: SESSIONS,
    Kind.INSPECTION: INSPECTIONS,
}


def columns_of(kind: str) -> Columns:
    return _BY_KIND[Kind(kind)]
