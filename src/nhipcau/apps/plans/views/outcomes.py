"""The four outcomes as a bar with its figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from nhipcau.apps.plans.models import Outcome, OutcomeCounts
from nhipcau.apps.webkit.formats import format_number

# The shape and colour of each, in the order in which they are always shown.
SIGNS = (
    (Outcome.DONE_IN_TIME, "done"),
    (Outcome.DONE_LATE, "late"),
    (Outcome.OPEN_IN_TIME, "open"),
    (Outcome.OPEN_OVERDUE, "over"),
)


def outcome_words() -> list[tuple[str, str]]:
    """Sign and words of the four."""
    return [
        ("done", pgettext("outcome", "done in time")),
        ("late", pgettext("outcome", "done late")),
        ("open", pgettext("outcome", "open, in time")),
        ("over", pgettext("outcome", "open, overdue")),
    ]


def parts_of(counts: OutcomeCounts) -> list[tuple[str, int]]:
    """Sign and count of the four, for the bar."""
    return [(sign, getattr(counts, str(each))) for each, sign in SIGNS]


def said_of(counts: OutcomeCounts) -> str:
    """The four figures in words."""
    pairs = zip(parts_of(counts), outcome_words(), strict=True)
    return ", ".join(f"{format_number(count)} {words}" for (_sign, count), (_same, words) in pairs)


def outcome_context(counts: OutcomeCounts) -> dict[str, Any]:
    """For plans/parts/outcomes.html."""
    pairs = zip(parts_of(counts), outcome_words(), strict=True)
    total = {"total": format_number(counts.total), "parts": said_of(counts)}
    return {
        "outcome_parts": parts_of(counts),
        "outcome_words": _("%(total)s tasks: %(parts)s") % total,
        "outcome_list": [
            {"sign": sign, "count": count, "words": words} for (sign, count), (_same, words) in pairs
        ],
    }


def earlier_context(counts: OutcomeCounts | None, filters: Mapping[str, str]) -> dict[str, Any] | None:
    """For plans/parts/earlier.html: the outcomes of closed periods, and the list of tasks, with the filters,
    that have work left of one.
    """
    if counts is None:
        return None
    return {
        "words": said_of(counts),
        "missed": counts.open_overdue + counts.open_in_time,
        "href": f"{reverse('plans:tasks')}?{urlencode({**filters, 'status': 'missed'})}",
    }
