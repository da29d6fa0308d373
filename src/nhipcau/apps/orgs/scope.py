"""Appointments as a scope: what `access` asks once a request."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, cast

from django.db.models import Q
from django.utils import timezone

from nhipcau.apps.access.scope import Behalf, Role, Scope, joined
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import Appointment, Deputy

# Roles that carry tasks out; others have no post in that work.
WORKS = (Appointment.Role.COORDINATOR, Appointment.Role.OFFICER, Appointment.Role.COMMUNE_OFFICER)
Held = tuple[int, str, str, int, str]
"""Whose, her name, role, organisation, post."""


def scope_from_appointments(user: User) -> Scope:
    """One query: the appointments that hold today, hers and those of whom she stands in for.

    System administration never goes to a deputy, nor does what the absent one has as a deputy herself: only
    appointments count. A locked account gives nothing.
    """
    today = timezone.localdate()
    away = Deputy.objects.filter(deputy=user, valid__contains=today, absent__is_active=True)
    stands_in = Q(user__in=away.values("absent")) & ~Q(role=Appointment.Role.SYSTEM_ADMIN)
    rows = Appointment.objects.filter(Q(user=user) | stands_in, valid__contains=today)
    held: dict[int, list[Held]] = defaultdict(list)
    for row in rows.values_list("user_id", "user__full_name", "role", "organisation_id", "post"):
        held[row[0]].append(row)
    own = Scope(**_parts(held.pop(user.pk, [])))
    if not held:
        return own
    behalf = tuple(
        Behalf(pk, theirs[0][1], **_parts(theirs))
        for pk, theirs in sorted(held.items(), key=lambda pair: pair[0])
    )
    whole = joined(own, *behalf)
    return Scope(whole.roles, whole.posts, behalf, own)


def _parts(rows: Iterable[Held]) -> dict[str, Any]:
    roles: dict[Role, set[int]] = defaultdict(set)
    posts: dict[int, set[str]] = defaultdict(set)
    for _user, _name, role, organisation, post in rows:
        roles[cast(Role, role)].add(organisation)
        if role in WORKS:
            posts[organisation].add(post)
    return {
        "roles": {role: frozenset(ids) for role, ids in roles.items()},
        "posts": {organisation: frozenset(kept) for organisation, kept in posts.items()},
    }
