"""A source of records that runs all the time is named, and ended."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.registry.models import RunningSource


def create_source(*, name: str, kind: str, actor: User) -> RunningSource:
    with act(actor, "registry.create_source", RunningSource, permission="create") as entry:
        made = RunningSource.objects.create(name=" ".join(name.split()), kind=kind, created_by=actor)
        entry.subject = made
    return made


def end_source(source: RunningSource, *, reason: str, actor: User) -> RunningSource:
    """Its records stay. Raises Refused when it has ended."""
    with act(actor, "registry.end_source", source, permission="end", reason=reason):
        found = RunningSource.objects.select_for_update().get(pk=source.pk)
        if found.ended_at is not None:
            raise Refused(_("This source has ended already."))
        found.ended_at, found.ended_reason = timezone.now(), reason[:300]
        found.save(update_fields=["ended_at", "ended_reason"])
    return found
