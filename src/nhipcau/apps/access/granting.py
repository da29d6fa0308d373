"""Who may give which role, and so who may manage whose account.

One table. Nobody gives more than the table says, and nobody manages an account that holds a role she could
not give: else an invitation link would be a way up.
"""

from __future__ import annotations

from nhipcau.apps.access.scope import ROLES, Role, Scope, roles_held, scope_of
from nhipcau.apps.accounts.models import User, UserQuerySet

GRANTS: dict[Role, frozenset[Role]] = {
    "system_admin": frozenset(ROLES),
    "coordinator": frozenset(("officer", "commune_officer", "reader")),
}
# Roles whose password alone is not enough (MFA_REQUIRED).
NEEDS_SECOND_FACTOR: tuple[Role, ...] = ("system_admin", "coordinator")


def grantable(scope: Scope) -> frozenset[Role]:
    """The roles that the holder of `scope` may give."""
    return frozenset().union(*(GRANTS.get(role, frozenset()) for role in scope.roles))


def manages(scope: Scope, user: User) -> bool:
    """Whether the holder of `scope` may invite, lock and unlock the user: she could give every role held."""
    allowed = grantable(scope)
    return bool(allowed) and roles_held(user) <= allowed


def users_visible_to(queryset: UserQuerySet, user: object) -> UserQuerySet:
    """Those who manage accounts see all; everyone sees herself."""
    scope = scope_of(user)
    if grantable(scope):
        return queryset
    return queryset.filter(pk=user.pk) if isinstance(user, User) and user.is_active else queryset.none()


def needs_second_factor(user: User) -> bool:
    """By the roles of today."""
    return scope_of(user).has(*NEEDS_SECOND_FACTOR)
