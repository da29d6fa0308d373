"""Why a period or a unit's duty ended without a report: codes where the system says so, else words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

LEFT_GROUP = "left-group"
TOGETHER = "together"
PLAN_AMENDED = "plan-amended"
PLAN_REMOVED = "plan-removed"
SCHEDULE_ENDED = "schedule-ended"
SCHEDULE_CHANGED = "schedule-changed"
WORDS = {
    "joined": _("another report of the same unit holds, since bodies were joined"),
    LEFT_GROUP: _("no longer in the group that is asked"),
    TOGETHER: _("reported together with another period"),
    PLAN_AMENDED: _("the plan was amended"),
    PLAN_REMOVED: _("the plan was removed"),
    SCHEDULE_ENDED: _("the duty is not reported on any more"),
    SCHEDULE_CHANGED: _("the duty is now met in another way"),
}


def ending_words(reason: str) -> str:
    """The reason in the active language."""
    return str(WORDS[reason]) if reason in WORDS else reason


def is_code(reason: str) -> bool:
    """Whether the system said it: then the words are ours, not a person's."""
    return reason in WORDS
