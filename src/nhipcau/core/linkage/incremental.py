"""New records against those that are linked already, without linking all again.

`Known` keeps what comparing needs of the records there: their codes, an index of their keys, how common
values are and what names were read by. A new record is read by that lexicon, meets only the records that
share a key with it, and is weighed by the same model; Splink writes the SQL once and it is used again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from nhipcau.core.linkage import keys, weighing
from nhipcau.core.linkage.clustering import Weights
from nhipcau.core.linkage.codes import Codes
from nhipcau.core.linkage.engine import Weigher, comparable
from nhipcau.core.linkage.explaining import Evidence, explain
from nhipcau.core.linkage.model import Model, settings
from nhipcau.core.linkage.places import Gazetteer
from nhipcau.core.linkage.preparing import Lexicons, read
from nhipcau.core.linkage.rarity import Frequencies

PART = 20_000
"""Pairs that are weighed at once: DuckDB holds some kilobytes for each."""


@dataclass(frozen=True, slots=True)
class KeyValues:
    """The values of one key, in order, and the row of each; values that too many share are left out."""

    values: Codes
    rows: NDArray[np.int32]

    @classmethod
    def of(cls, value: Codes) -> Self:
        """`value` of every row, 0 for none."""
        rows = np.flatnonzero(value).astype(np.int32)
        order = np.argsort(value[rows])
        return cls(value[rows][order], rows[order])

    def sharing(self, asked: Codes, owner: Codes) -> Codes:
        """Pairs of the owner of a value and a row here that has it too, packed."""
        low = np.searchsorted(self.values, asked, side="left")
        size = np.searchsorted(self.values, asked, side="right") - low
        start = np.repeat(low - np.concatenate(([0], np.cumsum(size)[:-1])), size)
        found = self.rows[start + np.arange(size.sum())].astype(np.int64)
        return np.repeat(owner, size) << 32 | found


@dataclass(frozen=True, slots=True)
class KeyIndex:
    """All keys, in their order."""

    keys: list[KeyValues]

    @classmethod
    def of(cls, prepared: pa.Table) -> Self:
        """Every key of every record, one key after the other."""
        return cls([KeyValues.of(value) for value in keys.each_key(prepared, alone=True)])

    def sharing(self, asked: list[Codes]) -> tuple[Codes, Codes]:
        """Pairs of a row of the asked and a row here that share a value, each once."""
        packed = []
        for key, value in zip(self.keys, asked, strict=True):
            at = np.flatnonzero(value)
            packed.append(key.sharing(value[at], at))
        whole = np.unique(np.concatenate(packed))
        return whole >> 32, whole & 0xFFFF_FFFF

    def of_rows(self, rows: Codes, size: int) -> tuple[Codes, Codes]:
        """Pairs of one of these rows and any other row that share a value, each once, the lower row first."""
        asked = np.zeros(size, dtype=bool)
        asked[rows] = True
        packed = []
        for key in self.keys:
            at = np.flatnonzero(asked[key.rows])
            packed.append(key.sharing(key.values[at], key.rows[at].astype(np.int64)))
        whole = np.concatenate(packed)
        one, other = whole >> 32, whole & 0xFFFF_FFFF
        whole = np.unique(np.minimum(one, other) << 32 | np.maximum(one, other))
        left, right = whole >> 32, whole & 0xFFFF_FFFF
        return left[left != right], right[left != right]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of known records by id, the lower id first, and the weight of each."""

    left: Codes
    right: Codes
    weight: Weights


@dataclass(frozen=True, slots=True)
class Matches:
    """New records (by row) beside known ones (by id), or beside other new ones, and the weight of each
    pair."""

    new: Codes
    other: Codes
    """Ids; those of new records are their own record_id."""
    weight: Weights

    def certain(self, least: float) -> Self:
        """The pairs that weigh enough to join by themselves."""
        strong = self.weight >= least
        return type(self)(self.new[strong], self.other[strong], self.weight[strong])


