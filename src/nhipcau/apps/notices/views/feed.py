"""The private calendar, for calendar programs: no session, no cookie, the secret in the address alone."""

from __future__ import annotations

import hashlib
import uuid

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from nhipcau.apps.notices.calendars import calendar_of, owner_of

# Programs ask every few hours; whoever asks this often does something else.
MOST, WITHIN = 60, 3600


@require_safe
def feed(request: HttpRequest, pk: uuid.UUID, secret: str) -> HttpResponse:
    """The calendar of whoever holds the address; for all else there is nothing here.

    A wrong secret costs one look at a key and one SHA-256. Who has the calendar already gets 304.
    """
    user = owner_of(pk, secret)
    if user is None:
        raise Http404
    if _too_often(pk):
        return HttpResponse(status=429, headers={"Retry-After": str(WITHIN)})
    body = calendar_of(user, timezone.localdate())
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {
        "ETag": tag,
        "Cache-Control": "private, no-cache",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex",
    }
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers=headers)
    headers["Content-Disposition"] = 'inline; filename="nhip-cau.ics"'
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)


def _too_often(pk: uuid.UUID) -> bool:
    """Counted for the calendar, not for who asks: its address may be in many hands."""
    name = f"notices.feed.{pk}"
    cache.add(name, 0, WITHIN)
    try:
        return int(cache.incr(name)) > MOST
    except ValueError:  # it ran out between the two
        return False
