"""The shadow of a text: as long as the text, one placing of tone marks."""

from __future__ import annotations

import unicodedata

import pytest

from nhipcau.core.planreader.folding import clean, one_line, shadow


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("UỶ BAN HOÀ VỌNG", "ủy ban hòa vọng"),
        ("Ủy ban Hòa Vọng", "ủy ban hòa vọng"),
        ("thuý, khoẻ", "thúy, khỏe"),
        ("Quý III", "quý iii"),
        ("hoàn thành, thuyền", "hoàn thành, thuyền"),
        ("A – B — C", "a - b - c"),
    ],
)
def test_a_shadow_is_lower_case_with_one_placing_of_tone_marks(text, low):
    assert shadow(text) == low


@pytest.mark.parametrize("text", ["İstanbul ǅ ß ﬁ", "\U0001d400 Ủy", "", "Ǆ"])
def test_a_shadow_is_as_long_as_its_text(text):
    assert len(shadow(text)) == len(text)


def test_cleaning_composes_letters_and_drops_what_is_never_seen():
    assert clean(unicodedata.normalize("NFD", "Ủy\u00a0ban\u200b nhân\u00ad dân")) == "Ủy ban nhân dân"
    assert clean("a\tb\ud800") == "a b\ufffd"


def test_one_line_has_single_spaces():
    assert one_line("  mở \n lớp\t") == "mở lớp"
