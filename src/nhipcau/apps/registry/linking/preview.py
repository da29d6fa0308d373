"""Rows of a list that waits, beside everybody in the register: whom they are probably about."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any

import numpy as np
import pyarrow as pa
import structlog
from django.utils import timezone

from nhipcau.apps.registry.linking.columns import GROUPS, read_standing, with_places
from nhipcau.apps.registry.linking.parameters import chosen
from nhipcau.core.linkage.incremental import Known
from nhipcau.core.linkage.reading import in_form
from nhipcau.core.linkage.weighing import ASK

_log = structlog.get_logger("nhipcau.registry")
Likely = dict[int, tuple[int, float]]
"""Place of a row among those asked → record of the register, bits."""
PART = 5_000
_TEXTS = {
    "sex": "sex",
    "birth": "birth",
    "place_text": "place_text",
    "rel_name": "relative_name",
    "rel_phone": "relative_phone",
    "country": "country",
    "phone": "phone",
    "email": "email",
}


def beside(meanings: Iterable[str], source: str) -> Likely:
    """For each row (what it means, as JSON) that is more likely than not about somebody known: the record
    that it is most like. `source` as in columns. A fault here costs the hints, not the list.
    """
    try:
        return _beside(_parts(meanings), source)
    except Exception:
        _log.exception("rows were not compared with the register")
        return {}


def _parts(meanings: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(meanings)
    while part := list(islice(rest, PART)):
        yield part


def _beside(parts: Iterator[list[str]], source: str) -> Likely:
    """Part by part: rows are taken out of their JSON only while they are compared."""
    first = next(parts, None)
    if first is None:
        return {}
    records, places = read_standing(timezone.localdate())
    if not len(records):
        return {}
    held = [records]
    del records
    known = Known.out_of(held, places.gazetteer, chosen())
    found: Likely = {}
    try:
        for at, part in enumerate(chain([first], parts)):
            asked = in_form(with_places(_table([json.loads(each) for each in part], source), places), "list")
            for row, other, weight in _likely(known, asked):
                found[at * PART + row] = (other, weight)
    finally:
        known.close()
        pa.default_memory_pool().release_unused()
    return found


def _likely(known: Known, asked: pa.Table) -> Iterator[tuple[int, int, float]]:
    """Rows with the records that they are like, the best last."""
    met = known.match(asked, among=False)
    order = np.argsort(met.weight)
    order = order[met.weight[order] >= ASK]
    return zip(met.new[order].tolist(), met.other[order].tolist(), met.weight[order].tolist(), strict=True)


def _table(rows: list[dict[str, Any]], source: str) -> pa.Table:
    columns: dict[str, Any] = {
        # Numbers that no record has.
        "record_id": np.arange(-len(rows), 0, dtype=np.int64),
        "name": pa.array([_name(row) for row in rows], pa.string()),
        "source": pa.array([source] * len(rows), pa.string()),
        "place_id": pa.array([row.get("place_id") for row in rows], pa.int64()),
        "grp": pa.array([_group(row) for row in rows], pa.int32()),
        "arrival_year": pa.array([int(row.get("left_in", "0")[:4]) or None for row in rows], pa.int32()),
    }
    for column, field in _TEXTS.items():
        columns[column] = pa.array([row.get(field, "") for row in rows], pa.string())
    return pa.table(columns)


def _name(row: Mapping[str, Any]) -> str:
    """As columns has it: a foreign name that does not stand in the name, behind it."""
    name, foreign = str(row.get("name", "")), str(row.get("foreign_name", "")).split(";")[0]
    return name if foreign.lower() in name.lower() else f"{name} {foreign}"


def _group(row: Mapping[str, Any]) -> int | None:
    groups = row.get("groups") or []
    return GROUPS.index(groups[0]) if len(groups) == 1 and groups[0] in GROUPS else None
