"""Whose records a user may read: the keeper's all, an agency's groups, a commune's people, what one sent.

The rule stands once, in the database (`registry_scope`, migration 0002): row security asks it for whoever
the transaction is acting for, and the QuerySets ask it here for the user at hand.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.db import connection
from django.db.models import Q

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User


@dataclass(frozen=True, slots=True)
class Reach:
    """`places`: communes whose people are hers; `groups`: her agency's; `senders`: bodies she sends for;
    `looked_up`: persons out of her scope whom she may see for an hour; `watches`: she is data officer.
    """

    everything: bool = False
    places: tuple[int, ...] = ()
    groups: tuple[str, ...] = ()
    senders: tuple[int, ...] = ()
    looked_up: tuple[int, ...] = ()
    watches: bool = False


NOWHERE = Reach()


def reach_of(user: object) -> Reach:
    """One query, kept on the user object for the request. Who holds no role reaches nothing."""
    if not isinstance(user, User) or not scope_of(user).roles:
        return NOWHERE
    kept: Reach | None = getattr(user, "_reach", None)
    if kept is None:
        with connection.cursor() as cursor:
            cursor.execute(
                "select everything, places, groups, senders, registry_looked_up(%s), registry_watches(%s)"
                " from registry_scope(%s)",
                [user.pk] * 3,
            )
            everything, *lists, watching = cursor.fetchone() or (False, [], [], [], [], False)
        places, groups, senders, looked_up = map(tuple, lists)
        kept = Reach(everything, places, groups, senders, looked_up, watching)
        user._reach = kept  # type: ignore[attr-defined]  # a per-request memo on the instance
    return kept


def forget_reach(user: User) -> None:
    """After what widens it: ask the database anew."""
    if hasattr(user, "_reach"):
        del user._reach


def sees_all(user: object) -> bool:
    """Whether she is of the body that keeps the register."""
    return reach_of(user).everything


def senders_of(user: object) -> tuple[int, ...]:
    """The bodies in whose name she may send lists."""
    return reach_of(user).senders


def watches(user: object) -> bool:
    """Whether she looks after the protection of personal data."""
    return reach_of(user).watches


def persons_seen_by(user: object) -> Q:
    """Her scope, and whom she looked up a moment ago."""
    found = persons_in_scope_of(user)
    # An empty condition means everybody, and would be lost beside another one.
    return found | Q(pk__in=reach_of(user).looked_up, restricted_at=None) if found else found


def persons_in_scope_of(user: object) -> Q:
    """By purpose and territory alone: what lists, figures and exports are of."""
    reach = reach_of(user)
    if reach.everything:
        return Q()
    found = Q(pk__in=())
    if reach.places:
        found |= Q(place__in=reach.places)
    if reach.groups:
        found |= Q(groups__overlap=list(reach.groups))
    # Whose data are restricted is there for the keeper alone.
    return found & Q(restricted_at=None)


def memberships_seen_by(user: object) -> Q:
    if sees_all(user):
        return Q()
    person = apps.get_model("registry", "Person")
    return Q(person__in=person.objects.filter(persons_seen_by(user)).order_by().values("pk"))


def records_seen_by(user: object) -> Q:
    reach = reach_of(user)
    if reach.everything:
        return Q()
    standing = apps.get_model("registry", "Membership").objects.filter(memberships_seen_by(user), until=None)
    return Q(sender__in=reach.senders) | Q(pk__in=standing.order_by().values("record"))


def lookups_seen_by(user: object) -> Q:
    return Q() if _oversees(user) else Q(user=getattr(user, "pk", None))


def exports_seen_by(user: object) -> Q:
    return Q() if _oversees(user) else Q(asked_by=getattr(user, "pk", None))


def recalls_seen_by(user: object) -> Q:
    return Q() if _oversees(user) else Q(export__asked_by=getattr(user, "pk", None))


def sharings_seen_by(user: object) -> Q:
    return Q() if _oversees(user) else Q(pk__in=())


def _oversees(user: object) -> bool:
    reach = reach_of(user)
    return reach.everything or reach.watches
