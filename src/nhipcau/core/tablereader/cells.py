"""One cell as its sender saw it: clean text, days as 05/11/2026, whole numbers without a point."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from nhipcau.core.tablereader.schema import MOST_CHARACTERS
from nhipcau.core.text import repair

_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200b\u202f\u3000]+")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def cell_text(value: object) -> str:
    """Text of a cell: composed letters, old encodings (TCVN3, VNI) read, nothing invisible, spaces single."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return _number(value)
    if isinstance(value, (datetime, date)):
        return _day(value)
    if isinstance(value, (time, timedelta)):
        return str(value)
    return plain("" if value is None else str(value))


@lru_cache(maxsize=4_000)
def plain(text: str) -> str:
    """As `cell_text`, of text."""
    text = text[: MOST_CHARACTERS * 2].replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii():
        text = repair(text).text
    text = _CONTROLS.sub("", text)
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    text = "\n".join(line for line in lines if line)
    return text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - 1] + "…"


def _number(value: float) -> str:
    if isinstance(value, float):
        if not math.isfinite(value):
            # As its sender saw it; blank would be no answer.
            return "#NUM!"
        if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        return repr(value)
    return str(value)[:MOST_CHARACTERS]


def _day(value: date | datetime) -> str:
    if isinstance(value, datetime) and (value.hour or value.minute or value.second):
        return f"{value:%H:%M} {value.day:02d}/{value.month:02d}/{value.year:04d}"
    return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"
