"""The next period of a task that comes again: what stood there is written down, the work begins anew."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.access.policies import require
from nhipcau.apps.plans.dates import Reckoning, reckoning
from nhipcau.apps.plans.following import follow
from nhipcau.apps.plans.models import (
    Assignment,
    DueDate,
    Extension,
    PeriodPart,
    Status,
    Task,
    TaskPeriod,
    Update,
)
from nhipcau.apps.plans.periods import MOVED, Turn, begin, closes_as, move_on, next_turn
from nhipcau.apps.plans.telling import tell_agency

BEGINNING = {
    "status": Status.NOT_BEGUN,
    "done_on": None,
    "step": Assignment.Step.TO_RECEIVE,
    "specialist": None,
    "percent": None,
    "count": None,
}


def open_next_period(
    task: Task, *, actor: Actor, today: date | None = None, by: Reckoning | None = None
) -> TaskPeriod | None:
    """Close the open period when its work was accepted or its time is over, and open the next.

    None when there is nothing to do: not its turn, no further due day, no periods at all. So running it
    twice, or again after a crash, opens nothing twice.
    """
    day, by = today or timezone.localdate(), by or reckoning()
    require(actor, "open_period", task)
    with transaction.atomic():
        locked = Task.objects.select_for_update().get(pk=task.pk)
        here = locked.periods.filter(closed_at=None).first()
        if here is None or locked.ended_at is not None:
            return None
        rows = list(locked.due_dates.filter(ended_at=None))
        following = next_turn(rows, here.stated_on, by)
        how = closes_as(locked, here, following, day) if following is not None else None
        if following is None or how is None:
            return None
        with act(actor, "plans.open_next_period", locked, permission="open_period") as entry:
            now = timezone.now()
            _close(locked, here, how, now)
            made = _open(locked, here, following, now)
            DueDate.objects.bulk_update(move_on(rows, here.stated_on, by), MOVED)
            note(
                entry,
                number=made.number,
                due_on=made.due_on.isoformat(),
                closed=here.number,
                closed_as=str(how),
            )
            if made.due_on >= day:
                _tell(locked, made, actor)
    return made


def _close(task: Task, period: TaskPeriod, how: TaskPeriod.Closed, now: datetime) -> None:
    """The open period as it stands: of the task, and of each body that has a part in it."""
    rows = list(task.assignments.filter(ended_at=None).order_by("pk"))
    PeriodPart.objects.bulk_create(
        PeriodPart(
            period=period,
            assignment=row,
            organisation_id=row.organisation_id,
            phrase=row.phrase,
            role=row.role,
            partner=row.partner,
            status=row.status,
            due_on=row.due_on,
            done_on=row.done_on,
        )
        for row in rows
    )
    period.status, period.done_on = task.status, task.done_on
    # With an extension, where all had one.
    period.due_on = task.due_on or period.due_on
    period.closed_at, period.closed_as = now, how
    period.save()
    if task.status != Status.ACCEPTED:
        task.missed += 1


def _open(task: Task, closed: TaskPeriod, turn: Turn, now: datetime) -> TaskPeriod:
    """The work begins anew. What was not decided falls with its period: a request for more time, a report
    that had not left its agency.
    """
    made = begin(task, turn, closed.number + 1, now)
    made.save()
    rows = list(task.assignments.filter(ended_at=None))
    asked = Extension.objects.filter(assignment__in=rows, state=Extension.State.ASKED)
    asked.update(state=Extension.State.REFUSED, decision=_("The next period has opened."), decided_at=now)
    waiting = Update.objects.filter(assignment__in=rows, state=Update.State.TO_APPROVE)
    waiting.update(state=Update.State.GIVEN_BACK)
    for row in rows:
        for name, value in BEGINNING.items():
            setattr(row, name, value)
        row.due_on = turn.due_on
        row.version += 1
    Assignment.objects.bulk_update(rows, [*BEGINNING, "due_on", "version"])
    task.period, task.due_on = made.number, turn.due_on
    task.save(update_fields=["period", "missed", "due_on"])
    follow(task, rows)
    return made


def _tell(task: Task, period: TaskPeriod, actor: Actor) -> None:
    """Those who are charged; of periods that are past when they open nobody is told."""
    for row in task.assignments.filter(ended_at=None, organisation__isnull=False, partner=False):
        key = f"period:{period.pk}:{row.pk}"
        tell_agency(
            row, "plans.period_opened", key=key, actor=actor, number=period.number, until=period.due_on
        )
