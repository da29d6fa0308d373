"""The first page: what must I do now?"""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nhipcau.apps.access.scope import scope_of


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """For everyone who signed in; without an appointment it says whom to ask."""
    scope = scope_of(request.user)
    return render(request, "desk/home.html", {"appointed": bool(scope.roles)})
