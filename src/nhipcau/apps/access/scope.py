"""What a user is, asked once a request: roles and organisations. Provided by orgs at start; else nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from nhipcau.apps.accounts.models import User

Role = Literal["system_admin", "coordinator", "leader", "officer", "commune_officer", "reader"]
ROLES: tuple[Role, ...] = ("system_admin", "coordinator", "leader", "officer", "commune_officer", "reader")


@dataclass(frozen=True, slots=True)
class Scope:
    """The roles a user holds today, each with the organisations (ids) it is held for."""

    roles: dict[Role, frozenset[int]] = field(default_factory=dict)

    def has(self, *roles: Role) -> bool:
        return any(role in self.roles for role in roles)

    def organisations(self, *roles: Role) -> frozenset[int]:
        """Organisations for which one of `roles` (any, when none is named) is held."""
        wanted = roles or tuple(self.roles)
        return frozenset().union(*(self.roles.get(role, frozenset()) for role in wanted))


NOTHING = Scope()
_provider: list[Callable[[User], Scope]] = []


def provide(provider: Callable[[User], Scope]) -> None:
    """Called once at start by the app that knows appointments."""
    _provider[:] = [provider]


def roles_held(user: User) -> frozenset[Role]:
    """The roles a user holds today, locked or not: what an unlocked account would be."""
    return frozenset(_provider[0](user).roles) if _provider else frozenset()


def scope_of(user: object) -> Scope:
    """The user's scope, kept on the user object for the request. Anonymous, locked or unprovided: nothing."""
    if not isinstance(user, User) or not user.is_active or not _provider:
        return NOTHING
    kept: Scope | None = getattr(user, "_scope", None)
    if kept is None:
        kept = _provider[0](user)
        user._scope = kept  # type: ignore[attr-defined]  # a per-request memo on the instance
    return kept
