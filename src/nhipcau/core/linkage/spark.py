"""The same model on Spark, by Splink's own Spark back end: for a national roll-up's size.

Needs the extra `nhipcau[spark]` and Java 17. Splink blocks on the key columns itself; the weights are those
of DuckDB.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from pyspark.sql import SparkSession
from splink import Linker, SparkAPI

from nhipcau.core.linkage.codes import Codes
from nhipcau.core.linkage.comparing import RARITIES
from nhipcau.core.linkage.engine import Weighed, comparable, quiet
from nhipcau.core.linkage.model import Model, settings
from nhipcau.core.linkage.rarity import Frequencies
from nhipcau.core.linkage.weighing import RIVALS, bits_against_rivals


@contextmanager
def session(folder: Path) -> Iterator[SparkSession]:
    """Spark on this machine, its checkpoints and warehouse in the folder."""
    build: Any = SparkSession.builder
    spark = (
        build.master("local[*]")
        .appName("nhipcau link")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "8")
        .config("spark.sql.warehouse.dir", str(folder / "warehouse"))
        .config("spark.driver.memory", "4g")
        .config("spark.ui.showConsoleProgress", "false")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    spark.sparkContext.setCheckpointDir(str(folder / "checkpoints"))
    try:
        yield spark
    finally:
        spark.stop()


def predict(prepared: pa.Table, values: list[Codes], model: Model, least: float) -> Weighed:
    """Weigh the pairs that share a value of a key; of those that weigh at least so many bits."""
    frequencies = Frequencies.of(prepared)
    table = comparable(prepared, frequencies)
    table = table.drop_columns([name for name in table.column_names if name.startswith("tf_")])
    names = [f"key_{place}" for place in range(len(values))]
    for name, value in zip(names, values, strict=True):
        table = table.append_column(name, pa.array(value, mask=value == 0))
    with quiet(), tempfile.TemporaryDirectory() as place, session(Path(place)) as spark:
        pq.write_table(table, Path(place) / "records.parquet")
        backend: Any = SparkAPI
        api = backend(spark_session=spark, break_lineage_method="checkpoint")
        records = api.register(spark.read.parquet(str(Path(place) / "records.parquet")))
        linker = Linker(records, settings(model, len(prepared), names), log_level=None)
        for name in RARITIES:
            # Splink would count "nothing there" as a value.
            lookup = spark.createDataFrame(frequencies.table(name))
            linker.table_management.register_term_frequency_lookup(api.register(lookup), name)
        # A threshold here would be pushed below the comparisons, which Spark then writes out again and again.
        found = linker.inference.predict(warning_mode="never")
        wanted = ("unique_id_l", "unique_id_r", *bits_against_rivals())
        rows = (
            spark.table(found.physical_name).selectExpr(*wanted).where(f"match_weight >= {least}").toArrow()
        )
    left, right = (rows[f"unique_id_{side}"].to_numpy().astype(np.int64) for side in "lr")
    return Weighed(left, right, *(rows[name].to_numpy() for name in RIVALS))
