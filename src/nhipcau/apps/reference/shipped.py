"""The reference data that comes with the product: tables beside this module, loaded into the database once.

What the province changed or ended stays as it is; only rows that are not there yet are added.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from importlib import resources

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.reference.models import Abbreviation, Country, LawChange, abbreviation_key, number_key
from nhipcau.apps.reference.shipped_calendar import load_calendar

PACKAGE = "nhipcau.apps.reference"


def rows(table: str) -> Iterator[dict[str, str]]:
    """The rows of `data/<table>.csv`."""
    text = (resources.files(PACKAGE) / "data" / f"{table}.csv").read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def load(*, actor: Actor) -> int:
    """Add what is missing; returns how many rows were added."""
    with act(actor, "reference.load_shipped", LawChange, permission="create") as entry:
        laws, short = _new_laws(), _new_abbreviations()
        for row in (*laws, *short):
            row.save()
        countries = Country.objects.bulk_create(_new_countries())
        versions = load_calendar(actor=actor)
        note(
            entry,
            law_changes=len(laws),
            abbreviations=len(short),
            countries=len(countries),
            calendar_versions=versions,
        )
    return len(laws) + len(short) + len(countries) + versions


def _new_laws() -> list[LawChange]:
    there = set(LawChange.objects.values_list("number_key", "effect", "effective_on"))
    found = []
    for row in rows("law_changes"):
        day = date.fromisoformat(row["effective_on"])
        if (number_key(row["number"]), row["effect"], day) not in there:
            found.append(
                LawChange(
                    number=row["number"],
                    title=row["title"],
                    issued_on=_day(row["issued_on"]),
                    effect=LawChange.Effect(row["effect"]),
                    successor=row["successor"],
                    effective_on=day,
                    source=row["source"],
                )
            )
    return found


def _new_abbreviations() -> list[Abbreviation]:
    there = set(Abbreviation.objects.values_list("key", "expansion"))
    return [
        Abbreviation(
            text=row["text"],
            expansion=row["expansion"],
            valid=(_day(row["valid_from"]), _day(row["valid_until"])),
            source=row["source"],
        )
        for row in rows("abbreviations")
        if (abbreviation_key(row["text"]), row["expansion"]) not in there
    ]


def _new_countries() -> list[Country]:
    there = set(Country.objects.values_list("code", flat=True))
    found = [
        Country(
            code=row["code"],
            name=row["name"],
            name_en=row["name_en"],
            aliases=row["aliases"],
            valid=(None, None),
            source=row["source"],
        )
        for row in rows("countries")
        if row["code"] not in there
    ]
    for country in found:
        country.prepare()
    return found


def _day(value: str) -> date | None:
    return date.fromisoformat(value) if value else None
