"""A document may be older than a restructuring: whose work it is now that a body which it names has ended."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.utils import timezone

from nhipcau.apps.orgs.succession import hold, successors


def in_office(bodies: Collection[int]) -> dict[int, int | None]:
    """Each body that has ended → the one that took over; None where nobody did, or several.

    The bodies are held until the transaction ends, so none of them ends between this answer and the rows that
    are written by it. Call it before other rows are locked.
    """
    hold(bodies)
    return heirs_of(bodies)


def heirs_of(bodies: Collection[int]) -> dict[int, int | None]:
    """The same, for a page that only tells. Two queries where anybody has ended, else one."""
    found = successors(bodies, timezone.localdate())
    return {old: heirs[0] if len(heirs) == 1 else None for old, heirs in found.items()}


def members_in_office(members: Iterable[int], heirs: dict[int, int | None]) -> list[int]:
    """Members of a group as of today: those who took over stand for those who ended, once each."""
    now = (heirs.get(member, member) for member in members)
    return list(dict.fromkeys(member for member in now if member is not None))
