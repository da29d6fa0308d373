"""Pairs that weigh enough → clusters, the best pair first.

Two clusters become one only if all their cross pairs together speak for it, none forbids it, and the whole
stays small enough. Plain connected components would chain brothers, sisters and namesakes together.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from nhipcau.core.linkage.codes import Codes

Weights = NDArray[np.float64]
LARGEST = 12
"""Records in one cluster; more than that is for a person to decide."""
MOST = 15.0
"""One pair counts at most so many bits for a merger."""


@dataclass(frozen=True, slots=True)
class Rule:
    """When two clusters become one."""

    link: float
    """Least weight of the best pair between them."""
    mean: float
    """Least mean weight over all pairs between a cluster and one record that comes to it."""
    mean_of_several: float
    """The same between two clusters of several records: each had its say alone, and if they are two persons
    every pair between them is wrong."""
    unseen: float
    """Weight of a pair that was never compared, or weighs too little to be kept."""
    forbid: float
    """A pair at or below it forbids the merger."""

    def enough(self, total: float, one: int, other: int) -> bool:
        """Whether the pairs between clusters of so many records, which weigh that much together, speak for
        one."""
        mean = self.mean if min(one, other) == 1 else self.mean_of_several
        return total >= mean * one * other


@dataclass(slots=True)
class _Clusters:
    """Records (by row) and the cluster that each is in."""

    home: dict[int, int] = field(default_factory=dict)
    members: dict[int, list[int]] = field(default_factory=dict)

    def of(self, row: int) -> tuple[int, list[int]]:
        home = self.home.get(row, row)
        return home, self.members.get(home, [home])

    def join(self, one: int, other: int) -> None:
        whole = self.members.get(one, [one]) + self.members.pop(other, [other])
        self.members[one] = whole
        for row in whole:
            self.home[row] = one


def _lookup(left: Codes, right: Codes, weight: Weights, asked: NDArray[np.bool_]) -> dict[int, float]:
    low, high = np.minimum(left[asked], right[asked]), np.maximum(left[asked], right[asked])
    return dict(zip((low << 32 | high).tolist(), weight[asked].tolist(), strict=True))


def _fits(one: list[int], other: list[int], weights: dict[int, float], rule: Rule) -> bool:
    total = 0.0
    for a in one:
        for b in other:
            weight = weights.get(a << 32 | b if a < b else b << 32 | a, rule.unseen)
            if weight <= rule.forbid:
                return False
            total += min(weight, MOST)
    return rule.enough(total, len(one), len(other))


def cluster(records: int, left: Codes, right: Codes, weight: Weights, rule: Rule) -> Codes:
    """For each row the cluster it is in, named by its lowest row."""
    order = np.argsort(-weight, kind="stable")
    left, right, weight = left[order], right[order], weight[order]
    strong = int(np.searchsorted(-weight, -rule.link, side="right"))
    touched = np.zeros(records, dtype=bool)
    touched[left[:strong]] = touched[right[:strong]] = True
    weights = _lookup(left, right, weight, touched[left] & touched[right])
    clusters = _Clusters()
    for a, b in zip(left[:strong].tolist(), right[:strong].tolist(), strict=True):
        (home, one), (away, other) = clusters.of(a), clusters.of(b)
        if home == away or len(one) + len(other) > LARGEST:
            continue
        if len(one) + len(other) == 2 or _fits(one, other, weights, rule):
            clusters.join(home, away)
    found = np.arange(records)
    for members in clusters.members.values():
        found[members] = min(members)
    return found
