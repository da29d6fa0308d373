"""The units that come with the product: three tiers until 30 June 2025, two since, and the way between.

Where the tables come from and under which licence stands in `data/SOURCE.txt`.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from importlib import resources

from nhipcau.core.places.units import Edge, Units, Version, make_units

SOURCE = "vietnamadminunits 1.0.4"


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of one table of `data/`."""
    content = (resources.files(__package__) / "data" / name).read_bytes()
    text = gzip.decompress(content) if name.endswith(".gz") else content
    yield from csv.DictReader(text.decode().splitlines())


def _day(value: str) -> date | None:
    return date.fromisoformat(value) if value else None


@cache
def shipped() -> Units:
    """All of them; read once, a quarter of a second."""
    days = {value: _day(value) for value in ("", "2025-07-01")}
    versions = {
        (row["key"], row["from"]): Version(
            row["key"],
            row["tier"],
            row["type"],
            row["code"],
            row["name"],
            row["parent"],
            days[row["from"]],
            days[row["until"]],
        )
        for row in rows("units.csv.gz")
    }
    on = date(2025, 7, 1)
    edges = [
        Edge(row["predecessor"], row["successor"], row["kind"], on, row["act"])
        for row in rows("edges.csv.gz")
    ]
    for row in rows("later.csv"):
        _later(row, versions, edges)
    other = [(row["key"], row["name"]) for row in rows("other_names.csv.gz")]
    spoken = [(row["key"], row["name"]) for row in rows("spoken.csv")]
    acts = {row["act"]: row["text"] for row in rows("acts.csv")}
    return make_units(versions.values(), edges, other, acts, spoken)


def _later(row: dict[str, str], versions: dict[tuple[str, str], Version], edges: list[Edge]) -> None:
    """A unit that was called otherwise from a day on."""
    on = date.fromisoformat(row["from"])
    last = max(slot for slot in versions if slot[0] == row["key"])
    before = versions[last]
    versions[last] = replace(before, until=on)
    versions[row["key"], row["from"]] = replace(before, type=row["type"], name=row["name"], since=on)
    edges.append(Edge(row["key"], row["key"], "rename", on, row["act"]))
