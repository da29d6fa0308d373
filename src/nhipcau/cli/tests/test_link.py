"""`nhipcau link`: raw records to clusters on the command line, and what cannot be linked."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from nhipcau.cli.link import run
from nhipcau.core.linkage.tests import otherwise


def test_people_made_in_another_way_are_linked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for table, name in zip(otherwise.make(2_000, seed=11), ("records", "truth", "gazetteer"), strict=True):
        pq.write_table(table, tmp_path / f"{name}.parquet")
    assert run([str(tmp_path), "--out", str(tmp_path / "clusters.parquet")]) == 0
    told = capsys.readouterr().out
    assert all(word in told for word in ("time", "records  2000", "pairs", "memory"))
    assert run(["evaluate", str(tmp_path / "truth.parquet"), str(tmp_path / "clusters.parquet")]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["precision"] >= 0.985
    assert found["recall"] >= 0.85


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ({"name": ["x"]}, "record_id is missing"),
        ({"record_id": [1, 1], "name": ["x", "y"]}, "once for each record"),
        (
            {"record_id": [1], "name": ["x"], "arrival_year": ["năm ngoái"]},
            "arrival_year does not hold int32",
        ),
        ({"record_id": [1], "name": ["x"], "phone": [9.1e8]}, "phone holds decimals"),
    ],
)
def test_records_that_cannot_be_linked_are_refused_with_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], written: dict[str, list[object]], told: str
) -> None:
    pq.write_table(pa.table(written), tmp_path / "records.parquet")
    assert run([str(tmp_path), "--out", str(tmp_path / "out.parquet")]) == 1
    assert told in capsys.readouterr().err
    assert not (tmp_path / "out.parquet").exists()


def test_a_missing_or_broken_file_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([str(tmp_path), "--out", str(tmp_path / "out.parquet")]) == 1
    assert "no such file" in capsys.readouterr().err
    (tmp_path / "records.parquet").write_bytes(b"not parquet")
    assert run([str(tmp_path), "--out", str(tmp_path / "out.parquet")]) == 1
    assert "not a parquet file" in capsys.readouterr().err
