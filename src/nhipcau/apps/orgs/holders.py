"""Who holds a role on a day, or stands in for one who does: whom to tell, whom to ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Q

from nhipcau.apps.access.scope import Role
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import Appointment, Deputy
from nhipcau.apps.orgs.models.deputy import DeputyQuerySet

REPORTING: tuple[Role, ...] = ("officer", "commune_officer")


def holders(roles: Collection[Role], day: date, organisations: Collection[int] | None = None) -> list[User]:
    """Users, not locked, who hold one of `roles` on the day; for one of the organisations, when given.

    Who is away and her deputy both. One query; each once, in the order of their names.
    """
    held = Appointment.objects.filter(role__in=roles, valid__contains=day)
    if organisations is not None:
        held = held.filter(organisation__in=organisations)
    # System administration never goes to a deputy.
    passed_on = held.exclude(role=Appointment.Role.SYSTEM_ADMIN)
    stand_ins = _away(day).filter(absent__in=passed_on.values("user"))
    whom = Q(pk__in=held.values("user")) | Q(pk__in=stand_ins.values("deputy"))
    return list(User.objects.filter(whom, is_active=True))


def posts_of(users: Collection[int], roles: Collection[Role], day: date) -> dict[int, dict[int, set[str]]]:
    """User (id) → organisation (id) for which she holds one of `roles` → her posts there, a deputy's those of
    whom she stands in for. Two queries.
    """
    stands_in: dict[int, set[int]] = defaultdict(set)
    for absent, deputy in _away(day).filter(deputy__in=users).values_list("absent_id", "deputy_id"):
        stands_in[absent].add(deputy)
    rows = Appointment.objects.filter(user__in={*users, *stands_in}, role__in=roles, valid__contains=day)
    found: dict[int, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    wanted = set(users)
    for user, role, organisation, post in rows.values_list("user_id", "role", "organisation_id", "post"):
        passed_on = set() if role == Appointment.Role.SYSTEM_ADMIN else stands_in.get(user, set())
        for each in ({user} & wanted) | passed_on:
            found[each][organisation].add(post)
    return {user: dict(posts) for user, posts in found.items()}


def at_work(day: date) -> list[int]:
    """The ids of all who hold a role on the day or stand in for somebody. Two queries."""
    held = Appointment.objects.filter(valid__contains=day)
    return [
        *held.values_list("user_id", flat=True).distinct(),
        *_away(day).values_list("deputy_id", flat=True).distinct(),
    ]


def _away(day: date) -> DeputyQuerySet:
    return Deputy.objects.filter(valid__contains=day, absent__is_active=True)