class Known:
    """Records that are linked already, ready to meet new ones."""

    def __init__(self, records: pa.Table, gazetteer: Gazetteer, model: Model) -> None:
        """Prepare the records there: some seconds for a million, done once."""
        self._prepare([records], gazetteer, model)

    @classmethod
    def out_of(cls, held: list[pa.Table], gazetteer: Gazetteer, model: Model) -> Self:
        """The same of the one table in the list, which is taken out of it and let go once it is prepared."""
        made = cls.__new__(cls)
        made._prepare(held, gazetteer, model)
        return made

    def _prepare(self, held: list[pa.Table], gazetteer: Gazetteer, model: Model) -> None:
        self._gazetteer = gazetteer
        prepared, self._lexicons = self._read(held.pop(), None)
        pa.default_memory_pool().release_unused()
        self._ids = prepared["unique_id"].to_numpy()
        self._order = np.argsort(self._ids, kind="stable")
        self._index = KeyIndex.of(prepared)
        self._frequencies = Frequencies.of(prepared)
        self._compared = comparable(prepared, self._frequencies).combine_chunks()
        self._weigher = Weigher(self._compared, settings(model, len(prepared)))
        self.rule = weighing.rule(len(prepared))

    def _read(self, records: pa.Table, lexicons: Lexicons | None) -> tuple[pa.Table, Lexicons]:
        return read(records, self._gazetteer, lexicons)

    def close(self) -> None:
        """Give back the memory of the engine."""
        self._weigher.close()

    def __len__(self) -> int:
        """How many records are known."""
        return len(self._ids)

    def _rows(self, ids: Codes) -> Codes:
        """Where these ids stand; those that are not known are passed over."""
        place = np.minimum(np.searchsorted(self._ids, ids, sorter=self._order), max(len(self._ids) - 1, 0))
        rows: Codes = self._order[place] if len(self._ids) else place
        return np.unique(rows[self._ids[rows] == ids]) if len(self._ids) else rows[:0]

    def among(self, ids: Codes) -> Pairs:
        """Weigh some of the known records against all the known ones."""
        left, right = self._index.of_rows(self._rows(ids), len(self._ids))
        weight = self._weights(self._compared, left, right)
        kept = weight >= weighing.KEPT
        one, other = self._ids[left[kept]], self._ids[right[kept]]
        return Pairs(np.minimum(one, other), np.maximum(one, other), weight[kept])

    def _weights(self, sides: pa.Table, left: Codes, right: Codes) -> Weights:
        """Of pairs of rows of a table, so many at a time."""
        weights = [
            self._weigher.weigh(
                sides.take(pa.array(left[at : at + PART])), sides.take(pa.array(right[at : at + PART]))
            )
            for at in range(0, len(left), PART)
        ]
        return np.concatenate([np.zeros(0), *weights])

    def all_pairs(self) -> Pairs:
        """Weigh all known records against each other."""
        return self.among(self._ids)

    def explain(self, left: Codes, right: Codes) -> list[Evidence]:
        """Why these pairs of known records (by id) weigh what they weigh."""
        sides = [
            self._compared.take(pa.array(self._order[np.searchsorted(self._ids, side, sorter=self._order)]))
            for side in (left, right)
        ]
        return explain(self._weigher, self._frequencies, len(self._ids), *sides)

    def match(self, records: pa.Table, *, among: bool = True) -> Matches:
        """Weigh new records against those there and, if `among`, against each other."""
        prepared, _ = self._read(records, self._lexicons)
        values = keys.key_values(prepared, alone=True)
        new, known = self._index.sharing(values)
        one, other = keys.candidate_pairs(values if among else [])
        # The known ones who are met, and behind them the new ones.
        met, at = np.unique(known, return_inverse=True)
        compared = comparable(prepared, self._frequencies)
        sides = pa.concat_tables([self._compared.take(pa.array(met)), compared]).combine_chunks()
        left, right = np.concatenate([new, one]) + len(met), np.concatenate([at, other + len(met)])
        weight = self._weights(sides, left, right)
        ids = np.concatenate([self._ids[known], prepared["unique_id"].to_numpy()[other]])
        kept = weight >= weighing.KEPT
        return Matches(np.concatenate([new, one])[kept], ids[kept], weight[kept])
