"""In which order each sheet of a list writes the days of births: "25/03/1990" or "03/25/1990"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Self

from nhipcau.apps.registry.intakes.layouts import SheetPlan
from nhipcau.core.personvalues import Orders
from nhipcau.core.tablereader import Row

BIRTHS = ("birth", "birth_male", "birth_female")


class Days:
    """What is proved, sheet by sheet, while a file is read."""

    def __init__(self, known: Mapping[int, str] | None = None) -> None:
        """`known`: the orders that were found before."""
        self._seen: dict[int, Orders] = {}
        self._used = dict(known or {})

    def see(self, plan: SheetPlan, rows: Sequence[Row]) -> str:
        """Look at some rows of a sheet; the order that its days are read in, told by the first ones."""
        seen = self._seen.setdefault(plan.index, Orders())
        for at in {plan.columns[code] for code in BIRTHS if code in plan.columns}:
            seen.see(row["cells"][at] for row in rows if at < len(row["cells"]))
        return self._used.setdefault(plan.index, seen.found)

    @property
    def changed(self) -> bool:
        """Whether the rows together prove another order than the one that was read by."""
        return any(seen.found != self._used[sheet] for sheet, seen in self._seen.items())

    def settled(self) -> Self:
        """To read once more by what all rows proved."""
        return type(self)({sheet: seen.found for sheet, seen in self._seen.items()})
