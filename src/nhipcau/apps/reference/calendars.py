"""Calendar versions of the database as core.workdays counts with them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Count

from nhipcau.apps.reference.models import CalendarDay, CalendarVersion
from nhipcau.core.workdays import Calendar, DayKind, Mark


def newest() -> CalendarVersion | None:
    """None before anything was loaded: then the week alone is known."""
    return CalendarVersion.objects.order_by("-number").first()


def marks_of(version: CalendarVersion, first: date = date.min, last: date = date.max) -> list[Mark]:
    """What it and the versions before it say of days, in the order in which that was decided. One query."""
    rows = CalendarDay.objects.filter(version__number__lte=version.number, day__range=(first, last))
    rows = rows.order_by("version__number", "day")
    return [
        Mark(day, DayKind(kind), name, source, instead_of)
        for day, kind, name, source, instead_of in rows.values_list(
            "day", "kind", "name", "source", "instead_of"
        )
    ]


def calendar_of(version: CalendarVersion | None, first: date = date.min, last: date = date.max) -> Calendar:
    """For the days between the two, which is all of them when none is given. One query."""
    return Calendar() if version is None else Calendar.of(version.number, marks_of(version, first, last))


def days_by_version(
    versions: Collection[int], most: int
) -> tuple[dict[int, int], dict[int, list[CalendarDay]]]:
    """How many days each version (id) names, and the days of those that name at most `most`. Two queries."""
    rows = CalendarDay.objects.filter(version__in=versions).order_by()
    counts = dict(rows.values_list("version").annotate(n=Count("pk")))
    days: dict[int, list[CalendarDay]] = {}
    few = [pk for pk, count in counts.items() if count <= most]
    for day in CalendarDay.objects.filter(version__in=few).order_by("day"):
        days.setdefault(day.version_id, []).append(day)
    return counts, days
