"""The four outcomes as a bar with its figures."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from nhipcau.apps.plans.models import OutcomeCounts
from nhipcau.apps.webkit.formats import format_number


def outcome_context(counts: OutcomeCounts) -> dict[str, Any]:
    """For plans/parts/outcomes.html."""
    parts = [
        ("done", counts.done_in_time, pgettext("outcome", "done in time")),
        ("late", counts.done_late, pgettext("outcome", "done late")),
        ("open", counts.open_in_time, pgettext("outcome", "open, in time")),
        ("over", counts.open_overdue, pgettext("outcome", "open, overdue")),
    ]
    said = ", ".join(f"{format_number(count)} {words}" for _sign, count, words in parts)
    return {
        "outcome_parts": [(sign, count) for sign, count, _words in parts],
        "outcome_words": _("%(total)s tasks: %(parts)s")
        % {"total": format_number(counts.total), "parts": said},
        "outcome_list": [{"sign": sign, "count": count, "words": words} for sign, count, words in parts],
    }
