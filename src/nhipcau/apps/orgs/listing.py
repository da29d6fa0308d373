"""Rows of lists: a name of the day, the older one that was found, and what stands in its place today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import ngettext_lazy

from nhipcau.apps.orgs.descent import names_today, parts_today
from nhipcau.apps.orgs.directory import versions
from nhipcau.apps.orgs.hierarchy import Above, ancestors
from nhipcau.apps.orgs.models import OrganisationVersion
from nhipcau.apps.webkit.formats import format_number

_TYPE = OrganisationVersion.UnitType
_COUNTED = {
    _TYPE.PROVINCE: ngettext_lazy("%(n)s province", "%(n)s provinces", "many"),
    _TYPE.CITY: ngettext_lazy("%(n)s city", "%(n)s cities", "many"),
    _TYPE.URBAN_DISTRICT: ngettext_lazy("%(n)s urban district", "%(n)s urban districts", "many"),
    _TYPE.RURAL_DISTRICT: ngettext_lazy("%(n)s rural district", "%(n)s rural districts", "many"),
    _TYPE.DISTRICT_TOWN: ngettext_lazy("%(n)s district town", "%(n)s district towns", "many"),
    _TYPE.PROVINCIAL_CITY: ngettext_lazy("%(n)s provincial city", "%(n)s provincial cities", "many"),
    _TYPE.COMMUNE: ngettext_lazy("%(n)s commune", "%(n)s communes", "many"),
    _TYPE.WARD: ngettext_lazy("%(n)s ward", "%(n)s wards", "many"),
    _TYPE.TOWNSHIP: ngettext_lazy("%(n)s township", "%(n)s townships", "many"),
    _TYPE.SPECIAL_ZONE: ngettext_lazy("%(n)s special zone", "%(n)s special zones", "many"),
}


def counted(unit_type: str, number: int, kind: str = "") -> str:
    """ "85 communes"; of what has no type, its kind and the number."""
    words = _COUNTED.get(_TYPE(unit_type)) if unit_type else None
    if words is None:
        label = dict(OrganisationVersion.Kind.choices).get(kind, "")
        return f"{label}: {format_number(number)}"
    return str(words % {"many": number, "n": format_number(number)})


@dataclass(slots=True)
class Row:
    """`version` is the name of the day, else the nearest one; `once` the name that was looked for, when it is
    another; `last` the last day of what has ended; `now` what stands in its place, with `parts` of what lay
    in it.
    """

    version: OrganisationVersion
    once: str = ""
    last: date | None = None
    now: list[OrganisationVersion] = field(default_factory=list)
    parts: bool = False
    above: list[Above] = field(default_factory=list)


def rows(found: Sequence[OrganisationVersion], day: date, *, with_above: bool = False) -> list[Row]:
    """At most eight queries, however many rows; none when all are names of the day."""
    other = {version.organisation_id for version in found if day not in version.valid}
    shown = versions(other, day) if other else {}
    made = []
    for version in found:
        now = shown.get(version.organisation_id, version)
        row = Row(now, version.name if version.name_fold != now.name_fold else "")
        if now.last_day is not None and now.last_day < day:
            row.last = now.last_day
        made.append(row)
    ended = [row.version.organisation_id for row in made if row.last]
    today = names_today(ended, day) if ended else {}
    gone = [pk for pk in ended if not today.get(pk)]
    parts = parts_today(gone, day) if gone else {}
    for row in made:
        pk = row.version.organisation_id
        row.parts = pk in parts
        row.now = today.get(pk) or parts.get(pk, [])
    if with_above:
        above = ancestors([row.version for row in made], day)
        for row in made:
            row.above = above[row.version.pk]
    return made
