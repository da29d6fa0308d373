"""The four outcomes of a task, kept apart: done in time, done late, open in time, open and overdue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import gettext, ngettext, pgettext

from nhipcau.apps.webkit.formats import days_until, format_number

Sign = Literal["done", "late", "open", "over", "back"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """`sign` names the shape and colour, `words` always stand beside them."""

    sign: Sign
    words: str


def outcome(due: date | None, done: date | None, today: date, *, returned: bool = False) -> Outcome:
    """The outcome of something due on `due`; without a due date it is never late."""
    if returned:
        return Outcome("back", pgettext("outcome", "Returned"))
    if done is not None:
        if due is None or done <= due:
            return Outcome("done", gettext("Done in time") if due else pgettext("outcome", "Done"))
        days = (done - due).days
        words = ngettext("Done, %(days)s day late", "Done, %(days)s days late", days)
        return Outcome("late", words % {"days": format_number(days)})
    if due is None:
        return Outcome("open", gettext("No due date"))
    return Outcome("over" if due < today else "open", days_until(due, today))


def waiting(due: date | None, reported: date | None) -> Outcome:
    """Of what was reported as done and waits to be accepted: open, judged by the day of the report."""
    if due is not None and reported is not None and reported > due:
        days = (reported - due).days
        words = ngettext("Reported, %(days)s day late; waits", "Reported, %(days)s days late; waits", days)
        return Outcome("over", words % {"days": format_number(days)})
    return Outcome("open", gettext("Reported, waits to be accepted"))


def sent_back(due: date | None, today: date) -> Outcome:
    """Of what was returned: the agency has it again; past its date it is overdue besides."""
    if due is not None and due < today:
        return Outcome("over", gettext("Returned; %(days)s") % {"days": days_until(due, today).lower()})
    return Outcome("back", pgettext("outcome", "Returned"))
