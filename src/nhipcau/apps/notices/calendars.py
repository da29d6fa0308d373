"""A private calendar as RFC 5545 writes it, and the secret in its address."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext
from icalendar import Calendar, Event, vDuration, vUri

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.notices.letters import link_base
from nhipcau.apps.notices.models import CalendarFeed
from nhipcau.apps.notices.registers import CalendarEvent, event_sources

BACK, AHEAD = timedelta(days=180), timedelta(days=740)
MOST_EVENTS = 1000
ASK_AGAIN = timedelta(hours=6)
# Compared where there is no such calendar, so that finding one takes as long as not finding it.
NOBODYS = "0" * 64


def new_secret() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def owner_of(pk: uuid.UUID, secret: str) -> User | None:
    """Whose calendar it is; None for a wrong secret, an ended one, a locked user, one without a role."""
    feed = CalendarFeed.objects.current().filter(pk=pk).select_related("user").first()
    fits = constant_time_compare(digest_of(secret), feed.secret_digest if feed else NOBODYS)
    if feed is None or not fits or not feed.user.is_active or not scope_of(feed.user).roles:
        return None
    return feed.user


def calendar_of(user: User, today: date) -> bytes:
    """Her events, in her language."""
    with translation.override(user.language):
        found: list[CalendarEvent] = []
        for source in event_sources():
            found += source(user, today - BACK, today + AHEAD)
        found.sort(key=lambda event: (event.day, event.uid))
        # The days that lie ahead come first when there are too many.
        kept = sorted(found, key=lambda event: (event.day < today, abs((event.day - today).days)))
        return write(kept[:MOST_EVENTS])


def write(events: Iterable[CalendarEvent]) -> bytes:
    """The calendar as text/calendar."""
    made = Calendar()
    made.add("prodid", "-//Nhip Cau//nhipcau//VI")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", f"Nhịp Cầu {settings.PROVINCE_NAME}".strip())
    made.add("x-wr-timezone", settings.TIME_ZONE)
    made.add("refresh-interval", vDuration(ASK_AGAIN), parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", vDuration(ASK_AGAIN))
    for event in events:
        made.add_component(_component(event))
    return bytes(made.to_ical())


def _component(event: CalendarEvent) -> Event:
    """A whole day, which leaves the reader free."""
    made = Event()
    host = settings.PUBLIC_HOST or "nhipcau.invalid"
    made.add("uid", f"{event.uid}@{host}")
    made.add("dtstamp", _moment(event.changed_at))
    made.add("last-modified", _moment(event.changed_at))
    made.add("sequence", event.sequence)
    made.add("dtstart", event.day)
    made.add("dtend", event.day + timedelta(days=1))
    made.add("summary", event.summary)
    base = link_base()
    words = [event.description, f"{base}{event.href}" if base and event.href else ""]
    made.add("description", "\n".join(filter(None, words)))
    if base and event.href:
        made.add("url", vUri(f"{base}{event.href}"))
    made.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    made.add("transp", "TRANSPARENT")
    made.add("categories", [gettext("Due dates")])
    return made


def _moment(value: datetime) -> datetime:
    return timezone.localtime(value, UTC).replace(microsecond=0)
