"""A new address for one's private calendar. The one before ends."""

from __future__ import annotations

from django.utils import timezone

from nhipcau.apps.access.act import act
from nhipcau.apps.accounts.models import User
from nhipcau.apps.notices.calendars import digest_of, new_secret
from nhipcau.apps.notices.models import CalendarFeed


def make_feed(*, actor: User) -> tuple[CalendarFeed, str]:
    """The feed and its secret, which is shown now and kept nowhere."""
    with act(actor, "notices.make_feed", CalendarFeed, permission="create") as entry:
        User.objects.select_for_update().get(pk=actor.pk)  # two at once follow one another
        CalendarFeed.objects.current().filter(user=actor).update(ended_at=timezone.now())
        secret = new_secret()
        feed = CalendarFeed.objects.create(user=actor, secret_digest=digest_of(secret))
        entry.subject = feed
    return feed, secret
