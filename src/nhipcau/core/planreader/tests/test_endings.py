"""How a document ends: recipients, signature, annexes."""
# ruff: noqa: E501 - one case a line

from __future__ import annotations

import pytest

from nhipcau.core.planreader.endings import is_signature, looks_like_name, mark_end
from nhipcau.core.planreader.rows import Row


def row(text: str) -> Row:
    return Row(text, 1, 1, 0)


def ended(*lines: str) -> list[str]:
    zones = ["body"] * len(lines)
    mark_end([row(line) for line in lines], zones)
    return zones


BODY = ["I. NHIỆM VỤ", "1. Mở lớp tiếng Lào.", "2. Trồng cây ven sông.", "3. Sửa nhà văn hóa thôn."]
SIGNED = ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lương Mẫu Đơn"]


@pytest.mark.parametrize(
    "text",
    [
        "TM. ỦY BAN NHÂN DÂN", "T/M ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "K/T GIÁM ĐỐC", "TL. CHỦ TỊCH", "TUQ. GIÁM ĐỐC",
        "Q. GIÁM ĐỐC", "CHỦ TỊCH", "PHÓ CHỦ TỊCH THƯỜNG TRỰC", "QUYỀN GIÁM ĐỐC", "CHÁNH VĂN PHÒNG", "TRƯỞNG PHÒNG",
    ],
)  # fmt: skip
def test_a_position_in_capitals_is_a_signature(text):
    assert is_signature(row(text))


@pytest.mark.parametrize(
    "text",
    [
        "Chủ tịch UBND tỉnh", "Giám đốc Sở Ngoại vụ", "KẾ HOẠCH", "NHIỆM VỤ", "CHỦ TỊCH: 01 NGƯỜI", "1. CHỦ TỊCH",
        "TM", "SỞ NGOẠI VỤ", "CHỦ TỊCH " + "ỦY BAN " * 14,
    ],
)  # fmt: skip
def test_a_position_in_a_sentence_or_a_heading_is_no_signature(text):
    assert not is_signature(row(text))


@pytest.mark.parametrize("text", ["Lương Mẫu Đơn", "TS. Lương Mẫu Đơn", "Y Rin Mlô-Duôn"])
def test_two_to_six_words_with_capitals_can_be_a_name(text):
    assert looks_like_name(text)


@pytest.mark.parametrize(
    "text", ["Lương", "Sở Ngoại vụ", "Lương Mẫu Đơn 2", "- Lương Mẫu Đơn", "A B C D E G H", ""]
)
def test_other_words_are_no_name(text):
    assert not looks_like_name(text)


def test_recipients_then_signature():
    end = ["Nơi nhận:", "- Như trên;", "- Lưu: VT.", *SIGNED]
    assert ended(*BODY, *end) == ["body"] * 4 + ["recipients"] * 3 + ["signature"] * 4


def test_signature_then_recipients():
    end = [*SIGNED, "Nơi nhận:", "- Như trên;", "- Lưu: VT."]
    assert ended(*BODY, *end) == ["body"] * 4 + ["signature"] * 4 + ["recipients"] * 3


def test_a_signature_without_recipients_and_a_mark_that_it_is_signed():
    end = ["CHỦ TỊCH", "(Đã ký)", "Lương Mẫu Đơn"]
    assert ended(*BODY, *end) == ["body"] * 4 + ["signature"] * 3


def test_a_name_below_the_filing_line_is_the_signers():
    end = ["Nơi nhận:", "- Như trên;", "- Lưu: VT, NC", "Lương Mẫu Đơn"]
    assert ended(*BODY, *end)[-2:] == ["recipients", "signature"]


def test_annexes_follow_the_signature():
    end = [*SIGNED, "PHỤ LỤC I", "DANH SÁCH LỚP HỌC", "1. Lớp ở xã Tân Lập."]
    assert ended(*BODY, *end) == ["body"] * 4 + ["signature"] * 4 + ["annex"] * 3


def test_recipients_and_signature_before_very_long_annexes_are_found():
    end = ["Nơi nhận:", "- Như trên;", "- Lưu: VT.", *SIGNED, "PHỤ LỤC I"]
    zones = ended(*BODY, *end, *(f"{n}. Lớp ở xã." for n in range(90)))
    assert zones[4:12] == ["recipients"] * 3 + ["signature"] * 4 + ["annex"]


def test_an_annex_behind_an_unsigned_text_is_told_by_its_name_alone():
    assert ended(*BODY, "PHỤ LỤC I", "1. Lớp ở xã.")[-2:] == ["annex", "annex"]
    assert ended(*BODY, "Danh mục lớp học kèm theo do Sở lập.")[-1] == "body"


def test_recipients_named_in_a_long_sentence_end_nothing():
    long = "Nơi nhận hồ sơ là bộ phận một cửa của xã, mở cửa cả ngày thứ Bảy."
    assert ended(*BODY, long, "4. Sửa cầu.")[-2:] == ["body", "body"]


def test_the_authority_of_a_decision_in_capitals_at_its_top_ends_nothing():
    top = ["KẾ HOẠCH", "GIÁM ĐỐC SỞ NGOẠI VỤ", "Căn cứ quy chế làm việc của Sở;", *BODY]
    assert ended(*top) == ["body"] * len(top)
    assert (
        ended("QUYẾT ĐỊNH", "Về lớp học", "Số 1", "GIÁM ĐỐC SỞ NGOẠI VỤ", "Xét đề nghị;", *BODY)
        == ["body"] * 9
    )


def test_a_text_without_an_end_is_all_body():
    assert ended(*BODY) == ["body"] * 4
    assert ended() == []
