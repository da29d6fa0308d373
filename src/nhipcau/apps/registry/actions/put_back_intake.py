"""A list whose work failed goes back to where it stood before, so that it can be tried again."""

from __future__ import annotations

from nhipcau.apps.access.act import act
from nhipcau.apps.files.models import LongWork
from nhipcau.apps.registry.actions.keep_intake import CHECKER, finish, refuse_intake
from nhipcau.apps.registry.models import Intake

BEFORE = {Intake.State.CONFIRMING: Intake.State.CHECKED, Intake.State.UNDOING: Intake.State.CONFIRMED}


def put_back_intake(intake_id: int) -> None:
    """Nothing of it was done: such work is one transaction. One that could not be checked is refused. A
    second time changes nothing.
    """
    intake = Intake.objects.select_for_update(of=("self",)).get(pk=intake_id)
    if intake.state == Intake.State.CHECKING:
        refuse_intake(intake_id, "damaged", {})
    if intake.state not in BEFORE:
        return
    with act(CHECKER, "registry.put_back_intake", intake, permission="confirm", reason=intake.state):
        if intake.state == Intake.State.CONFIRMING:
            intake.confirmed_by = intake.confirmed_at = None
        intake.ended_by = intake.ended_at = None
        intake.ended_reason = ""
        intake.state = BEFORE[Intake.State(intake.state)]
        fields = ["state", "confirmed_by", "confirmed_at", "ended_by", "ended_at", "ended_reason"]
        intake.save(update_fields=fields)
        finish(intake, LongWork.State.FAILED)
