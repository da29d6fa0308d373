"""Search, the account, help, the record of actions."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nhipcau.apps.access.scope import scope_of


@login_required
def search(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    return render(request, "desk/search.html", {"words": words})


@login_required
def account(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/account.html")


@login_required
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/help.html")


@login_required
def audit(request: HttpRequest) -> HttpResponse:
    if not scope_of(request.user).has("system_admin"):
        raise PermissionDenied
    return render(request, "desk/audit.html")
