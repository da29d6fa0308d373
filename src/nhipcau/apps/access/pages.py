"""What every page asks first: who is there, and has she a role at all."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict

from nhipcau.apps.access.scope import Role, scope_of
from nhipcau.apps.accounts.models import User

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def user_of(request: HttpRequest) -> User:
    """The signed-in user of a page that only they reach."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def for_roles(*roles: Role) -> Callable[[View[P]], View[P]]:
    """Only for those who hold one of `roles` today; any role when none is named. Others: sign in, or 403."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def page(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            scope = scope_of(request.user)
            if not (scope.has(*roles) if roles else scope.roles):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return login_required(page)

    return decorate


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form was sent, empty or not; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None
