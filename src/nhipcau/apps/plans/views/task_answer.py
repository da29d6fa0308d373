"""The heading of a task's page: how it stands and by when, in one line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.following import charged_of
from nhipcau.apps.plans.models import Assignment, Obstacle, Status, Task
from nhipcau.apps.plans.views.task_rows import own_organisations, sign_of
from nhipcau.apps.webkit.formats import format_date, format_number


def answer_of(
    found: Task, assigned: list[Assignment], obstacles: Iterable[Obstacle], user: User, today: date
) -> str:
    """How it stands, and whether something holds it up."""
    if found.ended_at is not None:
        return _("This task has ended")
    words = _stands(found, assigned, user, today)
    there = [row for row in obstacles if row.cleared_at is None]
    if any(row.escalated_to and row.decided_on is None for row in there):
        return _("%(state)s; waits for a decision from above") % {"state": words}
    return _("%(state)s; stuck") % {"state": words} if there else words


def _stands(found: Task, assigned: list[Assignment], user: User, today: date) -> str:
    """Of her own agency's part where she has one, else of the whole with how many are done."""
    own = own_organisations(user)
    mine = [row for row in assigned if row.organisation_id in own]
    if len(mine) == 1:
        return _with_date(sign_of(mine[0], today).words, mine[0].due_on)
    words = _with_date(sign_of(found, today).words, found.due_on)
    charged = [row for row in charged_of(assigned) if row.organisation_id]
    if len(charged) < 2:
        return words
    done = sum(row.status == Status.ACCEPTED for row in charged)
    return _("%(state)s; %(n)s of %(total)s agencies are done") % {
        "state": words,
        "n": format_number(done),
        "total": format_number(len(charged)),
    }


def _with_date(words: str, due_on: date | None) -> str:
    if due_on is None:
        return words
    return _("%(state)s, due %(day)s") % {"state": words, "day": format_date(due_on)}
