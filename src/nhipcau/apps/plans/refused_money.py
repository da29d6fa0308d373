"""Why an action on estimates was not done; part of plans.refusals."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MONEY: dict[str, Promise] = {
    "round-exists": _("The round of %(year)s is open already."),
    "round-closed": _("The round is closed; its figures stay as they are."),
    "round-agencies": _("Choose at least one agency."),
    "round-has-lines": _("%(name)s has entered lines already, so it stays in the round."),
    "estimates-sent": _(
        "The estimates are sent. Ask the coordinator to return them before you change a line."
    ),
    "estimates-not-sent": _("The estimates are not sent yet."),
    "estimates-changed": _(
        "Somebody else has changed these figures since. Look at the new state, then do it again."
    ),
    "estimates-empty": _("There is no line yet. Enter at least one, or say that no money is needed."),
    "estimates-not-empty": _("There are lines. Remove them before you say that no money is needed."),
    "estimates-valued": _(
        "Appraised or allocated amounts exist, so the estimates cannot be returned any more."
    ),
    "not-your-task": _("One of the lines belongs to a task that the agency has no part in."),
    "too-much-money": _("“%(content)s” comes to more than any budget holds. Check quantity and norm."),
    "stage-before": _("“%(content)s”: the step before has no amount yet."),
    "stage-after": _("“%(content)s”: a later step has an amount already. Correct that one first."),
    "stage-reason": _("“%(content)s”: the amount differs from the step before, so give the reason."),
    "stage-day": _("The day of the decision cannot lie in the future."),
}
