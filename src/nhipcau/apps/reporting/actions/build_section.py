"""Sections of a draft version: added, changed, moved, dropped; with the figures they ask for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal, TypeVar

from django.db.models import Max

from nhipcau.apps.access.act import note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.indicators.models import IndicatorVersion
from nhipcau.apps.reporting.building import building, new_key, renumber
from nhipcau.apps.reporting.models import FormVersion, Section, SectionIndicator
from nhipcau.apps.reporting.refusals import Refused

Way = Literal["up", "down"]
Row = TypeVar("Row", Section, SectionIndicator)
MOST_SECTIONS = 80
MOST_FIGURES = 120


@dataclass(frozen=True, slots=True)
class Stated:
    """What is stated of a section."""

    kind: str
    title: str
    level: int = 1
    guidance: str = ""
    required: bool = True
    most_chars: int | None = None

    def checked(self) -> Stated:
        """Raises Refused("section-title")."""
        if not self.title.strip():
            raise Refused("section-title")
        return self


def add_section(version: FormVersion, stated: Stated, *, actor: Actor, key: str = "") -> Section:
    """At the end. Raises Refused: "section-title", "form-frozen", "too-many-sections"."""
    stated.checked()
    with building(version, "add_section", actor) as (found, entry):
        count = found.sections.count()
        if count >= MOST_SECTIONS:
            raise Refused("too-many-sections", most=MOST_SECTIONS)
        made = Section.objects.create(
            version=found, key=key or new_key(found, stated.title), position=count + 1, **asdict(stated)
        )
        note(entry, section=made.key)
    return made


def edit_section(section: Section, stated: Stated, *, actor: Actor) -> Section:
    """The key stays. A section that asks for figures no more loses them. Raises Refused as `add_section`."""
    stated.checked()
    with building(section.version, "edit_section", actor) as (found, entry):
        if not found.sections.filter(pk=section.pk).exists():
            raise Refused("section-gone")
        for name, value in asdict(stated).items():
            setattr(section, name, value)
        section.save()
        if section.kind != Section.Kind.INDICATORS:
            section.indicators.all().delete()
        note(entry, section=section.key)
    return section


def move_section(section: Section, way: Way, *, actor: Actor) -> None:
    """One place up or down; at the end it stays. Raises Refused("form-frozen")."""
    with building(section.version, "move_section", actor) as (found, entry):
        rows = list(found.sections.order_by("position", "pk"))
        renumber(_moved(rows, section.pk, way))
        note(entry, section=section.key, way=way)


def _moved(rows: list[Row], pk: int, way: Way) -> list[Row]:
    at = next((place for place, row in enumerate(rows) if row.pk == pk), -1)
    if at < 0:
        raise Refused("section-gone")
    to = at - 1 if way == "up" else at + 1
    if 0 <= to < len(rows):
        rows[at], rows[to] = rows[to], rows[at]
    return rows


def drop_section(section: Section, *, actor: Actor) -> None:
    """With its figures. Raises Refused("form-frozen")."""
    with building(section.version, "drop_section", actor) as (found, entry):
        note(entry, section=section.key)
        Section.objects.filter(pk=section.pk).delete()
        renumber(list(found.sections.order_by("position", "pk")))


def ask_figure(
    section: Section,
    definition: IndicatorVersion,
    *,
    actor: Actor,
    required: bool = True,
    splits: Sequence[str] = (),
) -> SectionIndicator:
    """Ask for it in the section, or change how it is asked for there.

    Raises Refused: "form-frozen", "no-figures-here", "definition-not-in-use", "no-such-split",
    "asked-elsewhere", "too-many-figures".
    """
    with building(section.version, "ask_figure", actor) as (found, entry):
        if section.kind != Section.Kind.INDICATORS:
            raise Refused("no-figures-here")
        if definition.state != IndicatorVersion.State.IN_USE:
            raise Refused("definition-not-in-use")
        if set(splits) - set(definition.splits):
            raise Refused("no-such-split")
        asked = SectionIndicator.objects.filter(section__version=found)
        same = asked.filter(indicator__indicator=definition.indicator_id)
        if same.exclude(section=section).exists():
            raise Refused("asked-elsewhere")
        if asked.count() >= MOST_FIGURES:
            raise Refused("too-many-figures", most=MOST_FIGURES)
        last = section.indicators.aggregate(last=Max("position"))["last"] or 0
        made, _new = SectionIndicator.objects.update_or_create(
            section=section,
            indicator=definition,
            defaults={"required": required, "splits": list(splits)},
            create_defaults={"required": required, "splits": list(splits), "position": last + 1},
        )
        note(entry, section=section.key, indicator=definition.pk)
    return made


def move_figure(asked: SectionIndicator, way: Way, *, actor: Actor) -> None:
    """One place up or down in its section. Raises Refused("form-frozen")."""
    with building(asked.section.version, "move_figure", actor) as (_found, entry):
        rows = _moved(list(asked.section.indicators.order_by("position", "pk")), asked.pk, way)
        for position, row in enumerate(rows, start=1):
            row.position = position
        SectionIndicator.objects.bulk_update(rows, ["position"])
        note(entry, indicator=asked.indicator_id, way=way)


def drop_figure(asked: SectionIndicator, *, actor: Actor) -> None:
    """Not asked for any more. Raises Refused("form-frozen")."""
    with building(asked.section.version, "drop_figure", actor) as (_found, entry):
        note(entry, indicator=asked.indicator_id)
        asked.delete()
