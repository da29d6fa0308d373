"""The last change of the draft is taken back."""

from __future__ import annotations

from nhipcau.apps.access.act import act
from nhipcau.apps.accounts.models import User
from nhipcau.apps.reporting.composing import step_back
from nhipcau.apps.reporting.draft_journal import Place, put_back, snapshot
from nhipcau.apps.reporting.models import Consolidation, DraftStep
from nhipcau.apps.reporting.refusals import Refused, Stale


def undo_step(draft: Consolidation, *, actor: User) -> DraftStep:
    """Take back the actor's own last change; again for the one before it.

    Raises Refused("nothing-to-undo"), Stale when somebody else has changed the same place since.
    """
    with act(actor, "reporting.undo_step", draft, permission="edit") as entry:
        locked = Consolidation.objects.select_for_update(of=("self",)).get(pk=draft.pk)
        mine = DraftStep.objects.filter(consolidation=locked, made_by=actor, undone=False)
        step = mine.order_by("-pk").first()
        if step is None:
            raise Refused("nothing-to-undo")
        places = [Place(each["section"], each["task"]) for each in step.after]
        if snapshot(locked.pk, places) != step.after:
            later = DraftStep.objects.filter(consolidation=locked, pk__gt=step.pk).exclude(made_by=actor)
            last = later.select_related("made_by").last()
            raise Stale("undo-stale", last.made_by if last else None, last.made_at if last else None)
        put_back(locked, step.before, actor.pk)
        step.undone = True
        step.save(update_fields=["undone"])
        step_back(locked, actor)
        entry.data.update(verb=step.verb, revision=locked.revision)
        draft.revision = locked.revision
    return step
