"""Count what an act would touch, as things stand now."""

from __future__ import annotations

from django.db import transaction

from nhipcau.apps.access.act import act as framed
from nhipcau.apps.access.act import note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.orgs.models import Restructuring
from nhipcau.apps.orgs.restructuring.preview import preview_of
from nhipcau.apps.orgs.restructuring.stages import lock, pass_on


def preview_restructuring(act: Restructuring, *, actor: Actor) -> Restructuring:
    """The act with its preview. Counting changes nothing, so the revision stays."""
    with transaction.atomic(), framed(actor, "orgs.preview_restructuring", act, permission="edit") as entry:
        fresh = lock(act, "preview")
        fresh.preview = preview_of(fresh)
        pass_on(fresh, "preview")
        fresh.save()
        note(entry, revision=fresh.revision, open=fresh.preview.get("open", 0))
    return fresh
