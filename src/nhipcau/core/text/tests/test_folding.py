from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from nhipcau.core.text import fold, nfc


def test_search_ignores_marks_case_and_barred_d() -> None:
    assert fold("  Đắk\u00a0Lắk \n ỦY BAN ") == "dak lak uy ban"
    assert fold("Thủ tướng Chính phủ") == "thu tuong chinh phu"
    assert fold(unicodedata.normalize("NFD", "Nguyễn Thị Ước")) == "nguyen thi uoc"
    assert fold("Qu\u200bảng") == "quang"


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_form_and_case_do_not_matter(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(nfc(text))
