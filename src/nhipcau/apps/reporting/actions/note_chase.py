"""A unit was reminded by Zalo, by telephone or in person: that it was done, and what was said."""

from __future__ import annotations

from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.accounts.models import User
from nhipcau.apps.reporting.chasing import OWING
from nhipcau.apps.reporting.models import Chase, Obligation
from nhipcau.apps.reporting.refusals import Refused

OUTSIDE = (Chase.How.ZALO, Chase.How.TELEPHONE, Chase.How.IN_PERSON)


def note_chase(obligation: Obligation, how: str, *, actor: User, words: str = "") -> Chase:
    """`how` is one of OUTSIDE. Raises Refused("sent-already") when nothing is owed any more."""
    channel = next(each for each in OUTSIDE if each == how)
    with act(actor, "reporting.note_chase", obligation, permission="chase") as entry:
        Obligation.objects.select_for_update().get(pk=obligation.pk)
        rows = Obligation.objects.in_standing(timezone.now(), *OWING)
        if not rows.filter(pk=obligation.pk).exists():
            raise Refused("sent-already")
        made = Chase.objects.create(
            obligation=obligation, how=channel, words=words.strip()[:500], created_by=actor
        )
        note(entry, chase=made.pk, how=str(channel))
    return made
