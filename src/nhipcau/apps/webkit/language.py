"""Which language a page speaks: what was chosen in this browser, else the user's own, else Vietnamese.

The browser's Accept-Language is not asked: most offices never told theirs to prefer Vietnamese.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation


def language_of(request: HttpRequest) -> str:
    offered = dict(settings.LANGUAGES)
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen in offered:
        return chosen
    own = getattr(getattr(request, "user", None), "language", "")
    return own if own in offered else settings.LANGUAGE_CODE


class Language:
    """Stands after the authentication middleware, in the place of Django's LocaleMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = language_of(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language  # as Django's own middleware does
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
