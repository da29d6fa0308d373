"""What a request carries, taken in before its transaction begins.

A slow sender must not hold a transaction open, and one that announces more than any upload may be is refused
unread.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.http import HttpRequest
from django.http.request import UnreadablePostError
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation

from nhipcau.apps.webkit.language import language_of


class Bodies:
    """Reads forms and files to the end (files into temporary ones), or answers 413."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if _announced(request) > settings.LARGEST_BODY:
            with translation.override(language_of(request)):
                return render(request, "413.html", status=413)
        # A sender that went away has sent nothing; whoever looks at the form will find it empty.
        with suppress(UnreadablePostError):
            request.POST  # noqa: B018  # reading it is the point
        return self.get_response(request)


def _announced(request: HttpRequest) -> int:
    """Bytes by the header; a server reads no more than that."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdigit() else 0
