"""Amounts of money: whole đồng, read as officials write them, shown in one unit a table."""

from nhipcau.core.money.reading import MOST, AmountError, read_amount, read_quantity
from nhipcau.core.money.sums import Sum, add_up
from nhipcau.core.money.units import NOTHING, UNITS, ZERO, Unit, in_unit, unit_named
from nhipcau.core.money.words import spoken, understood

__all__ = [
    "MOST",
    "NOTHING",
    "UNITS",
    "ZERO",
    "AmountError",
    "Sum",
    "Unit",
    "add_up",
    "in_unit",
    "read_amount",
    "read_quantity",
    "spoken",
    "understood",
    "unit_named",
]
