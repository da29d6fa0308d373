"""The score of the real plans never falls below the committed floor."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nhipcau.core.planreader import score

FLOOR = Path(__file__).with_name("score_floor.json")


@pytest.fixture(scope="module")
def table():
    shared = score.shared_folder()
    if not (shared / "plans").is_dir():
        pytest.skip(f"the real plans are not at {shared}")
    return score.measure(shared)


def test_no_figure_of_the_score_table_falls(table):
    floor = json.loads(FLOOR.read_text(encoding="utf-8"))
    fallen = [
        f"{name} {figure}: {table[name]['figures'].get(figure)} < {least}"
        for name, row in floor.items()
        for figure, least in row.items()
        if (table[name]["figures"].get(figure) or 0.0) < least - 1e-9
    ]
    assert fallen == []
