"""Help and keys."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nhipcau import __version__


@login_required
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/help.html", {"version": __version__})
