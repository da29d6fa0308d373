"""The stages of an act: which verb leads from where to where. One table."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act as framed
from nhipcau.apps.access.act import note
from nhipcau.apps.access.actors import Actor, System
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.orgs.models import Restructuring

State = Restructuring.State
# Verb → the states it is allowed in, and the state it leads to.
STAGES: dict[str, tuple[frozenset[str], str]] = {
    "edit": (frozenset((State.DRAFTED, State.PREVIEWED)), State.DRAFTED),
    "preview": (frozenset((State.DRAFTED, State.PREVIEWED)), State.PREVIEWED),
    "submit": (frozenset((State.PREVIEWED,)), State.SUBMITTED),
    "return": (frozenset((State.SUBMITTED, State.APPROVED)), State.DRAFTED),
    "withdraw": (
        frozenset((State.DRAFTED, State.PREVIEWED, State.SUBMITTED, State.APPROVED)),
        State.WITHDRAWN,
    ),
    "approve": (frozenset((State.SUBMITTED,)), State.APPROVED),
    "carry_out": (frozenset((State.APPROVED,)), State.CARRIED_OUT),
    "ask_undo": (frozenset((State.CARRIED_OUT,)), State.UNDO_ASKED),
    "refuse_undo": (frozenset((State.UNDO_ASKED,)), State.CARRIED_OUT),
    "undo": (frozenset((State.UNDO_ASKED,)), State.UNDONE),
}
# What the act did is in force.
IN_FORCE = (State.CARRIED_OUT, State.UNDO_ASKED)
WRONG_STAGE = _("This cannot be done at the stage the act is in now. Load the page again.")
CHANGED = _("Somebody has changed the act since you opened it. Look at it again, then decide.")


def may(act: Restructuring, verb: str) -> bool:
    """Whether the stage allows it; who may is the policy's."""
    return act.state in STAGES[verb][0]


def lock(act: Restructuring, verb: str, revision: int | None = None) -> Restructuring:
    """The act, its row locked, in a stage that allows the verb and, when given, of the revision seen."""
    fresh = Restructuring.objects.select_for_update().get(pk=act.pk)
    if not may(fresh, verb):
        raise Refused(WRONG_STAGE)
    if revision is not None and fresh.revision != revision:
        raise Refused(CHANGED)
    return fresh


def pass_on(act: Restructuring, verb: str) -> None:
    """Set the stage that the verb leads to; the caller saves."""
    act.state = STAGES[verb][1]


@contextmanager
def editing(
    act: Restructuring, verb: str, *, actor: Actor, revision: int | None = None
) -> Iterator[Restructuring]:
    """A change of what the act says: a new revision, whose preview is still to be made."""
    with framed(actor, f"orgs.{verb}", act, permission="edit") as entry:
        fresh = lock(act, "edit", revision)
        yield fresh
        pass_on(fresh, "edit")
        fresh.revision += 1
        fresh.changed_by = None if isinstance(actor, System) else actor
        fresh.changed_at = timezone.now()
        fresh.preview, fresh.refusal = {}, None
        fresh.save()
        note(entry, revision=fresh.revision)
