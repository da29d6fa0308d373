"""Amounts in a table: one unit for all of it, said in its head; rounded only when shown."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

# No figure is known; a figure of zero (signs of Vietnamese statistics).
NOTHING, ZERO = "…", "-"


@dataclass(frozen=True, slots=True)
class Unit:
    """`code` stands in addresses, `name` in heads; `digits` after the comma."""

    code: str
    name: str
    dong: int
    digits: int


UNITS = (
    Unit("dong", "đồng", 1, 0),
    Unit("trieu", "triệu đồng", 1_000_000, 1),
    Unit("ty", "tỷ đồng", 1_000_000_000, 2),
)


def unit_named(code: str) -> Unit:
    """The unit with the code; triệu đồng for any other."""
    return next((unit for unit in UNITS if unit.code == code), UNITS[1])


def in_unit(amount: int | None, unit: Unit) -> str:
    """The figure without the unit's name: "1.500,0". "…" for none and "-" for zero; an amount that rounds to
    nothing is "0,0" and so told from zero.
    """
    if amount is None:
        return NOTHING
    if amount == 0:
        return ZERO
    step = Decimal(1).scaleb(-unit.digits)
    shown = (Decimal(amount) / unit.dong).quantize(step, rounding=ROUND_HALF_UP)
    return f"{shown:,}".translate(str.maketrans(",.", ".,"))
