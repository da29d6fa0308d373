"""Who must have a second factor has nothing but the pages to set one up until it is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext

from nhipcau.apps.accounts.models import User

KNOWN = "second_factor"
_FREE = frozenset({"account_logout", "account_reauthenticate", "set_language", "desk:help"})
_required: list[Callable[[User], bool]] = []


def provide_requirement(rule: Callable[[User], bool]) -> None:
    """Called once at start by the app that knows roles: whether this user must have a second factor."""
    _required[:] = [rule]


def has_factor(user: User) -> bool:
    """One query."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return bool(Authenticator.objects.filter(user=user, type__in=kinds).exists())


class SecondFactor:
    """In production mode (MFA_REQUIRED) sends coordinators and system administrators to set one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponseBase | None:
        user, match = request.user, request.resolver_match
        if not settings.MFA_REQUIRED or not isinstance(user, User) or match is None or not _required:
            return None
        name = match.view_name
        if name.startswith("mfa_"):
            request.session.pop(KNOWN, None)
            return None
        if name in _FREE or request.session.get(KNOWN) or not _required[0](user):
            return None
        if has_factor(user):
            request.session[KNOWN] = True
            return None
        messages.warning(request, gettext("Your role needs a second step of signing in. Set one up first."))
        return redirect("mfa_index")
