"""A new indicator, with its first definition as a draft."""

from __future__ import annotations

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor, System
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.indicators.content import Content, check
from nhipcau.apps.indicators.models import Indicator, IndicatorVersion, Topic

STEP = 10
# What addresses of pages are called; see urls.py.
RESERVED = frozenset(("new", "export", "library", "goals", "cut-overs"))


def create_indicator(code: str, topic: str, content: Content, *, actor: Actor) -> IndicatorVersion:
    """Raises Refused when the code is taken or the definition does not hold."""
    with act(actor, "indicators.create_indicator", Indicator, permission="create") as entry:
        if code in RESERVED or Indicator.objects.filter(code=code).exists():
            raise Refused(_("This code is taken: choose another one."))
        check(content, None)
        last = Indicator.objects.aggregate(last=Max("position"))["last"] or 0
        person = None if isinstance(actor, System) else actor
        indicator = Indicator.objects.create(
            code=code, topic=Topic(topic), position=min(last + STEP, 32_000), created_by=person
        )
        version = IndicatorVersion.objects.create(
            indicator=indicator, number=1, created_by=person, **content.values()
        )
        entry.subject = indicator
        note(entry, code=code)
    return version
