"""Raw records to clusters, whole."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from nhipcau.core.linkage import linking, model, reading
from nhipcau.core.linkage.comparing import COMPARISONS
from nhipcau.core.linkage.evaluating import score
from nhipcau.core.linkage.places import Gazetteer
from nhipcau.core.linkage.tests import otherwise

ROOT = Path(__file__).parents[5]
SHARED = Path(os.environ.get("NHIPCAU_SHARED", ROOT.parent / "shared")) / "link" / "generate_people.py"


HOME = {
    "birth": "20/11/1981",
    "country": "Hoa Kỳ",
    "rel_phone": "0706123456",
    "rel_name": "Lê Văn Tám",
    "arrival_year": "1999",
}
PEOPLE: list[dict[str, str]] = [
    {"name": "Nguyễn Thị Ngọc Diễm", "birth": "12/03/1975", "country": "Hoa Kỳ", "rel_phone": "01206123457"},
    {"name": "DIEM NGOC NGUYEN", "birth": "1975", "country": "USA", "rel_phone": "+84 70 612 3457"},
    {"name": "Nguyen Ngoc Diem", "birth": "12.3.75", "country": "Mỹ"},
    {"name": "Lê Thị Cẩm Tiên", **HOME},
    {"name": "Lê Thị Cẩm Hạnh", **HOME},
    {"name": "Phạm Văn Hùng", "birth": "1975", "doc_no": "089075123456"},
    {"name": "Phạm Văn Hùng", "birth": "1975", "doc_no": "089075999321"},
]
ONE, TWINS, NAMESAKES = slice(0, 3), slice(3, 5), slice(5, 7)


@pytest.fixture(scope="module")
def found() -> list[int]:
    """The clusters of `PEOPLE` among a crowd of others."""
    rows = [*PEOPLE, *otherwise.make(400, seed=3)[0].to_pylist()]
    columns = {
        name: pa.array([None if row.get(name) is None else str(row[name]) for row in rows])
        for name in reading.COLUMNS
    }
    columns["record_id"] = pa.array(range(len(rows)))
    records = reading.in_form(pa.table(columns))
    clusters = linking.link(records, Gazetteer([]), model.load())["cluster_id"].to_pylist()
    return clusters[: len(PEOPLE)]


def test_records_of_one_person_are_found_however_they_are_written(found: list[int]) -> None:
    assert found[ONE] == [0, 0, 0]


def test_twins_stay_two_though_they_share_all_but_the_given_name(found: list[int]) -> None:
    assert found[TWINS] == [3, 4]


def test_another_identity_number_keeps_namesakes_apart(found: list[int]) -> None:
    assert found[NAMESAKES] == [5, 6]


def test_no_record_at_all_is_no_error() -> None:
    empty = reading.in_form(
        pa.table({"record_id": pa.array([], pa.int64()), "name": pa.array([], pa.string())})
    )
    assert len(linking.link(empty, Gazetteer([]), model.load())) == 0


def test_people_of_the_shared_generator_are_linked(tmp_path: Path) -> None:
    if not SHARED.exists():
        pytest.skip(f"{SHARED} is not there")
    pytest.importorskip("polars", reason="the shared generator needs polars")
    subprocess.run(
        [sys.executable, str(SHARED), "2000", str(tmp_path), "--seed", "41"],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    records = reading.read_records(tmp_path / "records.parquet")
    clusters = linking.link(records, reading.read_gazetteer(tmp_path / "gazetteer.parquet"), model.load())
    found = score(reading.read_table(tmp_path / "truth.parquet"), clusters)
    assert found.precision >= 0.985
    assert found.recall >= 0.85


def test_the_shipped_model_has_every_grade() -> None:
    shipped = model.load()
    assert set(shipped.shares) == {comparison.name for comparison in COMPARISONS}
    assert model.parse(shipped.as_json(), "again") == shipped


@pytest.mark.parametrize("text", ["", "{}", '{"format": 99}', '{"format": 1, "shares": {}}', "[1]"])
def test_a_file_that_is_no_model_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "model.json"
    path.write_text(text)
    with pytest.raises(model.UnreadableModel):
        model.load(path)


def test_the_prior_falls_with_the_number_of_records() -> None:
    assert model.prior(1_000_000) < model.prior(1_000) < model.prior(2) <= 0.5
