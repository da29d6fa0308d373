"""Who works where with whom: those of one agency know each other's names, whoever manages accounts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import QuerySet

from nhipcau.apps.access.granting import grantable
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import Appointment

# Roles that carry tasks out.
WORKS = (Appointment.Role.COORDINATOR, Appointment.Role.OFFICER, Appointment.Role.COMMUNE_OFFICER)


def _held(first_day: date, last_day: date) -> QuerySet[Appointment]:
    return Appointment.objects.filter(valid__overlap=(first_day, last_day + timedelta(days=1)))


def has_work(user: User, first_day: date, last_day: date) -> bool:
    """Whether she holds a role of her own in that time."""
    return _held(first_day, last_day).filter(user=user).exists()


def are_colleagues(one: User, other: User, first_day: date, last_day: date) -> bool:
    """Whether both hold a role at the same agency in that time."""
    held = _held(first_day, last_day)
    return held.filter(user=one, organisation__in=held.filter(user=other).values("organisation")).exists()


def colleagues(user: User, day: date) -> list[User]:
    """Others, not locked, of the agencies for which she holds a role on the day."""
    held = _held(day, day)
    there = held.filter(organisation__in=held.filter(user=user).values("organisation"))
    return list(User.objects.filter(is_active=True, pk__in=there.values("user")).exclude(pk=user.pk))


def agencies_of(user: User, day: date) -> set[int]:
    """Where she holds a role in which tasks are carried out, on the day."""
    held = _held(day, day).filter(user=user, role__in=WORKS)
    return set(held.values_list("organisation_id", flat=True))


def successors(giver: User, organisations: Collection[int], day: date) -> list[User]:
    """Others, not locked, who carry tasks out at one of the agencies on the day."""
    there = _held(day, day).filter(organisation__in=organisations, role__in=WORKS)
    return list(User.objects.filter(is_active=True, pk__in=there.values("user")).exclude(pk=giver.pk))


def at_work(day: date) -> list[User]:
    """All who hold a role on the day."""
    return list(User.objects.filter(is_active=True, pk__in=_held(day, day).values("user")))


def managed_by(user: User, day: date) -> list[User]:
    """Those whose every role she could give, herself apart."""
    allowed = grantable(scope_of(user))
    roles: dict[int, set[str]] = defaultdict(set)
    for pk, role in _held(day, day).values_list("user_id", "role"):
        roles[pk].add(role)
    wanted = [pk for pk, held in roles.items() if allowed and held <= allowed and pk != user.pk]
    return list(User.objects.filter(is_active=True, pk__in=wanted))
