"""Who acts: a signed-in user, or a named part of the system. Never nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from nhipcau.apps.accounts.models import User


@dataclass(frozen=True, slots=True)
class System:
    """The system itself, by the name of its work ("nightly-import")."""

    name: str


Actor: TypeAlias = User | System


def label(actor: Actor) -> str:
    """How the actor is written in the record."""
    return f"system:{actor.name}" if isinstance(actor, System) else actor.full_name
