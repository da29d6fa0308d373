from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.apps.reporting.sentences import merged, sentences


@given(st.text(alphabet='aĐ .;!?…\n”"T0', max_size=60))
def test_the_pieces_hold_every_word_in_order(text: str) -> None:
    spans = sentences(text)
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
    assert all(start < end for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Đã làm. Đang làm.", ["Đã làm.", "Đang làm."]),
        ("Mở 3 lớp; mời 07 người", ["Mở 3 lớp;", "mời 07 người"]),
        (
            "Tại TP. Hồ Chí Minh có ThS. Nguyễn Văn A. Xong",
            ["Tại TP. Hồ Chí Minh có ThS. Nguyễn Văn A. Xong"],
        ),
        ("Kinh phí 1.250,5 triệu đồng. Hết.", ["Kinh phí 1.250,5 triệu đồng.", "Hết."]),
        ("Dòng một\nDòng hai", ["Dòng một", "Dòng hai"]),
    ],
)
def test_a_piece_ends_where_a_reader_ends_it(text: str, pieces: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == pieces


def test_spans_that_touch_are_one() -> None:
    assert merged([(10, 20), (0, 4), (5, 8), (15, 18)]) == [(0, 8), (10, 20)]
