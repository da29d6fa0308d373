"""Who may do what to accounts."""

from __future__ import annotations

from nhipcau.apps.access.granting import grantable, manages
from nhipcau.apps.access.policies import policy
from nhipcau.apps.access.scope import Scope
from nhipcau.apps.accounts.models import ApiToken, User


def _manages_another(scope: Scope, actor: User, user: User) -> bool:
    return actor.pk != user.pk and manages(scope, user)


policy(
    User,
    list=lambda scope, _actor, _user: bool(grantable(scope)),
    create=lambda scope, _actor, _user: bool(grantable(scope)),
    edit=lambda scope, actor, user: actor.pk == user.pk or manages(scope, user),
    invite=_manages_another,
    lock=_manages_another,
    unlock=_manages_another,
    sign_out=lambda scope, actor, user: actor.pk == user.pk or manages(scope, user),
)
policy(
    ApiToken,
    create=lambda scope, _user, _token: bool(scope.roles),
    end=lambda _scope, user, token: token.user_id == user.pk,
)
