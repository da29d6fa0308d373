"""How a period and what its units owe are changed: locked first, counted, and with who did it."""

from __future__ import annotations

from django.utils import timezone

from nhipcau.apps.access.actors import Actor, System
from nhipcau.apps.accounts.models import User
from nhipcau.apps.reporting.models import Obligation, Period
from nhipcau.apps.reporting.refusals import Stale


def person(actor: Actor) -> User | None:
    return None if isinstance(actor, System) else actor


def locked(period: Period, revision: int | None = None) -> Period:
    """The period as it is now, held until the transaction ends.

    Raises Stale with who changed it when, where `revision` is not the one in force.
    """
    found = Period.objects.select_for_update().get(pk=period.pk)
    if revision is not None and revision != found.revision:
        raise Stale("stale", found.changed_by, found.changed_at)
    return found


def changed(period: Period, actor: Actor) -> None:
    """Save it, as changed by the actor now."""
    period.revision += 1
    period.changed_by, period.changed_at = person(actor), timezone.now()
    period.save()


def locked_obligation(obligation: Obligation, version: int | None = None) -> Obligation:
    """What a unit owes as it is now, held until the transaction ends. Raises Stale as `locked`."""
    found = Obligation.objects.select_for_update(of=("self",)).get(pk=obligation.pk)
    if version is not None and version != found.version:
        raise Stale("stale", found.changed_by, found.changed_at)
    return found


def changed_obligation(obligation: Obligation, actor: Actor) -> None:
    """Save it, as changed by the actor now."""
    obligation.version += 1
    obligation.changed_by, obligation.changed_at = person(actor), timezone.now()
    obligation.save()
