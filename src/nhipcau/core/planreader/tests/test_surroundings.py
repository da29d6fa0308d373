"""Where a task stands, told by the depth of the lines around it."""

from __future__ import annotations

from nhipcau.core.planreader.reading import read_text
from nhipcau.core.planreader.surroundings import places_of, plain

TEXT = """KẾ HOẠCH
Về việc học tiếng Lào

I. NHIỆM VỤ

1. Mở lớp cho cán bộ xã.

II. TỔ CHỨC THỰC HIỆN

1. Sở Ngoại vụ

- Mở ba lớp ở huyện.

- Mời giáo viên người Lào dạy học.

2. Sở Tài chính: Bố trí kinh phí hằng năm.
"""


def places():
    reading = read_text(TEXT)
    found = places_of(reading["text"], reading["blocks"], reading["tasks"])
    return {t["id"]: p for t, p in zip(reading["tasks"], found, strict=True)}


def test_letters_lose_their_marks_and_the_text_keeps_its_length():
    assert plain("Ủy ban Đầu tư – Hoà Bình") == "uy ban dau tu - hoa binh"
    assert all(len(plain(t)) == len(t) for t in ("Đắk Lắk", "ở ẤP", "İ x"))


def test_the_lines_above_come_nearest_first():
    found = places()
    assert found["I.1"].heads == ["nhiem vu"]
    assert found["II.1#2"].heads == ["so ngoai vu", "to chuc thuc hien"]
    assert found["II.1#1"].parent == found["II.1#2"].parent != found["I.1"].parent


def test_a_heading_on_the_same_line_is_a_line_above():
    assert places()["II.2#1"].heads[0] == "so tai chinh"


def test_what_stands_before_and_behind_is_known():
    found = places()
    assert found["II.1#1"].before == "1. so ngoai vu"
    assert found["II.1#1"].tail.strip() == "-"
    assert "to chuc thuc hien" in found["I.1"].tail


def test_a_line_that_leads_to_others_is_kept_for_those_behind_it():
    text = (
        "KẾ HOẠCH\nHọc\n\nI. NHIỆM VỤ\n\nSở Y tế làm các việc sau:\n\n1. Mở lớp ở xã.\n\n2. Mở lớp ở huyện.\n"
    )
    reading = read_text(text)
    found = places_of(reading["text"], reading["blocks"], reading["tasks"])
    assert {p.led for p in found[-2:]} == {"so y te lam cac viec sau"}
