"""Which pairs of records are compared at all: those that share one of some keys.

A key is a code of several columns. A value that more records share than its cap says is not used, so that the
number of pairs grows with the number of records and not with its square.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from nhipcau.core.linkage.codes import Codes, joined, times_seen


@dataclass(frozen=True, slots=True)
class Key:
    """Columns that must be equal, and how many records at most may share a value."""

    columns: tuple[str, ...]
    cap: int


KEYS = tuple(
    Key(tuple(columns.split()), cap)
    for columns, cap in (
        # Numbers and addresses.
        ("paper", 20),
        ("phone", 20),
        ("email", 20),
        ("relative_phone", 24),
        # The whole name, wherever its words end, with something else.
        ("letters", 12),
        ("letters birth_year", 40),
        ("letters commune", 40),
        ("letters country arrival", 12),
        ("letters country kind_of_stay sex", 12),
        # Surname and given name.
        ("pair birth_date", 60),
        ("pair birth_year", 10),
        ("pair birth_year country", 20),
        ("pair country district", 20),
        # The given name: the surname changed, or the order is open.
        ("given birth_date", 60),
        ("given commune birth_year", 30),
        ("given relative", 10),
        ("given birth_year arrival", 10),
        ("given arrival country kind_of_stay", 8),
        ("given between commune", 20),
        ("given between birth_year", 10),
        ("given between birth_year country", 40),
        ("foreign_name birth_year", 10),
        ("foreign_name commune", 20),
        # Letters only, or no name at all.
        ("initials birth_date", 40),
        ("initials commune birth_year", 40),
        ("birth_date commune", 40),
        ("birth_date district", 20),
        ("birth_date country", 8),
        ("relative commune", 24),
        ("relative birth_year", 8),
        ("birth_year arrival country district", 20),
        ("commune birth_year country kind_of_stay sex", 20),
        ("old_commune birth_year country", 20),
    )
)


def columns_of(prepared: pa.Table) -> dict[str, Codes]:
    """The columns that keys are made of, as codes with 0 for the missing."""
    columns = {
        name: prepared[name].to_numpy().astype(np.int64)
        for name in {name for key in KEYS for name in key.columns} - {"birth_date"}
    }
    date = (
        prepared["birth_year"].to_numpy().astype(np.int64) * 10_000
        + prepared["birth_month"].to_numpy() * 100
        + prepared["birth_day"].to_numpy()
    )
    columns["birth_date"] = np.where((date > 9999) & (date % 10_000 != 0), date, 0)
    return columns


def key_values(prepared: pa.Table, keys: Sequence[Key] = KEYS, *, alone: bool = False) -> list[Codes]:
    """For each key the value of every record; 0 where it is missing or shared by too many, and, unless
    `alone`, where no other record has it."""
    return list(each_key(prepared, keys, alone=alone))


def each_key(prepared: pa.Table, keys: Sequence[Key] = KEYS, *, alone: bool = False) -> Iterator[Codes]:
    """The same, one after the other."""
    columns = columns_of(prepared)
    for place, key in enumerate(keys):
        value = joined([columns[name] for name in key.columns], salt=place)
        shared = times_seen(value)
        yield np.where((shared > (0 if alone else 1)) & (shared <= key.cap), value, 0)


def pairs_sharing(value: Codes) -> tuple[Codes, Codes]:
    """Row numbers of all pairs that share a value (not 0): lower row first."""
    rows = np.flatnonzero(value)
    rows = rows[np.argsort(value[rows], kind="stable")]
    ordered = value[rows]
    left, right = [], []
    step = 1
    while len(rows) > step:
        same = ordered[step:] == ordered[:-step]
        if not same.any():
            break
        at = np.flatnonzero(same)
        left.append(rows[at])
        right.append(rows[at + step])
        step += 1
    none = np.zeros(0, dtype=np.int64)
    return np.concatenate(left or [none]), np.concatenate(right or [none])


def candidate_pairs(values: Sequence[Codes]) -> tuple[Codes, Codes]:
    """Row numbers of every pair that shares a value of one key, each pair once."""
    packed = [np.zeros(0, dtype=np.int64)]
    for value in values:
        left, right = pairs_sharing(value)
        packed.append(left << 32 | right)
    whole = np.concatenate(packed)
    whole.sort()
    whole = whole[np.concatenate(([True], whole[1:] != whole[:-1]))] if len(whole) else whole
    return whole >> 32, whole & 0xFFFF_FFFF
