"""The four outcomes that are kept apart (practice of QĐ 42/2014, 23/2018): done or open, in time or past
its date.
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    NOT_BEGUN = "not_begun", _("not begun")
    IN_PROGRESS = "in_progress", _("in progress")
    DONE = "done", _("done")


class Outcome(models.TextChoices):
    DONE_IN_TIME = "done_in_time", _("done on time")
    DONE_LATE = "done_late", _("done late")
    OPEN_IN_TIME = "open_in_time", _("open, in time")
    OPEN_OVERDUE = "open_overdue", _("open, overdue")


def outcome_of(status: str, due_on: date | None, done_on: date | None, today: date) -> Outcome:
    """The outcome of one task or assignment; without a due date nothing is late.

    `outcome_q` says the same in SQL.
    """
    if status == Status.DONE:
        late = due_on is not None and done_on is not None and done_on > due_on
        return Outcome.DONE_LATE if late else Outcome.DONE_IN_TIME
    return Outcome.OPEN_OVERDUE if due_on is not None and due_on < today else Outcome.OPEN_IN_TIME


def outcome_q(outcome: str, today: date) -> Q:
    """The rows (tasks or assignments) that have the outcome."""
    done, past = Q(status=Status.DONE), Q(due_on__lt=today)
    late = Q(due_on__isnull=False, done_on__gt=F("due_on"))
    return {
        Outcome.DONE_IN_TIME: done & (Q(due_on=None) | Q(done_on=None) | Q(done_on__lte=F("due_on"))),
        Outcome.DONE_LATE: done & late,
        Outcome.OPEN_IN_TIME: ~done & (Q(due_on=None) | Q(due_on__gte=today)),
        Outcome.OPEN_OVERDUE: ~done & past,
    }[Outcome(outcome)]
