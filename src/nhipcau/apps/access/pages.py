"""What every page asks first: who is there, has she a role at all; and what follows when she sends a form."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect

from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.access.scope import Role, scope_of
from nhipcau.apps.accounts.models import User

P = ParamSpec("P")
T = TypeVar("T")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def user_of(request: HttpRequest) -> User:
    """The signed-in user of a page that only they reach."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def for_roles(*roles: Role) -> Callable[[View[P]], View[P]]:
    """Only for those who hold one of `roles` today; any role when none is named. Others: sign in, or 403."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def page(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            scope = scope_of(request.user)
            if not (scope.has(*roles) if roles else scope.roles):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return login_required(page)

    return decorate


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form was sent, empty or not; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def acted(
    request: HttpRequest,
    form: BaseForm,
    action: Callable[[], T],
    *,
    to: str | Callable[[T], str],
    said: str | Callable[[T], str] = "",
    at: str | None = None,
) -> HttpResponse | None:
    """Carry out what a form asks for: the way on to `to` (an address), with a word that it is done. None when
    the page is to be shown: only looked at, wrongly filled in, or refused, which the form says (at its field
    `at`). `to` and `said` may depend on what was made.
    """
    if not form.is_valid():
        return None
    try:
        made = action()
    except Refused as refused:
        form.add_error(at, str(refused))
        return None
    return _on(request, made, to, said)


def pressed(
    request: HttpRequest,
    action: Callable[[], T],
    *,
    to: str | Callable[[T], str],
    said: str | Callable[[T], str] = "",
    back: str = "",
) -> HttpResponse:
    """As `acted` for a button without a form: a refusal is said on the page `back` (where not `to`)."""
    try:
        made = action()
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(back or str(to))
    return _on(request, made, to, said)


def _on(
    request: HttpRequest, made: T, to: str | Callable[[T], str], said: str | Callable[[T], str]
) -> HttpResponse:
    word = said(made) if callable(said) else said
    if word:
        messages.success(request, word)
    return redirect(to(made) if callable(to) else to)
