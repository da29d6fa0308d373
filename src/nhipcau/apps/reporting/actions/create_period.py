"""A round of a form is stated: of which months, due when, whom it asks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor, System
from nhipcau.apps.plans.models import Document, ReportingDuty
from nhipcau.apps.reporting.models import FormVersion, Period
from nhipcau.apps.reporting.naming import has_number, proposed_title
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.apps.reporting.timing import Due
from nhipcau.apps.reporting.units import ask, units_of
from nhipcau.core.workdays import Window


@dataclass(frozen=True, slots=True)
class Facts:
    """What is stated of a period. An empty title is proposed."""

    version: FormVersion
    kind: str
    year: int
    number: int
    window: Window
    due: Due
    opens_on: date
    title: str = ""
    window_by: str = Period.Window.DECREE
    late_until: datetime | None = None
    upward_on: date | None = None
    upward_to: str = ""
    by_parent: bool = False
    document: Document | None = None
    duty: ReportingDuty | None = None
    request: str = ""

    def columns(self) -> dict[str, Any]:
        """As the row keeps them."""
        return {
            "form_version": self.version,
            "kind": self.kind,
            "year": self.year,
            "number": self.number,
            "title": self.title.strip()[:300] or proposed_title(self.kind, self.year, self.number),
            "window_first": self.window.first,
            "window_last": self.window.last,
            "window_by": self.window_by,
            "opens_on": self.opens_on,
            "due_phrase": self.due.phrase,
            "due_rule": self.due.rule,
            "due_stated_on": self.due.stated_on,
            "due_on": self.due.day,
            "due_at": self.due.at,
            "calendar_id": self.due.calendar,
            "late_until": self.late_until,
            "upward_on": self.upward_on,
            "upward_to": self.upward_to.strip()[:300],
            "by_parent": self.by_parent,
            "document": self.document,
            "duty": self.duty,
            "request": self.request.strip(),
        }


@dataclass(frozen=True, slots=True)
class Whom:
    """Units by id, and groups, whose members of the day it opens are asked."""

    named: Collection[int] = field(default_factory=tuple)
    sets: Collection[int] = field(default_factory=tuple)


def create_period(facts: Facts, whom: Whom, *, actor: Actor) -> Period:
    """The period, planned, with what its units will owe.

    Raises Refused: "nobody-asked", "form-not-in-use", "no-such-number", "window-order", "late-before-due",
    "period-exists".
    """
    with act(actor, "reporting.create_period", Period, permission="create") as entry:
        check(facts)
        asked = units_of(whom.named, whom.sets, max(facts.opens_on, timezone.localdate()))
        if not asked:
            raise Refused("nobody-asked")
        made = Period.objects.create(
            **facts.columns(), created_by=None if isinstance(actor, System) else actor
        )
        made.sets.set(whom.sets)
        count = ask(made, asked, facts.opens_on)
        entry.subject = made
        note(entry, units=count, due=facts.due.at.isoformat(), kind=facts.kind, year=facts.year)
    return made


def check(facts: Facts, period: Period | None = None) -> None:
    """Everything that must hold of a period, new or changed."""
    if facts.version.state != FormVersion.State.IN_USE and (
        period is None or period.form_version_id != facts.version.pk
    ):
        raise Refused("form-not-in-use")
    if not has_number(facts.kind, facts.number):
        raise Refused("no-such-number")
    if facts.window.first > facts.window.last:
        raise Refused("window-order")
    if facts.opens_on > facts.due.day:
        raise Refused("opens-after-due")
    if facts.late_until is not None and facts.late_until < facts.due.at:
        raise Refused("late-before-due")
    if facts.duty is not None:
        return
    same = Period.objects.filter(
        form_version__form=facts.version.form_id,
        kind=facts.kind,
        year=facts.year,
        number=facts.number,
        due_at=facts.due.at,
        duty=None,
    ).exclude(state=Period.State.CLOSED)
    if period is not None:
        same = same.exclude(pk=period.pk)
    if same.exists():
        raise Refused("period-exists")
