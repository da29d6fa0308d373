"""Units of money: an amount that the system counts in đồng, in the unit of a definition."""

from __future__ import annotations

from decimal import Decimal

from nhipcau.core.text import fold

_DONG = {"dong": 1, "vnd": 1, "nghin dong": 10**3, "ngan dong": 10**3, "trieu dong": 10**6, "ty dong": 10**9}


def dong_in(unit: str) -> Decimal | None:
    """How many đồng one of the unit is ("triệu đồng" → 1.000.000); None for other money and for no money."""
    found = _DONG.get(" ".join(fold(unit).replace("ti dong", "ty dong").split()))
    return None if found is None else Decimal(found)
