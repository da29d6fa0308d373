"""A person has read her messages. As all reading, this is no part of the record."""

from __future__ import annotations

from django.utils import timezone

from nhipcau.apps.access.policies import require
from nhipcau.apps.accounts.models import User
from nhipcau.apps.notices.models import Notice


def mark_read(notice: Notice, *, actor: User) -> Notice:
    """Once read, the moment stays."""
    require(actor, "read", notice)
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=timezone.now())
    notice.refresh_from_db()
    return notice


def mark_all_read(*, until: int, actor: User) -> int:
    """All of hers up to the message `until` (its number): what came after the page was shown stays unread.

    Returns how many there were.
    """
    return Notice.objects.visible_to(actor).unread().filter(pk__lte=until).update(read_at=timezone.now())
