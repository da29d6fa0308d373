"""One place to look for anything."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nhipcau.apps.access.pages import for_roles


@for_roles()
def search(request: HttpRequest) -> HttpResponse:
    """Marks and case do not matter; what is found follows from the reader's scope."""
    words = request.GET.get("q", "").strip()[:200]
    return render(request, "desk/search.html", {"words": words})
