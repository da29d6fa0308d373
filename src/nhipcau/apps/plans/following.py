"""How far a task is as a whole: the sum of what those who are charged with it have done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from nhipcau.apps.plans.models import Assignment, Status


def whole_of(rows: Iterable[Assignment]) -> tuple[Status, date | None]:
    """Status and day of completion from the assignments in force.

    Done when all who are charged are, begun when anybody is. Partners count only where nobody is charged;
    phrases without an organisation only where there is none with one, since nobody can report for them.
    """
    current = [row for row in rows if row.ended_at is None]
    charged = [row for row in current if not row.partner] or current
    charged = [row for row in charged if row.organisation_id] or charged
    if charged and all(row.status == Status.DONE for row in charged):
        return Status.DONE, max((row.done_on for row in charged if row.done_on), default=None)
    begun = any(row.status != Status.NOT_BEGUN for row in charged)
    return (Status.IN_PROGRESS if begun else Status.NOT_BEGUN), None
