"""How signs are weighed, and how what the reader flags is counted."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from nhipcau.core.planreader import calibrate
from nhipcau.core.planreader.doubt_cases import (
    AS_IT_IS,
    POOLED,
    Case,
    cases_of,
    gold_files,
    measured,
    show,
    text_beside,
)


def case(*signs: str, wrong: bool = False, document: str = "a", hardship: str = "noise", doubts=()) -> Case:
    found = {"role": set(signs), "agencies": set(), "scope": set()}
    mistaken = frozenset({"role"} if wrong else ())
    return Case(document, hardship, "I.1", found, mistaken, frozenset(doubts), nobody=False)


MANY = [case("odd", wrong=True)] * 50 + [case("odd")] * 50 + [case("plain")] * 300 + [case()] * 600


def test_a_sign_that_goes_with_mistakes_weighs_and_one_that_does_not_weighs_little():
    base, weights = calibrate.fitted(MANY)
    assert weights["role"]["odd"] > 4
    assert weights["role"]["plain"] < 0.8
    assert base["role"] < -4


def test_no_weight_is_below_zero():
    cases = [case("good")] * 500 + [case(wrong=True)] * 50 + [case()] * 100
    assert calibrate.fitted(cases)[1]["role"]["good"] == 0.0


def test_a_sign_seen_once_keeps_nearly_what_one_expects_of_it():
    weights = calibrate.fitted([*MANY, case("from-line", wrong=True), case("late")])[1]["role"]
    assert weights["from-line"] == pytest.approx(calibrate.EXPECTED_STRONG, abs=0.4)
    assert weights["late"] == pytest.approx(calibrate.EXPECTED_WEAK, abs=0.2)


def test_undamaged_texts_count_more():
    plain, harmed = case("odd", wrong=True, hardship=AS_IT_IS), case("odd", wrong=True)
    totals = [calibrate.counted([c], "role")[frozenset({"odd"})].total for c in (plain, harmed)]
    assert totals == [calibrate.UNDAMAGED, 1.0]


def test_a_document_left_out_is_judged_by_the_others():
    own = [case("only here", wrong=True, document="b", hardship=AS_IT_IS)] * 20
    table = calibrate.left_out([*MANY, *own])
    assert (table[AS_IT_IS].flagged, table[AS_IT_IS].wrong) == (0, 20)
    assert table[POOLED].tasks == len(MANY)


def test_the_table_is_a_module_that_says_the_same():
    base, weights = calibrate.fitted(MANY)
    space: dict[str, dict[str, object]] = {}
    exec(compile(calibrate.as_module((base, weights)), "doubt_weights", "exec"), space)
    assert space["BASE"]["role"] == round(base["role"], 2)
    assert space["WEIGHTS"]["role"]["odd"] == round(weights["role"]["odd"], 2)


def test_what_is_flagged_is_counted_by_hardship_and_pooled():
    table = measured(
        [
            case(wrong=True, doubts=["role"]),
            case(wrong=True, doubts=["scope"], hardship="wrapped"),
            case(hardship=AS_IT_IS),
        ]
    )
    assert table["noise"].flagged_share == 1.0
    assert table[POOLED].flagged_share == 0.5
    assert table[POOLED].marked_share == 1.0
    assert table[AS_IT_IS].flagged_share is None
    assert [line.split()[0] for line in show(table).split("\n")[1:]] == [
        AS_IT_IS,
        "noise",
        "wrapped",
        "hardships,",
    ]


TEXT = "KẾ HOẠCH\n\nHọc\n\nI. TỔ CHỨC THỰC HIỆN\n\n1. Sở Y tế\n\na) Mở lớp ở xã.\n"


@pytest.fixture
def shared(tmp_path):
    (tmp_path / "plans" / "others").mkdir(parents=True)
    gold = {
        "tasks": [
            {
                "id": "I.1.a",
                "text": "Mở lớp ở xã.",
                "scope": "assigned",
                "role": "lead",
                "agencies": ["Sở Y tế"],
            }
        ]
    }
    (tmp_path / "plans" / "one.gold.json").write_text(json.dumps(gold), encoding="utf-8")
    (tmp_path / "plans" / "one.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "plans" / "others" / "two.gold.json").write_text("{}", encoding="utf-8")
    return tmp_path


def test_cases_are_the_tasks_of_hand_made_readings(shared):
    scorer = SimpleNamespace(match_tasks=lambda mine, theirs: list(zip(mine, theirs, strict=True)), norm=str)
    found = list(cases_of(scorer, shared, hardships=("gaps-lost",), seeds=2))
    assert [(c.document, c.hardship) for c in found] == [
        ("one", AS_IT_IS),
        ("one", "gaps-lost"),
        ("one", "gaps-lost"),
    ]
    assert found[0].wrong == {"role"}
    assert found[0].signs["agencies"] == set()


def test_a_repaired_text_comes_before_the_broken_one(shared):
    (gold,) = gold_files(shared)
    (shared / "plans" / "one.repaired.txt").write_text("đã sửa", encoding="utf-8")
    assert text_beside(gold, shared) == "đã sửa"
    assert gold_files(shared, shared / "plans") == [gold, gold]


def test_without_plans_the_command_says_where_to_put_them(tmp_path, capsys):
    assert calibrate.main(["--shared", str(tmp_path)]) == 1
    assert "--shared DIR" in capsys.readouterr().out
