"""The score of the real plans never falls below the committed floor."""

from __future__ import annotations

import json

import pytest

from nhipcau.core.planreader import score
from nhipcau.core.planreader.damage import DAMAGES
from nhipcau.core.planreader.doubt_cases import AS_IT_IS, POOLED


@pytest.fixture(scope="module")
def table():
    shared = score.shared_folder()
    if not (shared / "plans").is_dir():
        pytest.skip(f"the real plans are not at {shared}")
    return score.measure(shared)


def test_no_figure_of_the_score_table_falls(table):
    floor = json.loads(score.FLOOR.read_text(encoding="utf-8"))
    fallen = [
        f"{name} {figure}: {table[name]['figures'].get(figure)} < {least}"
        for name, row in floor.items()
        for figure, least in row.items()
        if (table[name]["figures"].get(figure) or 0.0) < least - 1e-9
    ]
    assert fallen == []


def test_wrong_fields_are_flagged_after_every_hardship_as_often_as_before():
    shared = score.shared_folder()
    if not (shared / "plans").is_dir():
        pytest.skip(f"the real plans are not at {shared}")
    found = score.measure_doubts(shared)
    floor = json.loads(score.DOUBT_FLOOR.read_text(encoding="utf-8"))
    fallen = {k: least for k, least in floor.items() if (found[k].flagged_share or 0.0) < least - 1e-9}
    assert fallen == {}
    assert all(found[group].marked_share <= score.MOST_FLAGS for group in (AS_IT_IS, POOLED))


@pytest.mark.parametrize("column", ["five", "others"])
def test_no_more_tasks_are_marked_as_doubtful_than_a_reader_would_look_at(table, column):
    assert table[column]["figures"]["flags"] <= score.MOST_FLAGS


@pytest.mark.parametrize(("damage", "least"), [("rewrap-60", 0.95), ("heads", 0.95)])
def test_figures_hold_when_the_texts_are_damaged(damage, least):
    shared = score.shared_folder()
    if not (shared / "plans").is_dir():
        pytest.skip(f"the real plans are not at {shared}")
    figures = score.measure(shared, DAMAGES[damage])["five"]["figures"]
    fallen = {k: v for k, v in figures.items() if v is not None and not k.startswith("flag") and v < least}
    assert fallen == {}
