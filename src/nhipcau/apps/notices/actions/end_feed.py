"""One's private calendar is switched off: its address answers no longer."""

from __future__ import annotations

from django.utils import timezone

from nhipcau.apps.access.act import act
from nhipcau.apps.accounts.models import User
from nhipcau.apps.notices.models import CalendarFeed


def end_feed(feed: CalendarFeed, *, actor: User) -> CalendarFeed:
    """Doing it twice is doing it once."""
    with act(actor, "notices.end_feed", feed, permission="end"):
        CalendarFeed.objects.filter(pk=feed.pk, ended_at=None).update(ended_at=timezone.now())
        feed.refresh_from_db()
    return feed
