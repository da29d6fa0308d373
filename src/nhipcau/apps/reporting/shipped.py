"""The standard forms that come with the product: for the half-year and the year."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import resources

from nhipcau.apps.reporting.actions.build_section import Stated


@dataclass(frozen=True, slots=True)
class ShippedSection:
    """`figures` are codes of indicators, each with the dimensions it is split by."""

    key: str
    stated: Stated
    figures: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class ShippedForm:
    code: str
    title: str
    purpose: str
    guidance: str
    sections: tuple[ShippedSection, ...]


def shipped_forms() -> tuple[ShippedForm, ...]:
    """All, in the order of the file."""
    text = resources.files("nhipcau.apps.reporting").joinpath("data/forms.json").read_text(encoding="utf-8")
    return tuple(
        ShippedForm(
            each["code"],
            each["title"],
            each["purpose"],
            each["guidance"],
            tuple(
                ShippedSection(
                    row["key"],
                    Stated(
                        kind=row["kind"],
                        title=row["title"],
                        level=row.get("level", 1),
                        guidance=row.get("guidance", ""),
                        required=row.get("required", True),
                        most_chars=row.get("most_chars"),
                    ),
                    tuple((code, tuple(splits)) for code, splits in row.get("figures", ())),
                )
                for row in each["sections"]
            ),
        )
        for each in json.loads(text)
    )
