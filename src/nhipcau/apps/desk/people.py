"""People who work here and the appointments they hold, as the pages show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from nhipcau.apps.access.actors import Actor
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import Appointment, Organisation, OrganisationVersion


@dataclass(frozen=True, slots=True)
class Held:
    """An appointment with its words: role, organisation by the name of `day`, first and last day."""

    pk: int
    kind: str
    role: str
    post_kind: str
    post: str
    organisation: str
    since: date | None
    until: date | None
    reason: str
    now: bool


def names_of(organisations: Collection[int], day: date) -> dict[int, str]:
    """Organisation (id) → its name on `day`."""
    versions = OrganisationVersion.objects.filter(organisation__in=organisations, valid__contains=day)
    return dict(versions.values_list("organisation_id", "name"))


def _held(rows: Collection[Appointment], day: date) -> dict[int, list[Held]]:
    names = names_of({row.organisation_id for row in rows}, day)
    found: dict[int, list[Held]] = defaultdict(list)
    for row in rows:
        upper = row.valid.upper
        found[row.user_id].append(
            Held(
                pk=row.pk,
                kind=row.role,
                role=str(Appointment.Role(row.role).label),
                post_kind=row.post,
                post=str(Appointment.Post(row.post).label) if row.post else "",
                organisation=names.get(row.organisation_id, ""),
                since=row.valid.lower,
                until=upper - timedelta(days=1) if upper else None,
                reason=row.ended_reason,
                now=day in row.valid,
            )
        )
    return found


def appointments_of(user: User, day: date, *, seen_by: Actor | None = None) -> list[Held]:
    """All of one user's, the present ones first; `seen_by` is the user herself when none is given."""
    rows = Appointment.objects.visible_to(seen_by or user).filter(user=user)
    held = _held(list(rows), day)[user.pk]
    return sorted(held, key=lambda one: (not one.now, -(one.since or date.min).toordinal()))


def present_appointments(users: Collection[User], day: date, *, seen_by: Actor) -> dict[int, list[Held]]:
    """User (id) → what she holds on `day`; two queries."""
    rows = Appointment.objects.visible_to(seen_by).filter(user__in=users, valid__contains=day)
    return _held(list(rows), day)


def organisation_choices(user: User, day: date) -> list[tuple[str, str]]:
    """The working units of `day` in Vietnamese order."""
    versions = OrganisationVersion.objects.working().filter(
        organisation__in=Organisation.objects.visible_to(user), valid__contains=day
    )
    return [(str(pk), name) for pk, name in versions.values_list("organisation_id", "name")]
