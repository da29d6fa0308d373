"""Where the sentences of a report's text begin and end, for marking some of them.

Results are listed with semicolons, so a piece ends there too. A full stop after an abbreviation ("TP.",
"ThS.") ends nothing.
"""

from __future__ import annotations

import re

Span = tuple[int, int]
_END = re.compile(r"\n+|[.!?…;]+(?=[\s\"”’)]|$)[\"”’)]*")
_ABBREVIATION = re.compile(r"(?:^|[\s(.])(?:[A-ZĐ][a-zđ]?[A-ZĐ]?[a-zđ]?|[A-ZĐ]{1,3}|[tT][pP]|[vV]\.v|số)$")


def sentences(text: str) -> list[Span]:
    """(start, end) of each piece, in order, without the blanks between; together they hold every word."""
    found: list[Span] = []
    begin = 0
    for end in _END.finditer(text):
        if end[0] == "." and _goes_on(text, begin, end.start(), end.end()):
            continue
        _keep(found, text, begin, end.end())
        begin = end.end()
    _keep(found, text, begin, len(text))
    return found


def _goes_on(text: str, begin: int, stop: int, after: int) -> bool:
    """An abbreviation stands before the stop and words follow, or a small letter does."""
    rest = text[after:].lstrip(" ")
    if not rest or rest[0] == "\n":
        return False
    return rest[0].islower() or bool(_ABBREVIATION.search(text[max(begin, stop - 8) : stop]))


def _keep(found: list[Span], text: str, begin: int, end: int) -> None:
    piece = text[begin:end]
    start = begin + len(piece) - len(piece.lstrip())
    stop = start + len(piece.strip())
    if stop > start:
        found.append((start, stop))


def merged(spans: list[Span]) -> list[Span]:
    """Spans in order, those that touch or overlap as one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found
