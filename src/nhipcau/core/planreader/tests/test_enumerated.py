"""Bodies that are named together are named each by itself, where that is sure."""

from __future__ import annotations

import pytest

from nhipcau.core.planreader.enumerated import apart, names_in
from nhipcau.core.planreader.reading import read_text


@pytest.mark.parametrize(
    ("together", "singles"),
    [
        ("UBND các phường: Văn Phú, Hà Đông", ["UBND phường Văn Phú", "UBND phường Hà Đông"]),
        ("UBND các phường Văn Phú và Hà Đông", ["UBND phường Văn Phú", "UBND phường Hà Đông"]),
        (
            "Ủy ban nhân dân các huyện: A Lưới, Nam Đông, thị xã Hương Trà",
            [
                "Ủy ban nhân dân huyện A Lưới",
                "Ủy ban nhân dân huyện Nam Đông",
                "Ủy ban nhân dân thị xã Hương Trà",
            ],
        ),
        ("Chủ tịch UBND các xã: Ba Vì và Suối Hai", ["Chủ tịch UBND xã Ba Vì", "Chủ tịch UBND xã Suối Hai"]),
        ("các xã: Ba Vì; Suối Hai", ["xã Ba Vì", "xã Suối Hai"]),
        ("Các sở: Y tế, Nội vụ và Tài chính", ["Sở Y tế", "Sở Nội vụ", "Sở Tài chính"]),
        ("Các Sở: NNMT, TC", ["Sở NNMT", "Sở TC"]),
        (
            "Các sở: Khoa học và Công nghệ, Văn hóa, Thể thao và Du lịch",
            ["Sở Khoa học và Công nghệ", "Sở Văn hóa, Thể thao và Du lịch"],
        ),
    ],
)
def test_names_put_together_come_apart(together, singles):
    assert apart(together)[0] == singles


@pytest.mark.parametrize(
    "whole",
    [
        "UBND các xã, phường: Ba Vì, Hà Đông",
        "UBND các xã: vùng cao, vùng sâu",
        "UBND các xã, phường, đặc khu",
        "UBND các phường Văn Phú",
        "UBND phường Văn Phú, Hà Đông",
        "Các sở, ban, ngành",
        "Các sở Y tế, Nội vụ",
        "Sở Văn hóa, Thể thao và Du lịch",
        "",
    ],
)
def test_a_name_whose_parts_are_not_sure_stays_whole(whole):
    assert apart(whole)[0] == [whole]


def test_a_second_list_has_the_front_of_the_first_and_no_name_comes_twice():
    text = "UBND các phường: Hà Đông, Văn Phú; các xã: Ba Vì, Suối Hai; UBND phường Hà Đông"
    spans, at = [], 0
    for part in text.split("; "):
        spans.append((at, at + len(part)))
        at += len(part) + 2
    assert names_in(text, spans) == [
        "UBND phường Hà Đông",
        "UBND phường Văn Phú",
        "UBND xã Ba Vì",
        "UBND xã Suối Hai",
    ]


PLAN = """KẾ HOẠCH

Về việc học tiếng Lào

I. TỔ CHỨC THỰC HIỆN

1. UBND các phường: Văn Phú, Hà Đông

a) Mở lớp ở phường.

b) Phối hợp với UBND các xã: Ba Vì, Suối Hai và Sở Y tế rà soát danh mục.

2. Giao UBND các xã: Ba Vì, Suối Hai và Sở Y tế rà soát danh mục.

3. Sở Nội vụ

Cử cán bộ đi học (UBND các xã: Ba Vì, Suối Hai chủ trì).
"""


def test_headings_sentences_and_partners_name_each_body():
    reading = read_text(PLAN)
    tasks = {t["id"]: t for t in reading["tasks"]}
    assert tasks["I.1.a"]["agencies"] == ["UBND phường Văn Phú", "UBND phường Hà Đông"]
    assert [a["agency"] for a in tasks["I.1.a"]["assignments"]] == tasks["I.1.a"]["agencies"]
    assert tasks["I.1.b"]["with"] == ["UBND xã Ba Vì", "UBND xã Suối Hai", "Sở Y tế"]
    assert tasks["I.2"]["agencies"] == ["UBND xã Ba Vì", "UBND xã Suối Hai", "Sở Y tế"]
    assert [t["doubts"] for t in reading["tasks"]][:3] == [[], [], []]
