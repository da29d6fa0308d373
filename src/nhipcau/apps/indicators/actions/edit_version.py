"""Correct a draft. What is or was in use is frozen, by the database too."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.indicators.content import Content, check
from nhipcau.apps.indicators.models import IndicatorVersion


def edit_version(
    version: IndicatorVersion,
    content: Content,
    *,
    actor: Actor,
    change_note: str = "",
    comparable: bool = True,
) -> IndicatorVersion:
    """Raises Refused when it is no draft any more, or the definition does not hold."""
    with act(actor, "indicators.edit_version", version, permission="edit") as entry:
        fresh = IndicatorVersion.objects.select_for_update().get(pk=version.pk)
        if fresh.state != IndicatorVersion.State.DRAFT:
            raise Refused(_("It is in use and stays as it is. Make a new version."))
        if fresh.number > 1 and not change_note.strip():
            raise Refused(_("Say what changed against the version before."))
        check(content, fresh.indicator)
        values = content.values() | {"change_note": change_note.strip(), "comparable": comparable}
        changed = sorted(name for name, value in values.items() if getattr(fresh, name) != value)
        for name, value in values.items():
            setattr(fresh, name, value)
        fresh.save()
        note(entry, number=fresh.number, fields=changed)
    return fresh
