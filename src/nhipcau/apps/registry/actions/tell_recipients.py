"""Whoever has a file was told which of its rows may not be used any more."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.registry.models import Export, Recall


def tell_recipients(export: Export, *, how: str, actor: User) -> int:
    """How many rows. Raises Refused without a word of who was told, and when nothing is left to tell."""
    with act(actor, "registry.tell_recipients", export, permission="tell") as entry:
        if not how.strip():
            raise Refused(_("Say who was told, and how."))
        found = Recall.objects.select_for_update(of=("self",)).filter(export=export).standing()
        rows = found.update(told_at=timezone.now(), told_by=actor, how=" ".join(how.split())[:300])
        if not rows:
            raise Refused(_("All of this was told already."))
        note(entry, rows=rows)
    return rows
