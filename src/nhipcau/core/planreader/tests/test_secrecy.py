"""A mark of secrecy in the letterhead refuses a document; speaking of secrecy does not."""

from __future__ import annotations

import pytest

from nhipcau.core.planreader.reading import read_text
from nhipcau.core.planreader.refusal import Refusal

HEAD = (
    "ỦY BAN NHÂN DÂN\nTỈNH X\n{mark}\nSố: 12/KH-UBND\n\nX, ngày 05 tháng 3 năm 2026\n\n"
    "KẾ HOẠCH\nCông tác năm 2026\n\nI. NHIỆM VỤ\n1. Rà soát hồ sơ.\n"
)


@pytest.mark.parametrize(
    ("printed", "mark"),
    [
        ("MẬT", "MẬT"),
        ("TỐI MẬT", "TỐI MẬT"),
        ("TUYỆT MẬT", "TUYỆT MẬT"),
        ("M Ậ T", "MẬT"),
        ("[ MẬT ]", "MẬT"),
        ("Độ mật: Mật", "MẬT"),
        ("Độ mật: Tối mật", "TỐI MẬT"),
        ("Tuyệt mật", "TUYỆT MẬT"),
        ("ỦY BAN NHÂN DÂN TỈNH X        MẬT", "MẬT"),
        ("TỐI   MẬT", "TỐI MẬT"),
        ("T Ố I   M Ậ T", "TỐI MẬT"),
        ("HỎA TỐC - MẬT", "MẬT"),
        ("HỎA TỐC MẬT", "MẬT"),
        ("MẬT/HỎA TỐC", "MẬT"),
        ("MẬT\tBản số: 01", "MẬT"),
        ("Bản số 1   TỐI MẬT", "TỐI MẬT"),
        ("MẬT   Số: 12/KH", "MẬT"),
        ("Dấu: MẬT", "MẬT"),
        ("DỰ THẢO - TỐI MẬT", "TỐI MẬT"),
        ("ĐỘ MẬT: TUYỆT MẬT", "TUYỆT MẬT"),
    ],
)
def test_a_marked_document_is_refused(printed, mark):
    with pytest.raises(Refusal) as refusal:
        read_text(HEAD.format(mark=printed))
    assert refusal.value.code == "secret"
    assert refusal.value.values["mark"] == mark


@pytest.mark.parametrize(
    "line",
    [
        "BẢO VỆ BÍ MẬT NHÀ NƯỚC",
        "về công tác bảo mật",
        "KẾ HOẠCH BẢO VỆ BÍ MẬT",
        "mật",
        "Công tác cơ mật, trọng yếu",
        "tối mật",
        "Xác định độ mật: mật, tối mật, tuyệt mật",
        "TÀI LIỆU MẬT, TỐI MẬT, TUYỆT MẬT",
        "MẬT, TỐI MẬT",
        "TRIỂN KHAI LUẬT BẢO VỆ BÍ MẬT - TỐI MẬT",
    ],
)
def test_a_document_about_secrets_is_read(line):
    assert read_text(HEAD.format(mark=line))["tasks"]


def test_a_mark_far_below_the_letterhead_is_not_one():
    body = HEAD.format(mark="") + "".join(f"{i}. Thực hiện nhiệm vụ {i}.\n" for i in range(2, 60)) + "MẬT\n"
    assert read_text(body)["tasks"]
