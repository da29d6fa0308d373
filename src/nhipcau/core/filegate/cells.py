"""Text on its way into a spreadsheet: it must stay text, whatever it begins with."""

from __future__ import annotations

import re

LONGEST = 32_000
_LEADING = "[ \u00a0\ufeff\u200b-\u200f\u202a-\u202e\u2060\"'“”‘’]*"
_FORMULA = re.compile(_LEADING + "[=+\\-@＝＋－＠\\t\\r\\n\\x00]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def sheet_text(value: object) -> str:
    """`value` as characters that a workbook may hold: no control characters, at most 32,000 long."""
    text = _CONTROLS.sub("", "" if value is None else str(value))
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def csv_text(value: object) -> str:
    """`value` for a CSV cell: with a leading ' where a spreadsheet program could take it for a formula."""
    raw = "" if value is None else str(value)
    text = sheet_text(raw)
    return "'" + text if _FORMULA.match(raw) or _FORMULA.match(text) else text
