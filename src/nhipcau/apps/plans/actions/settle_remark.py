"""What became of a remark: taken up, in part, or explained; and where the new draft shows it."""

from __future__ import annotations

from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.models import ConsultationDraft, Remark
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.telling_consultations import tell_settled


def settle_remark(
    remark: Remark,
    outcome: str,
    explanation: str,
    *,
    actor: User,
    draft: ConsultationDraft | None = None,
    passage: int | None = None,
    place: str = "",
) -> Remark:
    """Settle it, or settle it anew.

    Raises Refused: "explain" (what is not taken up in full needs words), "other-draft", and "place-needed"
    (what is taken up shows somewhere).
    """
    chosen = Remark.Outcome(outcome)
    words, place = explanation.strip(), place.strip()[:200]
    if chosen != Remark.Outcome.TAKEN and not words:
        raise Refused("explain")
    if draft is not None and draft.consultation_id != remark.answer.consultation_id:
        raise Refused("other-draft")
    if chosen != Remark.Outcome.EXPLAINED and passage is None and not place:
        raise Refused("place-needed")
    with act(actor, "plans.settle_remark", remark, permission="settle") as entry:
        locked = Remark.objects.select_for_update().get(pk=remark.pk)
        locked.outcome, locked.explanation = chosen, words
        locked.settled_draft = draft
        locked.settled_passage = passage if draft and draft.paragraph(passage) else None
        locked.settled_place = place
        locked.settled_by, locked.settled_at = actor, timezone.now()
        locked.save()
        note(entry, outcome=outcome)
        tell_settled(locked.answer, actor=actor)
    return locked
