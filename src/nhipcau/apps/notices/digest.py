"""A day's digests: who gets one, and what stands in it. A few queries for two hundred people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext

from nhipcau.apps.accounts.models import User
from nhipcau.apps.notices.models import DigestChoice, DigestRun, Notice
from nhipcau.apps.notices.registers import Line, Reader, page_of, sections
from nhipcau.apps.notices.wording import plain
from nhipcau.apps.webkit.formats import format_date, format_number

MOST_LINES = 20
# Days that a digest makes up for when the system was down; messages older than that are not mailed.
MAKES_UP = 7


def key_of(day: date) -> str:
    return f"digest:{day:%Y-%m-%d}"


def reminder_days() -> tuple[int, ...]:
    """Those of this instance: before a due date negative, after it positive."""
    return (*(-day for day in reversed(settings.DIGEST_DAYS_BEFORE)), *settings.DIGEST_DAYS_AFTER)


def is_due(now: datetime) -> bool:
    """Whether today's digests should be made by now and are not finished."""
    local = timezone.localtime(now)
    if not settings.DIGEST or local.hour < settings.DIGEST_HOUR:
        return False
    return not DigestRun.objects.filter(day=local.date(), finished_at__isnull=False).exists()


def readers_of(users: Sequence[User], day: date) -> list[Reader]:
    """Those of the users who want one today. Two queries."""
    last = DigestRun.objects.filter(day__lt=day, finished_at__isnull=False).aggregate(day=Max("day"))["day"]
    since = max(last or day - timedelta(days=1), day - timedelta(days=MAKES_UP))
    chosen = DigestChoice.objects.in_bulk([user.pk for user in users])
    known = reminder_days()
    found = []
    for user in users:
        choice = chosen.get(user.pk)
        if choice is None:
            found.append(Reader(user, day, since, known))
        elif choice.by_mail and day.weekday() in choice.weekdays:
            days = tuple(each for each in known if each in choice.days)
            found.append(Reader(user, day, min(since, _day_before(day, choice.weekdays)), days))
    return found


def _day_before(day: date, weekdays: Collection[int]) -> date:
    """The last day before on which she gets one."""
    return next(
        day - timedelta(days=back)
        for back in range(1, MAKES_UP + 1)
        if (day - timedelta(days=back)).weekday() in weekdays
    )


def contents_of(readers: Sequence[Reader]) -> tuple[dict[int, dict[str, Any]], list[int]]:
    """What each reader's mail says, by user id (nobody without anything to say), and the messages in them."""
    unread = _unread(readers)
    found: dict[int, dict[str, Any]] = {}
    for language in sorted({reader.user.language for reader in readers}):
        group = [reader for reader in readers if reader.user.language == language]
        with translation.override(language):
            found |= _in_one_language(group, unread)
    used = [notice.pk for pk in found for notice in unread.get(pk, ())]
    return found, used


def _in_one_language(
    readers: Sequence[Reader], unread: Mapping[int, Sequence[Notice]]
) -> dict[int, dict[str, Any]]:
    parts: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for section in sections():
        for pk, lines in section.lines(readers).items():
            if lines:
                parts[pk].append(_part(str(section.title), lines))
    for reader in readers:
        news = unread.get(reader.user.pk)
        if news:
            parts[reader.user.pk].append(_part(gettext("Unread messages"), [_line(each) for each in news]))
    day = readers[0].day
    return {pk: {"subject": _subject(own, day), "sections": own} for pk, own in parts.items()}


def _part(title: str, lines: Sequence[Line]) -> dict[str, Any]:
    shown = [{"text": line.text, "href": line.href, "about": line.about} for line in lines[:MOST_LINES]]
    more = len(lines) - len(shown)
    words = ngettext("and %(n)s more", "and %(n)s more", more) % {"n": format_number(more)} if more else ""
    return {"title": title, "lines": shown, "more": words, "count": len(lines)}


def _line(notice: Notice) -> Line:
    page = page_of(notice.about_type, notice.about_id)
    return Line(plain(notice), page, f"{notice.about_type}:{notice.about_id}")


def _subject(parts: Sequence[Mapping[str, Any]], day: date) -> str:
    """How many things of which kind, no names: subjects are read over shoulders."""
    counts = "; ".join(f"{part['title']}: {format_number(part['count'])}" for part in parts)
    return f"Nhịp Cầu {format_date(day)} – {counts}"


def _unread(readers: Sequence[Reader]) -> dict[int, list[Notice]]:
    """Unread messages that no mail has brought yet. One query."""
    if not readers:
        return {}
    first = timezone.make_aware(datetime.combine(readers[0].day, datetime.min.time())) - timedelta(
        days=MAKES_UP
    )
    rows = Notice.objects.unread().filter(
        recipient__in=[reader.user.pk for reader in readers], mailed_on=None, created_at__gte=first
    )
    found: dict[int, list[Notice]] = defaultdict(list)
    for notice in rows.order_by("pk"):
        found[notice.recipient_id].append(notice)
    return dict(found)
