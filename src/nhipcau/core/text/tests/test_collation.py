from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.core.text import sort_key

# Written by hand after the rules of CLDR's Vietnamese collation.
LISTS = """
a à ả ã á ạ ai ăn ắt âm ấm ba Ba bà bả bã bá bạ bác bạc băng bằng bâng bô bơ ca chà chả
da đa đà đá đạ đắk em ê ế ếch gà già hoa hoà hòa quà quả quế quý qúy
lan làn lãn lạn lăn lân lo lô lơ ma má mạ nghĩa o ò ó ọ ô ồ ổ ố ộ ơ ờ ở ớ ợ
tư từ tử tữ tứ tự u ù ủ ũ ú ụ ư ừ ử ữ ứ ự vỏ võ y ỳ ỷ ỹ ý ỵ zê
đường Đường ĐƯỜNG đưỡng
An Giang, Bà Rịa, Bạc Liêu, Bắc Giang, Bắc Kạn, Bắc Ninh, Bến Tre, Bình Dương, Bình Định
Cà Mau, Cao Bằng, Cần Thơ, Đà Nẵng, Đắk Lắk, Đắk Nông, Điện Biên, Đồng Nai, Đồng Tháp
Hà Nội, Hà Tĩnh, Hải Dương, Hải Phòng, Hậu Giang, Hoà Bình, Hòa Bình, Hồ Chí Minh, Hưng Yên
Nguyễn Văn An, Nguyện Văn An, Nguyễn Văn Ánh, Nguyễn Văn Ân, Nguyễn Vân An, Nguyệt Ánh
Quận 2, Quận 10, Quận 010, Quận 100, Quận Bình Thạnh
ba ca, ba cà, bà ca, bac, bác
"""
ORDERED = [line.split(", ") if ", " in line else line.split() for line in LISTS.strip().splitlines()]
ORDERED.append(["", " ", "-", "(a)", "1", "a", "z", "я", "漢"])


@pytest.mark.parametrize("words", ORDERED, ids=lambda w: w[-1])
def test_keys_give_vietnamese_order(words: list[str]) -> None:
    keys = [sort_key(w).encode() for w in words]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


def test_the_hand_written_lists_hold_hard_words_enough() -> None:
    assert len(set(itertools.chain.from_iterable(ORDERED))) >= 45


@given(st.text())
def test_keys_are_printable_ascii(text: str) -> None:
    assert all(" " <= c <= "~" for c in sort_key(text))


@given(st.integers(0, 10**30), st.integers(0, 10**30))
def test_numbers_are_in_number_order(first: int, second: int) -> None:
    assert (sort_key(f"Điều {first}") < sort_key(f"Điều {second}")) == (first < second)


@given(
    st.text(alphabet="aàáăâbcdđeêo \u0301"), st.text(alphabet="aàáăâbcdđeêo \u0301"), st.text(alphabet="bcdh")
)
def test_a_first_difference_in_letters_decides_whatever_follows(left: str, right: str, tail: str) -> None:
    assert sort_key(left + "b" + tail) < sort_key(left + "c" + right)
