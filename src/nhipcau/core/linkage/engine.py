"""The engines that Splink runs on: DuckDB in this process."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self, TypeAlias

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from splink import DuckDBAPI, Linker
from splink.internals.realtime import compare_records
from splink.internals.splink_dataframe import SplinkDataFrame

from nhipcau.core.linkage.clustering import Weights
from nhipcau.core.linkage.codes import Codes, shortened
from nhipcau.core.linkage.comparing import RARITIES, compared_columns
from nhipcau.core.linkage.model import Model, settings
from nhipcau.core.linkage.rarity import Frequencies
from nhipcau.core.linkage.weighing import RIVALS, bits_against_rivals, weigh

Columns: TypeAlias = dict[str, NDArray[Any]]


class Duck:
    """A DuckDB of its own, in memory."""

    def __init__(self, threads: int | None = None) -> None:
        """Open it."""
        self.connection = duckdb.connect()
        self.connection.execute(f"set threads = {threads or min(os.cpu_count() or 2, 8)}")
        self.connection.execute("set preserve_insertion_order = false")
        self.api = DuckDBAPI(connection=self.connection)

    def __enter__(self) -> Self:
        """Use it in a `with`."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close it: its tables are gone."""
        self.connection.close()

    def register(self, table: pa.Table, name: str) -> SplinkDataFrame:
        """A table that Splink can read, copied into DuckDB."""
        self.connection.from_arrow(table).create(name)
        return self.api.register(self.connection.table(name))


@dataclass(frozen=True, slots=True)
class Weighed:
    """Pairs of rows with their bits against strangers, kin and namesakes."""

    left: Codes
    right: Codes
    strangers: Weights
    kin: Weights
    namesakes: Weights


def nothing_weighed() -> Weighed:
    """No pair at all."""
    rows, bits = np.zeros(0, dtype=np.int64), np.zeros(0)
    return Weighed(rows, rows, bits, bits, bits)


def comparable(prepared: pa.Table, frequencies: Frequencies | None = None) -> pa.Table:
    """What Splink compares: row numbers as ids, codes in 31 bits, and how common values are (among the
    records themselves, unless other frequencies are given)."""
    columns: dict[str, Any] = {"unique_id": np.arange(len(prepared), dtype=np.int32)}
    for name in sorted(compared_columns()):
        column = prepared[name]
        columns[name] = shortened(column.to_numpy()) if pa.types.is_int64(column.type) else column
    return pa.table(columns | (frequencies or Frequencies.of(prepared)).columns(prepared))


def predict(prepared: pa.Table, left: Codes, right: Codes, model: Model, least: float) -> Weighed:
    """Weigh pairs of rows with Splink; of those that weigh at least so many bits."""
    return predict_compared([comparable(prepared)], left, right, model, least)


def predict_compared(held: list[pa.Table], left: Codes, right: Codes, model: Model, least: float) -> Weighed:
    """As `predict`, of `comparable` records: taken out of the list, and let go once DuckDB has them."""
    records = len(held[0])
    pairs = pa.table({"join_key_l": left.astype(np.int32), "join_key_r": right.astype(np.int32)})
    pairs = pairs.append_column("match_key", pa.array(np.zeros(len(left), np.int8)))
    with quiet(), Duck() as duck:
        known = duck.register(held.pop(), "records")
        pa.default_memory_pool().release_unused()
        linker = Linker(known, settings(model, records), log_level=None)
        for name in RARITIES:
            # The frequencies stand in the records; Splink would count them again.
            lookup = pa.table({name: pa.array([], pa.int32()), f"tf_{name}": pa.array([], pa.float32())})
            linker.table_management.register_term_frequency_lookup(
                duck.register(lookup, f"lookup_{name}"), name
            )
        linker.table_management.register_blocked_pairs_for_predict(duck.register(pairs, "pairs"))
        found = linker.inference.predict(threshold_match_weight=least, warning_mode="never")
        wanted = ", ".join(["unique_id_l", "unique_id_r", *bits_against_rivals()])
        table = duck.connection.table(found.physical_name).project(wanted).to_arrow_table()
    left, right = (table[f"unique_id_{side}"].to_numpy().astype(np.int64) for side in "lr")
    return Weighed(left, right, *(table[name].to_numpy() for name in RIVALS))


class Weigher:
    """Splink's SQL for one model, written and planned once, for pairs that are handed over row by row."""

    def __init__(self, sample: pa.Table, chosen: dict[str, Any]) -> None:
        """`sample`: a table of the form to come; `chosen`: Splink's settings."""
        self._duck = Duck()
        sample = sample.slice(0, 1)
        with quiet():
            first = compare_records(
                sample, sample, chosen, self._duck.api, join_condition="l.unique_id = r.unique_id"
            )
        written = str(first.sql_used_to_create)
        for side in ("left", "right"):
            self._duck.connection.from_arrow(sample.slice(0, 0)).create(f"{side}_side")
            written = re.sub(rf"__splink__compare_records_{side}\w*", f"{side}_side", written)
        self._written = written[written.lower().index("with") :]
        self._prepare("weigh", ", ".join(["unique_id_l", *bits_against_rivals()]))
        self._prepare("explain", ", ".join(["*", *bits_against_rivals()[1:]]))

    def _prepare(self, name: str, columns: str) -> None:
        self._duck.connection.execute(f"prepare {name} as select {columns} from ({self._written})")  # noqa: S608

    def close(self) -> None:
        """Give back the memory of the engine."""
        self._duck.close()

    def weigh(self, left: pa.Table, right: pa.Table) -> Weights:
        """The deciding weight of each row of the left with the same row of the right."""
        found = self._ask("weigh", left, right)
        return weigh(*(found[name] for name in RIVALS))

    def explain(self, left: pa.Table, right: pa.Table) -> Columns:
        """The same pairs with all that Splink says of each: grades (gamma_…) and bits (mw_…)."""
        return self._ask("explain", left, right)

    def _ask(self, statement: str, left: pa.Table, right: pa.Table) -> Columns:
        """What the statement says of each pair, in the order of the rows."""
        places = pa.array(np.arange(len(left), dtype=np.int32))
        connection = self._duck.connection
        for name, side in (("left_side", left), ("right_side", right)):
            numbered = side.set_column(side.column_names.index("unique_id"), "unique_id", places)
            connection.execute(f"delete from {name}")  # noqa: S608
            connection.from_arrow(numbered).insert_into(name)
        found = connection.execute(f"execute {statement}").fetchnumpy()
        order = np.argsort(found["unique_id_l"])
        return {column: np.asarray(values)[order] for column, values in found.items()}


@contextmanager
def quiet() -> Iterator[None]:
    """Splink tells each step; only errors are let through."""
    logger = logging.getLogger("splink")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)
