"""A decision on holidays or swapped days makes the next version of the calendar; no due date moves."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor, System
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.reference.calendars import calendar_of, newest
from nhipcau.apps.reference.models import CalendarDay, CalendarVersion
from nhipcau.apps.webkit.formats import format_date
from nhipcau.core.workdays import Calendar, DayKind, Mark


@dataclass(frozen=True, slots=True)
class Days:
    """What a decision says: days off, worked days of a weekend, days that are as the week has them."""

    off: Collection[date] = ()
    working: Collection[date] = ()
    ordinary: Collection[date] = ()
    partners: dict[date, date] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """As many days off as worked ones: they are swapped in their order."""
        off, working = sorted(self.off), sorted(self.working)
        if len(off) == len(working):
            self.partners.update(zip(off, working, strict=True))
            self.partners.update(zip(working, off, strict=True))


def decide_days(
    title: str,
    days: Days,
    *,
    actor: Actor,
    document: str = "",
    issuer: str = "",
    decided_on: date | None = None,
) -> CalendarVersion:
    """The version that it makes; the same decision sent again gives the one that is there.

    Raises Refused when a day is named twice, or changes nothing.
    """
    with act(actor, "reference.decide_days", CalendarVersion, permission="create") as entry:
        before = _locked()
        marks = _marks(title, days, document, decided_on)
        if before is not None and _same(before, title, document, marks):
            entry.subject = before
            note(entry, again=before.number)
            return before
        _check(days, calendar_of(before))
        made = add_version(
            marks, title=title, document=document, issuer=issuer, decided_on=decided_on, actor=actor
        )
        entry.subject = made
        note(entry, number=made.number, days=len(marks))
    return made


def add_version(
    marks: Collection[Mark],
    *,
    title: str,
    actor: Actor,
    document: str = "",
    issuer: str = "",
    decided_on: date | None = None,
    key: str = "",
) -> CalendarVersion:
    """The rows of a version, inside an action that holds the lock of the newest."""
    last = CalendarVersion.objects.aggregate(last=Max("number"))["last"] or 0
    version = CalendarVersion.objects.create(
        number=last + 1,
        key=key,
        title=title[:300],
        document=document[:60],
        issuer=issuer[:200],
        decided_on=decided_on,
        created_by=None if isinstance(actor, System) else actor,
    )
    CalendarDay.objects.bulk_create(
        CalendarDay(
            version=version,
            day=mark.day,
            kind=CalendarDay.Kind(mark.kind),
            name=mark.name[:200],
            source=mark.source[:300],
            instead_of=mark.instead_of,
        )
        for mark in marks
    )
    return version


def _locked() -> CalendarVersion | None:
    """The newest version as it is once nobody else is making one."""
    list(CalendarVersion.objects.select_for_update().order_by("number").values_list("pk", flat=True))
    return newest()


def _marks(title: str, days: Days, document: str, decided_on: date | None) -> list[Mark]:
    named = [part for part in (document, decided_on.isoformat() if decided_on else "") if part]
    source = ", ".join(named) or title
    kinds = {DayKind.OFF: days.off, DayKind.WORKING: days.working, DayKind.ORDINARY: days.ordinary}
    marks = [
        Mark(day, kind, title, source, days.partners.get(day)) for kind, each in kinds.items() for day in each
    ]
    return sorted(marks, key=lambda mark: mark.day)


def _same(version: CalendarVersion, title: str, document: str, marks: Collection[Mark]) -> bool:
    if (version.title, version.document) != (title[:300], document[:60]):
        return False
    there = set(version.days.values_list("day", "kind"))
    return there == {(mark.day, str(mark.kind)) for mark in marks}


def _check(days: Days, calendar: Calendar) -> None:
    """Every day is named once and becomes other than it is."""
    named = [*days.off, *days.working, *days.ordinary]
    if not named:
        raise Refused(_("Name at least one day."))
    twice = sorted(day for day in set(named) if named.count(day) > 1)
    if twice:
        raise Refused(_("%(day)s is named twice.") % {"day": format_date(twice[0])})
    for day in sorted(named):
        words = _why_not(day, days, calendar)
        if words:
            raise Refused(words % {"day": format_date(day)})


def _why_not(day: date, days: Days, calendar: Calendar) -> str:
    working = calendar.is_working(day)
    if day in days.off and not working:
        return str(_("%(day)s is a day off already."))
    if day in days.working and working:
        return str(_("%(day)s is a working day already."))
    if day in days.ordinary and day not in calendar.off and day not in calendar.worked:
        return str(_("No decision names %(day)s, so there is nothing to take back."))
    return ""
