"""Raw records → clusters, step by step, with what each step took."""

from __future__ import annotations

import importlib
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa

from nhipcau.core.linkage import keys, weighing
from nhipcau.core.linkage.clustering import cluster
from nhipcau.core.linkage.codes import Codes
from nhipcau.core.linkage.engine import Weighed, comparable, nothing_weighed, predict_compared
from nhipcau.core.linkage.model import Model
from nhipcau.core.linkage.places import Gazetteer
from nhipcau.core.linkage.preparing import prepare
from nhipcau.core.linkage.reading import read_gazetteer, read_records


@dataclass(slots=True)
class Account:
    """What a run did: seconds by step, counts, and the most memory the process has used."""

    seconds: dict[str, float] = field(default_factory=dict)
    records: int = 0
    pairs: int = 0
    kept: int = 0
    clusters: int = 0

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Measure a step."""
        start = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - start

    @property
    def memory(self) -> float:
        """Gigabytes this process has used at most."""
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


class EngineMissing(Exception):
    """The engine asked for is not installed; the message says what to install."""


def link_folder(folder: Path, model: Model, account: Account, engine: str = "duckdb") -> pa.Table:
    """Link DIR/records.parquet with DIR/gazetteer.parquet. The raw records are let go once they are
    prepared."""
    with account.step("read"):
        records = read_records(folder / "records.parquet")
        gazetteer = read_gazetteer(folder / "gazetteer.parquet")
    with account.step("prepare"):
        held = [prepare(records, gazetteer)]
    del records
    return _link(held, model, account, engine)


def link(records: pa.Table, gazetteer: Gazetteer, model: Model) -> pa.Table:
    """`record_id` and `cluster_id` (the lowest record of the cluster) for every record."""
    return link_prepared(prepare(records, gazetteer), model, Account())


def link_prepared(prepared: pa.Table, model: Model, account: Account, engine: str = "duckdb") -> pa.Table:
    """As `link`, from prepared records."""
    return _link([prepared], model, account, engine)


def _link(held: list[pa.Table], model: Model, account: Account, engine: str) -> pa.Table:
    """Takes the prepared table out of the list: who holds it no longer gives room to the weighing."""
    ids = held[0]["unique_id"].to_numpy().copy()
    account.records = len(ids)
    weighed = _on_spark if engine == "spark" else _on_duckdb
    found = weighed(held, model, account)
    with account.step("cluster"):
        weight = weighing.weigh(found.strangers, found.kin, found.namesakes)
        home = cluster(len(ids), found.left, found.right, weight, weighing.rule(len(ids)))
        account.clusters = len(np.unique(home))
    return pa.table({"record_id": ids, "cluster_id": _lowest(ids, home)})


def _on_duckdb(held: list[pa.Table], model: Model, account: Account) -> Weighed:
    with account.step("block"):
        left, right = keys.candidate_pairs(keys.key_values(held[0]))
        account.pairs = len(left)
    if not len(left):
        return nothing_weighed()
    with account.step("weigh"):
        compared = [comparable(held.pop())]
        found = predict_compared(compared, left, right, model, weighing.KEPT)
        account.kept = len(found.strangers)
    return found


def _on_spark(held: list[pa.Table], model: Model, account: Account) -> Weighed:
    """Splink blocks there too; how many pairs that were is Spark's own affair."""
    try:
        spark = importlib.import_module("nhipcau.core.linkage.spark")
    except ImportError as error:
        raise EngineMissing("--engine spark needs Java 17 and `pip install 'nhipcau[spark]'`") from error
    prepared = held.pop()
    with account.step("weigh"):
        found: Weighed = spark.predict(prepared, keys.key_values(prepared), model, weighing.KEPT)
        account.kept = len(found.strangers)
    return found


def _lowest(ids: Codes, home: Codes) -> Codes:
    """For each row the lowest id in its cluster."""
    lowest = ids.copy()
    np.minimum.at(lowest, home, ids)
    return lowest[home]
