"""A draft of the next definition; what is in use stays so until the draft is put in use."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor, System
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.indicators.content import Content, check
from nhipcau.apps.indicators.models import Indicator, IndicatorVersion


def start_version(
    indicator: Indicator, content: Content, *, change_note: str, comparable: bool, actor: Actor
) -> IndicatorVersion:
    """Raises Refused when there is a draft already, when the indicator has ended, or the definition does not
    hold.
    """
    with act(actor, "indicators.start_version", indicator, permission="edit") as entry:
        locked = Indicator.objects.select_for_update().get(pk=indicator.pk)
        if locked.ended_at is not None:
            raise Refused(_("This indicator has ended."))
        versions = list(locked.versions.order_by("number"))
        if any(version.state == IndicatorVersion.State.DRAFT for version in versions):
            raise Refused(_("There is a draft already: go on with it, or drop it first."))
        if versions and not change_note.strip():
            raise Refused(_("Say what changed against the version before."))
        check(content, locked)
        version = IndicatorVersion.objects.create(
            indicator=locked,
            number=versions[-1].number + 1 if versions else 1,
            change_note=change_note.strip(),
            comparable=comparable,
            created_by=None if isinstance(actor, System) else actor,
            **content.values(),
        )
        note(entry, number=version.number)
    return version
