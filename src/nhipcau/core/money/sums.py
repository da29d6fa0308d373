"""Sums that say of how many they are: none is not zero, and is never counted as one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sum:
    """`amount` in đồng over the `known` of `total` that have a figure; None where none has."""

    amount: int | None
    known: int
    total: int

    @property
    def whole(self) -> bool:
        return self.known == self.total


def add_up(amounts: Iterable[int | None]) -> Sum:
    """The sum of what is known."""
    total, known, found = 0, 0, 0
    for amount in amounts:
        total += 1
        if amount is not None:
            known += 1
            found += amount
    return Sum(found if known else None, known, total)
