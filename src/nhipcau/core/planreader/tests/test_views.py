"""The paragraphs of a text for showing them: what each is and how deep it lies."""

from __future__ import annotations

from itertools import pairwise

from nhipcau.core.planreader.reading import read_text

TEXT = """ỦY BAN NHÂN DÂN
TỈNH LAM GIANG

Số: 12/KH-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Lam Giang, ngày 05 tháng 6 năm 2027

KẾ HOẠCH

Về việc học tiếng Lào

Căn cứ nhu cầu của các xã.

I. TỔ CHỨC THỰC HIỆN

1. Sở Ngoại vụ

- Mở lớp ở huyện.

Mời giáo viên dạy học.

Nơi nhận:

- Các xã;

- Lưu: VT.

TM. ỦY BAN NHÂN DÂN

CHỦ TỊCH

PHỤ LỤC

STT

Nội dung

Cơ quan chủ trì

1

Rà soát danh mục

Sở Nội vụ
"""


def views() -> dict[str, tuple[str, int]]:
    reading = read_text(TEXT)
    return {reading["text"][a:z]: (b["kind"], b["level"]) for b in reading["blocks"] for a, z in [b["span"]]}


def test_each_paragraph_is_shown_as_what_it_is():
    found = views()
    assert found["Số: 12/KH-UBND"] == ("letterhead", 0)
    assert found["KẾ HOẠCH"] == ("type", 0)
    assert found["Về việc học tiếng Lào"] == ("title", 0)
    assert found["- Lưu: VT."] == ("recipients", 0)
    assert found["CHỦ TỊCH"] == ("signature", 0)


def test_the_outline_has_levels_from_the_top():
    found = views()
    assert found["Căn cứ nhu cầu của các xã."] == ("paragraph", 1)
    assert found["I. TỔ CHỨC THỰC HIỆN"] == ("heading", 1)
    assert found["1. Sở Ngoại vụ"] == ("heading", 2)
    assert found["- Mở lớp ở huyện."] == ("item", 3)
    assert found["Mời giáo viên dạy học."] == ("paragraph", 3)


def test_the_cells_of_a_table_lie_outside_the_outline():
    found = views()
    assert found["Rà soát danh mục"] == found["Sở Nội vụ"] == ("cell", 0)


def test_the_views_cover_the_text_in_order_and_do_not_overlap():
    reading = read_text(TEXT)
    spans = [b["span"] for b in reading["blocks"]]
    assert all(before[1] < after[0] for before, after in pairwise(spans))
    assert sum(z - a for a, z in spans) == len(reading["text"]) - (len(spans) - 1)
