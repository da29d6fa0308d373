"""What higher apps want to know of changes here; they add themselves at start."""

from __future__ import annotations

from collections.abc import Callable

from nhipcau.apps.access.actors import Actor
from nhipcau.apps.orgs.models import OrganisationSet

Listener = Callable[[OrganisationSet, Actor], None]
_confirmed: list[Listener] = []


def on_set_confirmed(listener: Listener) -> None:
    """Called with the set and the actor inside the transaction that confirms it."""
    if listener not in _confirmed:
        _confirmed.append(listener)


def set_confirmed(confirmed: OrganisationSet, actor: Actor) -> None:
    for listener in _confirmed:
        listener(confirmed, actor)
