"""Which fields of a task the reader is not sure of, and how much each sign is worth."""

from __future__ import annotations

import pytest

from nhipcau.core.planreader import doubts
from nhipcau.core.planreader.doubt_weights import BASE, WEIGHTS
from nhipcau.core.planreader.evidence import FIELDS
from nhipcau.core.planreader.reading import read_text

TABLE = (
    {"role": -4.0, "agencies": -4.0, "scope": -6.0},
    {"role": {"odd": 2.0}, "agencies": {"odd": 2.0, "very": 4.0}, "scope": {"odd": 2.0, "very": 4.0}},
)


def signs(role=(), agencies=(), scope=()):
    return {"role": set(role), "agencies": set(agencies), "scope": set(scope)}


def test_signs_add_up_and_unknown_ones_count_nothing():
    low = doubts.probability("agencies", {"odd"}, TABLE)
    assert low == pytest.approx(0.119, abs=0.001)
    assert doubts.probability("agencies", {"odd", "never seen"}, TABLE) == low
    assert doubts.probability("agencies", {"odd", "very"}, TABLE) > 0.8


@pytest.mark.parametrize(
    ("given", "nobody", "expected"),
    [
        (signs(), False, []),
        (signs(scope=["odd"]), False, []),
        (signs(role=["odd"]), False, ["role"]),
        (signs(role=["odd"], agencies=["odd"]), False, ["role", "agencies"]),
        (signs(agencies=["very"]), False, ["agencies"]),
        (signs(agencies=["very"]), True, ["agencies", "scope"]),
    ],
)
def test_fields_are_named_that_are_wrong_often_enough(given, nobody, expected):
    assert doubts.doubts_of(given, nobody, TABLE) == expected


def test_a_field_nearly_as_doubtful_as_the_most_doubtful_one_is_named_with_it():
    both = signs(agencies=["odd"], scope=["odd", "odd too"])
    table = (TABLE[0], {**TABLE[1], "scope": {"odd": 2.0, "odd too": 0.5}})
    chances = [doubts.probability(f, both[f], table) for f in ("agencies", "scope")]
    assert chances[1] < doubts.LEAST < chances[0]
    assert doubts.doubts_of(both, False, table) == ["agencies", "scope"]


def test_no_weight_speaks_for_a_reading_and_no_sign_alone_is_sure():
    assert set(BASE) == set(WEIGHTS) == set(FIELDS)
    for field in FIELDS:
        assert doubts.probability(field, []) < 0.01
        assert all(0 < weight < 8 for weight in WEIGHTS[field].values())


PLAN = """KẾ HOẠCH
Phát triển du lịch năm 2027

I. MỤC ĐÍCH

Thu hút khách.

II. TỔ CHỨC THỰC HIỆN

1. Sở Y tế

a) Chủ trì, phối hợp với Sở Nội vụ mở lớp sơ cứu cho hướng dẫn viên.

b) Giao Công an tỉnh hướng dẫn khách ra vào khu vực biên giới.

2. Sở Thông tin và

a) Quảng bá hình ảnh của tỉnh trên các kênh truyền thông.
"""


def test_a_reading_names_what_it_doubts_and_nothing_else():
    tasks = {t["id"]: t["doubts"] for t in read_text(PLAN)["tasks"]}
    assert tasks["II.1.a"] == []
    assert "agencies" in tasks["II.1.b"]
    assert "agencies" in tasks["II.2.a"]
