"""A list that was brought in is taken back, as long as nobody built on it; one that waits is dropped."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act
from nhipcau.apps.access.identity import as_part
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.models import LongWork
from nhipcau.apps.registry.actions.keep_intake import CHECKER, finish
from nhipcau.apps.registry.intakes.entering import built_on, take_back
from nhipcau.apps.registry.intakes.files import forget
from nhipcau.apps.registry.intakes.queue import TAKE_BACK, begin
from nhipcau.apps.registry.linking.queue import begin as link_later
from nhipcau.apps.registry.models import Intake, Round

DROPPABLE = (Intake.State.TO_MAP, Intake.State.CHECKED)


class BuiltOn(Refused):
    """Something stands on it: `what` says how many of each kind (`intakes.entering.built_on`)."""

    def __init__(self, what: dict[str, int]) -> None:
        super().__init__(_("This list cannot be taken back any more: work has gone on with what it brought."))
        self.what = what


def undo_intake(intake: Intake, *, reason: str, actor: User) -> Intake:
    """Its records go, and the people whom nobody else names, by a job. Raises Refused for a list that is not
    in the register or whose round was approved, BuiltOn where something stands on it.
    """
    with act(actor, "registry.undo_intake", intake, permission="undo", reason=reason.strip()):
        found = Intake.objects.select_for_update(of=("self",)).get(pk=intake.pk)
        if found.state != Intake.State.CONFIRMED:
            raise Refused(_("Only a list that is in the register can be taken back."))
        if found.round is not None and found.round.state == Round.State.APPROVED:
            raise Refused(_("The figures of its round are approved: its records stay."))
        with as_part("intake"):
            standing = built_on(found)
        if standing:
            raise BuiltOn(standing)
        found.state = Intake.State.UNDOING
        found.ended_by, found.ended_at, found.ended_reason = actor, timezone.now(), reason.strip()[:300]
        found.work = LongWork.objects.create(kind="take-back", owner=actor)
        found.save(update_fields=["state", "ended_by", "ended_at", "ended_reason", "work"])
        begin(TAKE_BACK, found)
    found.refresh_from_db()
    return found


def leave_register(intake_id: int) -> None:
    """The job's part. Where somebody built on it in the meantime it stays, and is in the register again."""
    intake = Intake.objects.select_for_update(of=("self",)).get(pk=intake_id)
    if intake.state != Intake.State.UNDOING:
        return
    with act(CHECKER, "registry.take_back", intake, permission="undo"):
        if built_on(intake):
            intake.state = Intake.State.CONFIRMED
            intake.ended_by = intake.ended_at = None
            intake.ended_reason = ""
        else:
            take_back(intake)
            link_later()
            forget(intake.marked)
            intake.state = Intake.State.UNDONE
        intake.save(update_fields=["state", "ended_by", "ended_at", "ended_reason"])
        finish(intake, LongWork.State.DONE)


def drop_intake(intake: Intake, *, reason: str, actor: User) -> Intake:
    """A list that waits is not wanted: its rows go, that it was sent stays. Raises Refused for others."""
    with act(actor, "registry.drop_intake", intake, permission="drop", reason=reason.strip()):
        found = Intake.objects.select_for_update(of=("self",)).get(pk=intake.pk)
        if found.state not in DROPPABLE:
            raise Refused(_("Only a list that waits can be dropped."))
        found.rows.all().delete()
        forget(found.upload, found.numbers, found.marked)
        found.state = Intake.State.DROPPED
        found.ended_by, found.ended_at, found.ended_reason = actor, timezone.now(), reason.strip()[:300]
        found.save(update_fields=["state", "ended_by", "ended_at", "ended_reason"])
    return found
