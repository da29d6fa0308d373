from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.core.text import is_syllable, split_syllable

POSSIBLE = """
a ơ ủy uỷ hoà hòa thuý thúy khoẻ khỏe quý quốc quyết quới gì gìn giếng giục giữa nghiêng nghị ngành
ghế kỹ kĩ yêu yếu khuỷu khuya thuở thuế toán ngoài đường ĐƯỜNG Nguyễn ước ưu tiên xoong goòng đắk rượu
chuyến huỳnh
"""
IMPOSSIBLE = """
viát hián thÿc đåa chăc ngiên ce tóan kyên gê abc UBND mưạ được1 phap trich nghà qa cáà Müller resume
được- d' São2 école
"""


@pytest.mark.parametrize("word", POSSIBLE.split())
def test_a_possible_syllable(word: str) -> None:
    assert is_syllable(word)
    assert is_syllable(unicodedata.normalize("NFD", word))


@pytest.mark.parametrize("word", IMPOSSIBLE.split())
def test_an_impossible_one(word: str) -> None:
    assert not is_syllable(word)


def test_parts() -> None:
    assert split_syllable("Nguyễn") == ("ng", "u", "yê", "n", "ngã")
    assert split_syllable("quý") == ("q", "u", "y", "", "sắc")
    assert split_syllable("giếng") == ("gi", "", "iê", "ng", "sắc")
    assert split_syllable("hòa") == split_syllable("hoà") == ("h", "o", "a", "", "huyền")
    assert split_syllable("ương") == ("", "", "ươ", "ng", "")


@given(st.text(max_size=10))
def test_any_text_gets_an_answer(text: str) -> None:
    assert is_syllable(text) == (split_syllable(text) is not None)
    assert is_syllable(text.upper()) or not is_syllable(text) or text.upper().lower() != text.lower()
