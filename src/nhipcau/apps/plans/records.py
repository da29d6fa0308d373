"""The kinds of task that have records: which table, and its parts of several rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from nhipcau.apps.orgs.models import OrganisationVersion
from nhipcau.apps.plans.models import (
    Course,
    CourseParticipants,
    Dissemination,
    Inspection,
    Kind,
    Review,
    VisitedUnit,
)
from nhipcau.apps.plans.models.kinds import Record
from nhipcau.core.text import fold

TABLES: dict[str, type[Record]] = {
    Kind.COURSE: Course,
    Kind.LAW: Review,
    Kind.PROCEDURE: Review,
    Kind.SESSION: Dissemination,
    Kind.INSPECTION: Inspection,
}


def table_of(kind: str) -> type[Record]:
    """The table of a kind with records; KeyError for a plain task."""
    return TABLES[Kind(kind)]


def rows_of(kind: str) -> Any:
    """All records of the kind that were not dropped, whoever keeps them."""
    rows = table_of(kind)._default_manager.filter(ended_at=None)
    return rows.filter(what=kind) if table_of(kind) is Review else rows


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it was typed; `count` of its participants, where they are counted."""

    name: str
    count: int = 0


def known_units(names: Iterable[str]) -> dict[str, int]:
    """Folded name → organisation, for those that are the name or abbreviation of exactly one of today."""
    wanted = {fold(name) for name in names if name}
    found: dict[str, set[int]] = {}
    rows = OrganisationVersion.objects.working().filter(valid__contains=timezone.localdate())
    for pk, name_fold, abbreviation in rows.values_list("organisation_id", "name_fold", "abbreviation"):
        for key in {name_fold, fold(abbreviation)} & wanted:
            found.setdefault(key, set()).add(pk)
    return {key: next(iter(pks)) for key, pks in found.items() if len(pks) == 1}


def set_participants(course: Course, units: Sequence[Unit]) -> None:
    """The course's participants become these."""
    known = known_units(unit.name for unit in units)
    course.participants.all().delete()
    CourseParticipants.objects.bulk_create(
        CourseParticipants(
            course=course, organisation_id=known.get(fold(unit.name)), unit=unit.name, count=unit.count
        )
        for unit in units
    )


def set_visited(inspection: Inspection, units: Sequence[Unit]) -> None:
    """The units that were visited become these."""
    known = known_units(unit.name for unit in units)
    inspection.units.all().delete()
    VisitedUnit.objects.bulk_create(
        VisitedUnit(inspection=inspection, organisation_id=known.get(fold(unit.name)), unit=unit.name)
        for unit in units
    )
