"""The periods of the coming two years are made from a schedule; those not needed any more are given up."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from nhipcau.apps.access.actors import Actor
from nhipcau.apps.plans.dates import reckoning
from nhipcau.apps.reporting.actions.create_period import Facts, Whom, create_period
from nhipcau.apps.reporting.changing import changed
from nhipcau.apps.reporting.endings import (
    PLAN_AMENDED,
    PLAN_REMOVED,
    SCHEDULE_CHANGED,
    SCHEDULE_ENDED,
)
from nhipcau.apps.reporting.models import FormVersion, Period, Schedule
from nhipcau.apps.reporting.rhythm import AHEAD, Turn, turns
from nhipcau.apps.reporting.timing import late_end, window_for

# Given up by the system: a schedule that comes back makes them anew. What a person closed stays closed.
BY_SYSTEM = (SCHEDULE_CHANGED, SCHEDULE_ENDED, PLAN_AMENDED, PLAN_REMOVED)


def make_ahead(schedule: Schedule, *, actor: Actor, today: date | None = None) -> int:
    """How many are new. Running it again makes nothing twice."""
    day = today or timezone.localdate()
    held = (
        Schedule.objects.select_for_update(of=("self",)).select_related("duty__document").get(pk=schedule.pk)
    )
    version = held.form.versions.filter(state=FormVersion.State.IN_USE).first()
    if held.ended_at is not None or version is None:
        return 0
    rows = Period.objects.filter(duty=held.duty_id).exclude(
        state=Period.State.CLOSED, opened_at=None, closed_reason__in=BY_SYSTEM
    )
    known = {
        (kind, year, number, stated)
        for kind, year, number, stated in rows.values_list("kind", "year", "number", "due_stated_on")
    }
    whom = Whom(
        tuple(held.duty.organisations.values_list("pk", flat=True)),
        tuple(held.duty.sets.values_list("pk", flat=True)),
    )
    made = 0
    for facts in planned(held, version, day):
        if (facts.kind, facts.year, facts.number, facts.due.stated_on) not in known:
            create_period(facts, whom, actor=actor)
            made += 1
    return made


def planned(schedule: Schedule, version: FormVersion, today: date) -> list[Facts]:
    """The periods of the coming two years, whether they are made already or not; of a schedule that nobody
    has settled yet too. One query, for the calendar.
    """
    last = min(today + AHEAD, schedule.until or date.max)
    return [
        _facts(schedule, turn, version, today) for turn in turns(schedule.rules, today, last, reckoning())
    ]


def _facts(schedule: Schedule, turn: Turn, version: FormVersion, today: date) -> Facts:
    cut_off = None
    if schedule.window_by == Period.Window.PLAN:
        cut_off = turn.due.stated_on - timedelta(days=schedule.cut_off_days)
    opens = turn.due.day - timedelta(days=schedule.opens_days)
    return Facts(
        version=version,
        kind=turn.kind,
        year=turn.year,
        number=turn.number,
        window=window_for(turn.kind, turn.year, turn.number, cut_off=cut_off),
        window_by=schedule.window_by,
        due=turn.due,
        opens_on=max(opens, today),
        late_until=late_end(turn.due, schedule.late_days),
        by_parent=schedule.by_parent,
        document=schedule.duty.document,
        duty=schedule.duty,
    )


def give_up(periods: QuerySet[Period], why: str, actor: Actor) -> int:
    """Those that have not opened yet are closed; how many. Nothing was asked by them."""
    rows = list(periods.filter(state=Period.State.PLANNED).select_for_update().order_by("pk"))
    for row in rows:
        row.state, row.closed_at, row.closed_reason = Period.State.CLOSED, timezone.now(), why
        changed(row, actor)
    return len(rows)
