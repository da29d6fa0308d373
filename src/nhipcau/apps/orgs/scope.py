"""Appointments as a scope: what `access` asks once a request."""

from __future__ import annotations

from collections import defaultdict
from typing import cast

from django.utils import timezone

from nhipcau.apps.access.scope import Role, Scope
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import Appointment


def scope_from_appointments(user: User) -> Scope:
    """One query: the appointments that hold today."""
    roles: dict[Role, set[int]] = defaultdict(set)
    rows = Appointment.objects.filter(user=user, valid__contains=timezone.localdate())
    for role, organisation in rows.values_list("role", "organisation_id"):
        roles[cast(Role, role)].add(organisation)
    return Scope({role: frozenset(ids) for role, ids in roles.items()})
