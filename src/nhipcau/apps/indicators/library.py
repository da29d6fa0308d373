"""The definitions that come with the product, drawn from what plans of five provinces ask for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import resources
from typing import Any

from nhipcau.apps.indicators.models import IndicatorVersion, Topic

PACKAGE = "nhipcau.apps.indicators"
# What a definition is made of; `numerator` and `denominator` are codes.
PLAIN = (
    "name",
    "name_en",
    "definition",
    "definition_en",
    "unit",
    "kind",
    "decimals",
    "over_units",
    "over_time",
    "splits",
    "source",
)
PARTS = ("numerator", "denominator")
DEFAULTS: dict[str, Any] = {"kind": "count", "decimals": 0, "over_units": "sum", "over_time": "sum"}


@dataclass(frozen=True, slots=True)
class Shipped:
    """A definition of the library: `content` has a value for each of PLAIN and PARTS."""

    code: str
    topic: Topic
    position: int
    content: dict[str, Any]
    change_note: str = ""


def shipped() -> tuple[Shipped, ...]:
    """All, in the order of the file."""
    text = (resources.files(PACKAGE) / "data" / "library.json").read_text(encoding="utf-8")
    return tuple(_read(row, position) for position, row in enumerate(json.loads(text), start=1))


def content_of(version: IndicatorVersion) -> dict[str, Any]:
    """The same of a version; `numerator` and `denominator` of it must be at hand."""
    found = {name: getattr(version, name) for name in PLAIN}
    parts = {name: getattr(version, name) for name in PARTS}
    return found | {name: part.code if part else "" for name, part in parts.items()}


def _read(row: dict[str, Any], position: int) -> Shipped:
    content = {name: row.get(name, DEFAULTS.get(name, "")) for name in (*PLAIN, *PARTS)}
    content["splits"] = list(row.get("splits", ()))
    return Shipped(row["code"], Topic(row["topic"]), position * 10, content, row.get("change_note", ""))
