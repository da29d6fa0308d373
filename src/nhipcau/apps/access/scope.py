"""What a user is, asked once a request: roles and organisations. Provided by orgs at start; else nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from nhipcau.apps.accounts.models import User

Role = Literal["system_admin", "coordinator", "leader", "officer", "commune_officer", "reader"]
ROLES: tuple[Role, ...] = ("system_admin", "coordinator", "leader", "officer", "commune_officer", "reader")


@dataclass(frozen=True, slots=True)
class Behalf:
    """Somebody whom the user stands in for today: her id, her name, the roles that come from her."""

    person: int
    name: str
    roles: dict[Role, frozenset[int]]
    posts: dict[int, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scope:
    """The roles a user holds today, each with the organisations (ids) it is held for.

    `posts` are what she does in the work inside an organisation; "" is everything. `own` is what she would
    be without those she stands in for, whose roles are among `roles` too.
    """

    roles: dict[Role, frozenset[int]] = field(default_factory=dict)
    posts: dict[int, frozenset[str]] = field(default_factory=dict)
    behalf: tuple[Behalf, ...] = ()
    own: Scope | None = None

    @property
    def key(self) -> frozenset[tuple[Role, frozenset[int]]]:
        """Two users with the same key see the same rows, where nothing else about them is asked."""
        return frozenset(self.roles.items())

    def has(self, *roles: Role) -> bool:
        return any(role in self.roles for role in roles)

    def organisations(self, *roles: Role) -> frozenset[int]:
        """Organisations for which one of `roles` (any, when none is named) is held."""
        wanted = roles or tuple(self.roles)
        return frozenset().union(*(self.roles.get(role, frozenset()) for role in wanted))

    def persons(self, user: User) -> frozenset[int]:
        """The user and those she stands in for: whose work is hers today."""
        return frozenset((user.pk, *(absent.person for absent in self.behalf)))

    def may_as(self, organisation: int | None, *posts: str) -> bool:
        """Whether one of the posts, or none in particular, is held at the organisation."""
        held = self.posts.get(organisation or 0, frozenset())
        return "" in held or bool(held & set(posts))


def joined(*scopes: Scope | Behalf) -> Scope:
    """The roles and posts of all."""
    roles: dict[Role, frozenset[int]] = {}
    posts: dict[int, frozenset[str]] = {}
    for scope in scopes:
        for role, organisations in scope.roles.items():
            roles[role] = roles.get(role, frozenset()) | organisations
        for organisation, held in scope.posts.items():
            posts[organisation] = posts.get(organisation, frozenset()) | held
    return Scope(roles, posts)


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


@contextmanager
def seen_as(user: User, scope: Scope) -> Iterator[None]:
    """Ask something as if the user were no more than `scope`: on whose behalf is this?"""
    kept = scope_of(user)
    user._scope = scope  # type: ignore[attr-defined]  # the memo of scope_of
    try:
        yield
    finally:
        user._scope = kept  # type: ignore[attr-defined]
