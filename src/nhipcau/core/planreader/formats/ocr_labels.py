"""Labels that text recognition mistakes: "III." read as "HI." or "II.", "Sở" as "SỞ".

A row of Roman numbers in front of headings in capitals goes up by one; what is nearly the next number is it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from nhipcau.core.planreader.formats.numerals import roman
from nhipcau.core.planreader.source import Line

_HEADING = re.compile(r"^\s*([IVXLHNUl1|!\]ỊÍÌ]{1,6})\s?[.,:]\s*(?=\S)")
_STROKES = str.maketrans({"H": "II", "N": "II", "U": "II"} | dict.fromkeys("Ll1|!]ỊÍÌ", "I"))
_NUMBERS = {roman(value).upper(): value for value in range(1, 21)}
_SMALL = "àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
_SHOUTED = re.compile(rf"\b([A-ZĐ])([{_SMALL.upper()}])\b")


def mended(lines: list[Line]) -> list[Line]:
    """Lines with Roman labels in order and words of two letters in the case of their neighbours."""
    out: list[Line] = []
    last = 0
    for line in lines:
        text = line.text
        heading = _HEADING.match(text)
        if heading is not None and _is_label(heading.group(1)) and _in_capitals(text[heading.end() :]):
            last = _value(heading.group(1), last)
            text = f"{roman(last).upper()}. {text[heading.end() :]}"
        elif not _in_capitals(text):
            text = _SHOUTED.sub(lambda m: m.group(1) + m.group(2).lower(), text)
        out.append(line if text == line.text else replace(line, text=text))
    return out


def _in_capitals(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 4 and sum(c.isupper() for c in letters) >= 0.8 * len(letters)


def _is_label(seen: str) -> bool:
    """Whether the strokes make a number, a stroke more or less."""
    strokes = seen.translate(_STROKES)
    return strokes in _NUMBERS or strokes in {"IIII", "VIIII", "IIV", "IIX"}


def _value(seen: str, last: int) -> int:
    """The number a label stands for: what it says where that can come next, else the next one."""
    said = _NUMBERS.get(seen)
    if said is not None and (said in {last + 1, last + 2} or (said == 1 and last != 1)):
        return said
    return last + 1
