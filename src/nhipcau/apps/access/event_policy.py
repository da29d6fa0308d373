"""Who may read the whole record, and who may erase from it.

The history of one object goes with the object.
"""

from __future__ import annotations

from nhipcau.apps.access.policies import policy
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.audit.models import Event, EventQuerySet


def events_visible_to(queryset: EventQuerySet, user: object) -> EventQuerySet:
    """The system administrator's page shows all."""
    return queryset if scope_of(user).has("system_admin") else queryset.none()


policy(
    Event,
    list=lambda scope, _actor, _event: scope.has("system_admin"),
    erase=lambda scope, _actor, _event: scope.has("system_admin"),
)
