"""One place to look for anything."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.desk.finding import find
from nhipcau.apps.webkit.addresses import typed


@require_GET
@for_roles()
def search(request: HttpRequest) -> HttpResponse:
    """Marks and case do not matter; what is found follows from the reader's scope."""
    words = typed(request, "q")
    found = find(words, user_of(request), timezone.localdate())
    return render(request, "desk/search.html", {"words": words, "found": found})
