"""A second officer agrees to an export of many people, or does not."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.notices.actions import tell
from nhipcau.apps.registry.export_queue import begin
from nhipcau.apps.registry.models import Export


def decide_export(export: Export, *, agrees: bool, reason: str, actor: User) -> Export:
    """Raises Refused when it does not wait, and for a no without a reason."""
    with act(actor, "registry.decide_export", export, permission="decide", reason=reason.strip()) as entry:
        found = Export.objects.select_for_update(of=("self",)).get(pk=export.pk)
        if found.state != Export.State.WAITING:
            raise Refused(_("This was decided already."))
        if not agrees and not reason.strip():
            raise Refused(_("Say why you do not agree."))
        found.decided_by, found.decided_at = actor, timezone.now()
        found.reason = " ".join(reason.split())
        found.state = Export.State.WRITING if agrees else Export.State.REFUSED
        found.save(update_fields=["decided_by", "decided_at", "reason", "state"])
        note(entry, agrees=agrees, people=found.people)
        tell(
            [found.asked_by],
            "registry.export_decided",
            key=f"export_decided:{found.pk}:{found.decided_at:%Y%m%d%H%M%S}",
            actor=actor,
            about=found,
            people=found.people,
        )
        if agrees:
            begin(found)
    found.refresh_from_db()
    return found
