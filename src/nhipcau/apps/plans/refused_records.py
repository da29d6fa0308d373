"""Why an action on kinds, records, own plans and parents of tasks was not done; part of plans.refusals."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

RECORDS: dict[str, Promise] = {
    "kind-has-records": _("Records of the present kind stand under this task. Drop them first."),
    "no-records": _("Say first what kind of task this is."),
    "not-charged": _("This agency has no part in the task."),
    "record-gone": _("This record was dropped by somebody else."),
    "finding-has-task": _("A task was made of this finding, so it stays."),
    "finding-for-nobody": _("Say first who has to put it right."),
    "own-plan-nobody": _(
        "Nobody would have to issue a plan: no agency has a task of it, or the group is empty."
    ),
    "own-plan-not-approved": _("Approve the plan first."),
    "own-plan-not-issued": _("Enter number and day of the unit's plan first."),
    "own-plan-day": _("The day of issue cannot lie in the future."),
    "own-plan-entered": _("A unit has issued its plan already, so the duty stays."),
    "parent-itself": _("A task cannot be part of itself."),
    "parent-below": _("That task is itself part of this one."),
    "parent-ended": _("That task has ended."),
}
