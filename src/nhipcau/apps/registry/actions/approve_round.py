"""A round's figures are declared to stand: it takes no more records."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.registry.models import Intake, Round, SourceRecord

UNDER_WAY = ("checking", "to_map", "checked", "confirming", "undoing")


def approve_round(round: Round, *, actor: User) -> Round:
    """Raises Refused when it is not open, or lists of it still wait."""
    with act(actor, "registry.approve_round", round, permission="approve") as entry:
        found = Round.objects.select_for_update().get(pk=round.pk)
        if found.state != Round.State.OPEN:
            raise Refused(_("Only a round that takes records can be approved."))
        if Intake.objects.filter(round=found, state__in=UNDER_WAY).exists():
            raise Refused(_("Lists of this round still wait to be confirmed. Confirm or drop them first."))
        found.state, found.approved_by, found.approved_at = Round.State.APPROVED, actor, timezone.now()
        found.save(update_fields=["state", "approved_by", "approved_at"])
        note(entry, records=SourceRecord.objects.filter(round=found).count())
    return found
