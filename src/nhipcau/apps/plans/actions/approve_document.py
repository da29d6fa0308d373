"""A reviewed draft becomes tasks; the document with its reading is frozen. One transaction, once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.policies import require
from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans import registers
from nhipcau.apps.plans.amending import NOT_CONTINUED, dropped
from nhipcau.apps.plans.dates import frame_of, reckoning
from nhipcau.apps.plans.models import Assignment, Document, DraftChange, DraftTask, Task
from nhipcau.apps.plans.periods import refit
from nhipcau.apps.plans.refusals import Refused, Stale
from nhipcau.apps.plans.settling import Approval, load, make_assignments, make_due_dates, make_tasks
from nhipcau.apps.plans.standing import make_citations, make_duties
from nhipcau.apps.plans.telling import tell_given


def approve_document(document: Document, *, revision: int, actor: User) -> Document:
    """Make tasks of all drafts that are not dropped. `revision` is the document's that the actor saw.

    The actor's own second click gives the approved document and changes nothing. Raises Stale with who
    and when: "stale" when a draft changed since, "approved-by-other" when somebody else was faster;
    Refused("not-a-draft") and Refused("nothing-to-approve").
    """
    require(actor, "approve", document)
    with transaction.atomic():
        # No join: who waited for the lock would get the row as it is now beside the user as she was then.
        locked = Document.objects.select_for_update().get(pk=document.pk)
        if locked.state == Document.State.APPROVED:
            if locked.approved_by_id == actor.pk and locked.revision == revision:
                return locked
            raise Stale("approved-by-other", locked.approved_by, locked.approved_at)
        if locked.state != Document.State.DRAFT:
            raise Refused("not-a-draft")
        if locked.revision != revision:
            raise Stale("stale", locked.changed_by, locked.changed_at)
        with act(actor, "plans.approve_document", locked, permission="approve") as entry:
            note(entry, revision=revision, **_settle(locked, actor))
    return locked


def _settle(document: Document, actor: User) -> dict[str, int]:
    """Everything that approval writes; returns counts for the record."""
    now = timezone.now()
    frame = frame_of(document.reading, document.issued_on, timezone.localdate(), reckoning())
    approval = load(document, frame, actor, now)
    if not approval.drafts:
        raise Refused("nothing-to-approve")
    ended = _end_dropped(approval)
    pairs = make_tasks(approval)
    make_due_dates(approval, pairs)
    assignments = make_assignments(approval, pairs)
    refit([task for _draft, task in pairs], frame.by, now)
    duties = make_duties(document)
    make_citations(document)
    DraftChange.objects.filter(document=document).delete()
    _freeze(document, actor, now)
    tell_given([task for _draft, task in pairs], document, actor=actor)
    registers.approved(document, actor)
    unseen = sum(draft.state == DraftTask.State.NEW for draft in approval.drafts)
    counts = {"tasks": len(pairs), "assignments": assignments, "duties": duties}
    return {**counts, "ended": ended, "not_looked_at": unseen}


def _end_dropped(approval: Approval) -> int:
    """Tasks of the amended plan that it does not name any more end; their progress stays readable."""
    gone = [task.pk for task in dropped(approval.document)]
    Assignment.objects.filter(task_id__in=gone, ended_at=None).update(ended_at=approval.now)
    return Task.objects.filter(pk__in=gone).update(ended_at=approval.now, ended_reason=NOT_CONTINUED)


def _freeze(document: Document, actor: User, now: datetime) -> None:
    """At the moment that the tasks it ended bear: removing it for good takes those up again."""
    document.state = Document.State.APPROVED
    document.approved_by, document.approved_at = actor, now
    document.save(update_fields=["state", "approved_by", "approved_at"])
