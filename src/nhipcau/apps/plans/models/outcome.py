"""How far an assignment is, and the four outcomes that are kept apart (practice of QĐ 42/2014, 23/2018): done
or open, in time or past its date.

Done is what the lead agency accepted. What was reported and waits for that is open, but it is judged by the
day on which it was reported: a slow acceptance makes nobody overdue.
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Status(models.TextChoices):
    NOT_BEGUN = "not_begun", _("not begun")
    IN_PROGRESS = "in_progress", _("in progress")
    REPORTED = "reported", _("reported done")
    RETURNED = "returned", _("returned")
    ACCEPTED = "accepted", pgettext_lazy("report", "accepted")


# The agency has done its part: nothing more is asked of it unless the report comes back.
DELIVERED = (Status.REPORTED, Status.ACCEPTED)


class Outcome(models.TextChoices):
    DONE_IN_TIME = "done_in_time", _("done on time")
    DONE_LATE = "done_late", _("done late")
    OPEN_IN_TIME = "open_in_time", _("open, in time")
    OPEN_OVERDUE = "open_overdue", _("open, overdue")


def outcome_of(status: str, due_on: date | None, done_on: date | None, today: date) -> Outcome:
    """The outcome of one task or assignment; without a due date nothing is late.

    `outcome_q` says the same in SQL.
    """
    if status == Status.ACCEPTED:
        late = due_on is not None and done_on is not None and done_on > due_on
        return Outcome.DONE_LATE if late else Outcome.DONE_IN_TIME
    day = judged_on(status, done_on, today)
    return Outcome.OPEN_OVERDUE if due_on is not None and due_on < day else Outcome.OPEN_IN_TIME


def judged_on(status: str, done_on: date | None, today: date) -> date:
    """The day by which what is open is judged: of a report that waits the day it was made, else today."""
    return done_on if status == Status.REPORTED and done_on is not None else today


def outcome_q(outcome: str, today: date) -> Q:
    """The rows (tasks or assignments) that have the outcome."""
    done = Q(status=Status.ACCEPTED)
    late = Q(due_on__isnull=False, done_on__gt=F("due_on"))
    waits = Q(status=Status.REPORTED, done_on__isnull=False)
    past = (waits & late) | (~waits & Q(due_on__lt=today))
    ahead = (waits & Q(done_on__lte=F("due_on"))) | (~waits & Q(due_on__gte=today))
    return {
        Outcome.DONE_IN_TIME: done & (Q(due_on=None) | Q(done_on=None) | Q(done_on__lte=F("due_on"))),
        Outcome.DONE_LATE: done & late,
        Outcome.OPEN_IN_TIME: ~done & (Q(due_on=None) | ahead),
        Outcome.OPEN_OVERDUE: ~done & past,
    }[Outcome(outcome)]


def overdue_at_q(day: date) -> Q:
    """Rows (tasks or assignments) that were overdue when `day` ended: due and not delivered by then."""
    by_then = Q(status__in=DELIVERED, done_on__lte=day) | Q(status__in=DELIVERED, done_on=None)
    return Q(due_on__lte=day) & ~by_then
