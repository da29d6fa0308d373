"""Clusters against the truth: pairs, B-cubed (Bagga and Baldwin 1998), and brothers or sisters taken for
one."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Column = NDArray[np.int64]


class Unfit(Exception):
    """The two tables cannot be compared; the message says why."""


@dataclass(frozen=True, slots=True)
class Score:
    """Shares between 0 and 1, and counts."""

    records: int
    persons: int
    clusters: int
    precision: float
    recall: float
    b_cubed_precision: float
    b_cubed_recall: float
    false_pairs: int
    missed_pairs: int
    mixed_clusters: int
    largest: int
    kin_mixed: float | None
    """Clusters that mix brothers, sisters or twins, in 10,000; None where the truth does not tell
    families."""

    @property
    def f1(self) -> float:
        """Harmonic mean of pairwise precision and recall."""
        return _mean(self.precision, self.recall)

    @property
    def b_cubed_f1(self) -> float:
        """Harmonic mean of B-cubed precision and recall."""
        return _mean(self.b_cubed_precision, self.b_cubed_recall)

    def as_dict(self) -> dict[str, float | int | None]:
        """Everything, rounded."""
        values = asdict(self) | {"f1": self.f1, "b_cubed_f1": self.b_cubed_f1}
        return {
            name: round(value, 5) if isinstance(value, float) else value for name, value in values.items()
        }


def _mean(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0


def _pairs(sizes: Column) -> int:
    return int((sizes * (sizes - 1) // 2).sum())


def _numbers(column: pa.ChunkedArray) -> Column:
    indices: Column = column.combine_chunks().dictionary_encode().indices.to_numpy(zero_copy_only=False)
    return indices.astype(np.int64)


def aligned(truth: pa.Table, clusters: pa.Table) -> tuple[Column, Column, Column | None]:
    """Person, cluster and family of every record of the truth; a record without a cluster stands alone."""
    for table, needed in ((truth, "person_id"), (clusters, "cluster_id")):
        missing = [name for name in ("record_id", needed) if name not in table.column_names]
        if missing:
            raise Unfit(f"the column {missing[0]} is missing")
    ids, found = truth["record_id"].to_numpy(), clusters["record_id"].to_numpy()
    if len(np.unique(found)) != len(found) or len(np.unique(ids)) != len(ids):
        raise Unfit("a record stands in a table twice")
    named = _numbers(clusters["cluster_id"])
    order = np.argsort(found)
    if len(found):
        place = order[np.minimum(np.searchsorted(found[order], ids), len(found) - 1)]
        home = np.where(found[place] == ids, named[place], -1)
    else:
        home = np.full(len(ids), -1)
    alone = home < 0
    home[alone] = (named.max() + 1 if len(named) else 0) + np.arange(int(alone.sum()))
    family = _numbers(truth["family_id"]) if "family_id" in truth.column_names else None
    return _numbers(truth["person_id"]), home, family


def score(truth: pa.Table, clusters: pa.Table) -> Score:
    """How well the clusters (record_id, cluster_id) meet the truth (record_id, person_id, perhaps
    family_id)."""
    person, home, family = aligned(truth, clusters)
    persons, wholes = np.unique(person, return_counts=True)
    homes, sizes = np.unique(home, return_counts=True)
    cells, both = np.unique(np.stack([home, person]), axis=1, return_counts=True)
    right, claimed, true = _pairs(both), _pairs(sizes), _pairs(wholes)
    squares = both.astype(np.float64) ** 2
    in_cluster = sizes[np.searchsorted(homes, cells[0])]
    in_person = wholes[np.searchsorted(persons, cells[1])]
    names, kinds = np.unique(cells[0], return_counts=True)
    mixed = names[kinds > 1]
    return Score(
        records=len(person),
        persons=len(persons),
        clusters=len(homes),
        precision=right / claimed if claimed else 1.0,
        recall=right / true if true else 1.0,
        b_cubed_precision=float((squares / in_cluster).sum()) / max(len(person), 1),
        b_cubed_recall=float((squares / in_person).sum()) / max(len(person), 1),
        false_pairs=claimed - right,
        missed_pairs=true - right,
        mixed_clusters=len(mixed),
        largest=int(sizes.max()) if len(sizes) else 0,
        kin_mixed=None if family is None else _kin(person, home, family, mixed) * 10_000 / max(len(homes), 1),
    )


def _kin(person: Column, home: Column, family: Column, mixed: Column) -> int:
    """Clusters that hold two persons of one family."""
    inside = np.isin(home, mixed)
    three = np.unique(np.stack([home[inside], family[inside], person[inside]]), axis=1)
    cells, kinds = np.unique(three[:2], axis=1, return_counts=True)
    return len(np.unique(cells[0][kinds > 1]))
