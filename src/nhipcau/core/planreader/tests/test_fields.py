"""Fields of an item: "Chủ trì: …", "Thời hạn: …"."""

from __future__ import annotations

import pytest

from nhipcau.core.planreader.fields import field_key, inline_fields, keys_of
from nhipcau.core.planreader.folding import shadow
from nhipcau.core.planreader.outline import Node


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("Nội dung: Mở lớp tiếng Lào.", "content", "Mở lớp tiếng Lào."),
        ("Nội dung thực hiện : Mở lớp.", "content", "Mở lớp."),
        ("Nhiệm vụ: Mở lớp.", "content", "Mở lớp."),
        ("Chủ trì: Sở Ngoại vụ.", "lead", "Sở Ngoại vụ."),
        ("Cơ quan chủ trì thực hiện: Sở Ngoại vụ", "lead", "Sở Ngoại vụ"),
        ("Các đơn vị được giao chủ trì: Sở Ngoại vụ", "lead", "Sở Ngoại vụ"),
        ("Đơn vị phối hợp: Sở Y tế", "partner", "Sở Y tế"),
        ("Cơ quan, đơn vị phối hợp thực hiện: Sở Y tế", "partner", "Sở Y tế"),
        ("Phối hợp: Sở Y tế", "partner", "Sở Y tế"),
        ("Đơn vị thực hiện: Sở Y tế", "agency", "Sở Y tế"),
        ("Phân công thực hiện: Sở Y tế", "agency", "Sở Y tế"),
        ("Cơ quan đầu mối: Sở Y tế", "agency", "Sở Y tế"),
        ("Thời gian hoàn thành: Quý III/2031", "time", "Quý III/2031"),
        ("Tiến độ:Quý III/2031", "time", "Quý III/2031"),
        ("Sản phẩm dự kiến: Báo cáo", "product", "Báo cáo"),
        ("Nguồn kinh phí: Ngân sách", "money", "Ngân sách"),
        ("Chủ trì:", "lead", ""),
    ],
)
def test_a_field_is_known_by_the_words_before_its_colon(text, name, value):
    found = field_key(shadow(text), 0, len(text))
    assert found is not None
    assert (found[0], text[found[1] :]) == (name, value)


@pytest.mark.parametrize(
    "text",
    [
        "Chủ trì, phối hợp với Sở Y tế: rà soát",
        "Thời gian qua, kết quả như sau: tốt",
        "Nội dung chính của hội thảo: du lịch",
        "Sở Ngoại vụ chủ trì: rà soát",
        "Chủ trì hội nghị",
        "Sản phẩm. Chủ đề: du lịch",
        "",
    ],
)
def test_a_sentence_with_such_a_word_is_no_field(text):
    assert field_key(shadow(text), 0, len(text)) is None


def test_a_field_that_the_end_cuts_off_is_none():
    assert field_key("chủ trì: sở y tế", 0, 7) is None


def nodes(*lines: str) -> tuple[str, list[Node]]:
    low = shadow("\n".join(lines))
    out, at = [], 0
    for line in lines:
        out.append(Node(None, None, at, at + len(line)))
        at += len(line) + 1
    return low, out


def test_a_time_alone_is_no_field_of_a_block_but_one_beside_an_agency_is():
    assert keys_of(*nodes("Mở lớp tiếng Lào.", "Thời gian: Quý III")) == [None, None]
    low, children = nodes("Mở lớp tiếng Lào.", "Thời gian: Quý III", "Chủ trì: Sở Y tế")
    assert [k and k[0] for k in keys_of(low, children)] == [None, "time", "lead"]


def inline(text: str) -> dict[str, str]:
    found = inline_fields(shadow(text), 0, len(text))
    return {name: text[a:z] for name, (a, z) in found.items()}


def test_fields_in_the_words_of_an_item_end_at_their_stop():
    text = "Mở lớp tiếng Lào. Chủ trì: Sở Y tế; phối hợp: Sở Ngoại vụ. Thời hạn: 30/6/2031."
    assert inline(text) == {"lead": "Sở Y tế", "partner": "Sở Ngoại vụ", "time": "30/6/2031"}
    assert inline("Mở lớp. Chủ trì: Sở Y tế") == {"lead": "Sở Y tế"}


@pytest.mark.parametrize(
    "text", ["Mở lớp. Thời hạn: 30/6/2031.", "Mở lớp, chủ trì: Sở Y tế.", "Mở lớp cho Sở Y tế."]
)
def test_words_without_an_agency_in_a_sentence_of_its_own_are_no_fields(text):
    assert inline(text) == {}


def test_the_first_of_two_like_fields_is_taken():
    assert inline("Mở lớp. Chủ trì: Sở Y tế. Chủ trì: Sở Nội vụ.") == {"lead": "Sở Y tế"}
