"""How common a value is among the records: what an agreement on it is worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from nhipcau.core.linkage.codes import Codes, shortened
from nhipcau.core.linkage.comparing import RARITIES, WORDS

MADE_OF = {"name": WORDS, "pair": ("surname", "given")}
"""Columns whose values are made of words, which are seen more often than the whole."""
TRUST = 0.5
"""How far the words tell how common their whole is: as much as so many records with it."""

NAMESAKES = 0.5
"""Others who are called so however rare the words are: children are named after people."""


def _of_words(
    prepared: pa.Table, columns: Sequence[str], rows: Codes, counts: NDArray[np.int64], known: int
) -> NDArray[np.float64]:
    """The share of each whole (one row of each): between how often other records have it and what its words,
    chosen each by itself, let expect.

    A name that only two records have is as common as the two make it only among few records: "Phạm Phú Hải"
    in a list of a thousand says less than how rare Phạm, Phú and Hải are (a gamma prior with that mean).
    """
    table = [prepared[name].to_numpy().astype(np.int64) for name in columns]
    words, times = np.unique(np.concatenate(table), return_counts=True)
    share = np.where(words == 0, 1.0, times / known)
    expected = np.ones(len(rows))
    for column in table:
        expected *= share[np.searchsorted(words, column[rows])]
    expected += NAMESAKES / known
    others = np.maximum(counts - 2, 0) + TRUST
    result: NDArray[np.float64] = others / (known + TRUST / expected)
    return result


@dataclass(frozen=True, slots=True)
class Frequencies:
    """For each column that weighs by rarity its values, in order, and each one's share of the known ones."""

    values: dict[str, Codes]
    shares: dict[str, NDArray[np.float32]]
    least: dict[str, float]
    """The share of a value that was never seen: as if this record were its first."""
    counts: dict[str, NDArray[np.int64]]
    codes: frozenset[str]
    """The columns of 64-bit codes: they are compared in 31 bits."""

    @classmethod
    def of(cls, prepared: pa.Table) -> Self:
        """Counted among these records."""
        values, shares, least, seen = {}, {}, {}, {}
        for name in RARITIES:
            column = prepared[name].to_numpy().astype(np.int64)
            rows = np.flatnonzero(column > 0)
            values[name], first, counts = np.unique(column[rows], return_index=True, return_counts=True)
            known = max(int(counts.sum()), 1)
            share = counts / known
            if name in MADE_OF:
                share = np.minimum(share, _of_words(prepared, MADE_OF[name], rows[first], counts, known))
            shares[name] = share.astype(np.float32)
            least[name], seen[name] = 1 / known, counts
        codes = frozenset(name for name in RARITIES if pa.types.is_int64(prepared[name].type))
        return cls(values, shares, least, seen, codes)

    def table(self, name: str) -> pa.Table:
        """Values (as they are compared) and shares of one column."""
        values = self.values[name]
        compared = shortened(values) if name in self.codes else values.astype(np.int32)
        return pa.table({name: compared, f"tf_{name}": self.shares[name]})

    def times(self, name: str, compared: NDArray[np.int32]) -> NDArray[np.int64]:
        """How many records have each value of a column (as it is compared)."""
        values = shortened(self.values[name]) if name in self.codes else self.values[name]
        here = np.flatnonzero(np.isin(values, compared))
        here = here[np.argsort(values[here])]
        if not len(here):
            return np.zeros(len(compared), dtype=np.int64)
        place = np.minimum(np.searchsorted(values[here], compared), len(here) - 1)
        found: NDArray[np.int64] = np.where(
            values[here][place] == compared, self.counts[name][here][place], 0
        )
        return found

    def columns(self, prepared: pa.Table) -> dict[str, NDArray[np.float32]]:
        """A column tf_… for each: how common each record's value is."""
        return {f"tf_{name}": self._of(name, prepared[name].to_numpy().astype(np.int64)) for name in RARITIES}

    def _of(self, name: str, column: Codes) -> NDArray[np.float32]:
        values, shares = self.values[name], self.shares[name]
        if not len(values):
            return np.full(len(column), self.least[name], dtype=np.float32)
        place = np.minimum(np.searchsorted(values, column), len(values) - 1)
        found: NDArray[np.float32] = np.where(
            values[place] == column, shares[place], np.float32(self.least[name])
        )
        return found
