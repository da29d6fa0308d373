"""How long a session lives: 30 minutes without a request, 12 hours in all (both settings)."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest
from django.http.response import HttpResponseBase

BEGAN, SEEN = "began", "seen"
# Seconds between two writes of "seen": a page that loads six parts writes once.
GRAIN = 60


def begin(request: HttpRequest) -> None:
    """Start the clocks; called at sign-in."""
    request.session[BEGAN] = request.session[SEEN] = int(time.time())


def is_over(began: int, seen: int, now: float) -> bool:
    """Whether either clock has run out."""
    idle, whole = settings.SESSION_IDLE_SECONDS, settings.SESSION_WHOLE_SECONDS
    return now - seen > idle + GRAIN or now - began > whole


class SessionLimits:
    """Stands behind the authentication middleware; an ended session is emptied and its user nobody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated:
            now = time.time()
            if BEGAN not in request.session:
                begin(request)
            if is_over(request.session[BEGAN], request.session[SEEN], now):
                logout(request)
            elif now - request.session[SEEN] >= GRAIN:
                request.session[SEEN] = int(now)
        return self.get_response(request)
