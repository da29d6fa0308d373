"""What a workbook says becomes the unit's draft."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.accounts.models import User
from nhipcau.apps.reporting.actions.begin_draft import begin_draft
from nhipcau.apps.reporting.actions.save_draft import save_draft
from nhipcau.apps.reporting.holding import hold
from nhipcau.apps.reporting.models import Submission, Workbook
from nhipcau.apps.reporting.refusals import Refused, Stale
from nhipcau.apps.reporting.workbooks.preview import Preview, preview_of


def take_workbook(
    workbook: Workbook, *, revision: int, actor: User, preview: Preview | None = None
) -> Submission:
    """The draft. Cells that are wrong leave what stood there. `revision` is that of the draft which the actor
    was shown the changes against, -1 for none; `preview` spares finding it out again.

    Raises Stale where somebody wrote meanwhile, Refused("workbook-taken") and what `begin_draft` and
    `save_draft` refuse.
    """
    with transaction.atomic(), act(actor, "reporting.take_workbook", workbook, permission="take") as entry:
        hold(workbook.obligation)
        fresh = Workbook.objects.select_for_update().get(pk=workbook.pk)
        if fresh.state != Workbook.State.READ:
            raise Refused("workbook-taken")
        shown = preview or preview_of(workbook)
        draft = begin_draft(workbook.obligation, actor=actor, via=Submission.Via.WORKBOOK)
        begun = draft.revision == 0 and shown.revision == -1
        if shown.revision != revision or (draft.revision != revision and not begun):
            raise Stale("stale-draft", draft.saved_by or draft.created_by, draft.saved_at)
        saved = save_draft(draft, shown.answers, revision=draft.revision, actor=actor, asked=shown.asked)
        fresh.state, fresh.submission = Workbook.State.TAKEN, saved
        fresh.taken_by, fresh.taken_at = actor, timezone.now()
        fresh.save(update_fields=["state", "submission", "taken_by", "taken_at"])
        note(entry, submission=saved.pk, wrong=len(shown.understood.problems))
    return saved
