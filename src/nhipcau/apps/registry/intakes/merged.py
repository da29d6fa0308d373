"""Cells merged down over several people: each of them has what the cell says."""

from __future__ import annotations

from nhipcau.apps.registry.intakes.layouts import NAMES, SECRET, SheetPlan
from nhipcau.core.tablereader import Row

ONE_S_OWN = (*NAMES, *SECRET, "other_name", "old_id", "row_number")
"""What two people cannot share: rows that are one by it are about one person."""


def filled(row: Row, plan: SheetPlan) -> Row:
    """The row with what the file says is merged over it, where it names somebody. Plain blanks stay blank."""
    merged = row.get("merged")
    if not merged or not any(_has(row, plan.columns.get(code, -1)) for code in NAMES):
        return row
    own = {plan.columns[code] for code in ONE_S_OWN if code in plan.columns}
    cells = list(row["cells"])
    for at, text in merged:
        if at not in own:
            cells += [""] * (at + 1 - len(cells))
            cells[at] = text
    return {**row, "cells": cells}


def _has(row: Row, at: int) -> bool:
    return 0 <= at < len(row["cells"]) and bool(row["cells"][at])
