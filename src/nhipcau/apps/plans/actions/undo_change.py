"""The last change of drafts is taken back."""

from __future__ import annotations

from typing import Any

from nhipcau.apps.access.act import act
from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans import journal
from nhipcau.apps.plans.models import Document, DraftChange, DraftTask
from nhipcau.apps.plans.refusals import Refused, Stale
from nhipcau.apps.plans.reviewing import lock, touch


def undo_change(document: Document, *, actor: User) -> DraftChange:
    """Take back the actor's own last change of the document's drafts; again for the one before it.

    Raises Refused("nothing-to-undo"), Stale when somebody else has changed one of the drafts since.
    """
    with act(actor, "plans.undo_change", document, permission="review") as entry:
        locked = lock(document.pk)
        mine = DraftChange.objects.filter(document=locked, made_by=actor, undone=False)
        change = mine.order_by("-pk").first()
        if change is None:
            raise Refused("nothing-to-undo")
        _require_untouched(change)
        journal.put_back(locked.pk, change.before, change.after)
        change.undone = True
        change.save(update_fields=["undone"])
        touch(locked, actor)
        entry.data.update(verb=change.verb, revision=locked.revision)
        document.revision = locked.revision
    return change


def _require_untouched(change: DraftChange) -> None:
    left: dict[int, dict[str, Any]] = {row["pk"]: row for row in change.after}
    now = DraftTask.objects.select_related("changed_by").in_bulk(list(left))
    for pk, row in left.items():
        draft = now.get(pk)
        if draft is None:
            raise Refused("nothing-to-undo")
        later = DraftChange.objects.filter(document_id=change.document_id, pk__gt=change.pk, undone=False)
        if draft.version != row["version"] and draft.changed_by_id != change.made_by_id and later.exists():
            raise Stale("undo-stale", draft.changed_by, draft.changed_at)
