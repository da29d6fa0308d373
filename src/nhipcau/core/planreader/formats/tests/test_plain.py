"""Text files: encodings, pages, what is no text."""

from __future__ import annotations

import codecs
import unicodedata

import pytest

from nhipcau.core.planreader.formats.encodings import decode
from nhipcau.core.planreader.formats.plain import from_bytes, from_text

TEXT = (
    "ỦY BAN NHÂN DÂN TỈNH\nSố: 12/KH-UBND, ngày 05 tháng 6 năm 2027 của Thủ tướng Chính phủ\n"
    "đường phố, ưu đãi\n"
)


def windows_1258(text: str) -> bytes:
    """Vowels as letters, tones as marks behind them."""
    out = []
    for letter in text:
        try:
            out.append(letter.encode("cp1258"))
        except UnicodeEncodeError:
            marks = [c for c in unicodedata.normalize("NFD", letter) if c in "\u0300\u0301\u0303\u0309\u0323"]
            base = "".join(c for c in unicodedata.normalize("NFD", letter) if c not in marks)
            out.append((unicodedata.normalize("NFC", base) + "".join(marks)).encode("cp1258"))
    return b"".join(out)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-32"), "utf-32-le"),
        (windows_1258(TEXT), "cp1258"),
    ],
)
def test_unicode_and_vietnamese_encodings_are_told_apart(data: bytes, encoding: str) -> None:
    text, found = decode(data)
    assert found == encoding
    assert text == TEXT


def test_tcvn3_bytes_stay_latin_letters_for_the_repair_to_come() -> None:
    text, encoding = decode("KÕ ho¹ch thùc hiÖn §Ò ¸n".encode("cp1252"))
    assert (text, encoding) == ("KÕ ho¹ch thùc hiÖn §Ò ¸n", "cp1252")


def test_good_utf8_cut_in_the_middle_of_a_letter_stays_utf8() -> None:
    data = TEXT.encode()
    cut = data.index("ờ".encode()) + 1
    assert decode(data[:cut])[1] == "utf-8"


def test_lines_are_counted_on_their_page_and_blank_ones_kept() -> None:
    found = from_text("một\n\nba\n\fbốn\r\nnăm\n\n")
    assert [(line.text, line.page, line.number) for line in found.lines] == [
        ("một", 1, 1), ("", 1, 2), ("ba", 1, 3), ("bốn", 2, 1), ("năm", 2, 2),
    ]  # fmt: skip
    assert found.pages == 2


def test_control_characters_are_left_out() -> None:
    assert from_text("Kế\0 ho\x07ạch\ufeff").lines[0].text == "Kế hoạch"


def test_the_encoding_is_noted_when_it_is_not_the_usual_one() -> None:
    assert from_bytes(TEXT.encode("utf-16")).notes == ["utf-16-le"]
    assert from_bytes(TEXT.encode()).notes == []
