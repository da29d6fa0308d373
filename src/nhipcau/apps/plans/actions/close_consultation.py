"""No more answers are awaited; who has not answered stays named as such."""

from __future__ import annotations

from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.models import Consultation
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.telling_consultations import tell_closed


def close_consultation(consultation: Consultation, *, reason: str, actor: User) -> Consultation:
    """Close it, once. Raises Refused("reason") and Refused("consultation-closed")."""
    words = " ".join(reason.split())[:300]
    if not words:
        raise Refused("reason")
    with act(actor, "plans.close_consultation", consultation, permission="edit", reason=words) as entry:
        locked = Consultation.objects.select_for_update().get(pk=consultation.pk)
        if locked.closed_at is not None:
            raise Refused("consultation-closed")
        locked.closed_at, locked.closed_reason = timezone.now(), words
        locked.save()
        note(entry, unanswered=locked.answers.filter(kind="").count())
        tell_closed(locked, actor=actor)
    return locked
