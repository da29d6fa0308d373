"""Quotation marks that a broken font map prints as other signs: <tình hình mới= for “tình hình mới”."""

from __future__ import annotations

import re
from collections import Counter
from itertools import product

from nhipcau.core.text.textmap import Edit

_OPENING, _CLOSING = "“", "”"
_ORDINARY = frozenset(".,;:!?()[]-–—/%'\"‘’…•*+&@_°·§")
_SIGN = re.compile(r"[^\w\s]")
_LEAST_CONSISTENT = 0.9
_MOST_SIGNS = 12


def quote_edits(text: str) -> list[Edit]:
    """The edits that put “ and ” for two signs, one that only ever opens and one that only ever closes."""
    opening: Counter[str] = Counter()
    closing: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for match in _SIGN.finditer(text):
        sign = match.group()
        if sign in _ORDINARY:
            continue
        seen[sign] += 1
        opening[sign] += _opens(text, match.start())
        closing[sign] += _closes(text, match.start())
    common = [s for s, _ in seen.most_common(_MOST_SIGNS)]
    openers = [s for s in common if opening[s] >= _LEAST_CONSISTENT * seen[s] and s != _CLOSING]
    closers = [s for s in common if closing[s] >= _LEAST_CONSISTENT * seen[s] and s != _OPENING]
    pairs = [(a, b) for a, b in product(openers, closers) if _may_pair(a, b) and _alternate(text, a, b)]
    if not pairs:
        return []
    opener, closer = max(pairs, key=lambda pair: seen[pair[0]] + seen[pair[1]])
    replacing = {opener: _OPENING, closer: _CLOSING}
    found = re.finditer(f"[{re.escape(opener + closer)}]", text)
    return [(m.start(), m.end(), replacing[m.group()]) for m in found if m.group() != replacing[m.group()]]


def _may_pair(opener: str, closer: str) -> bool:
    return opener != closer and (opener, closer) not in {("<", ">"), ("{", "}"), ("«", "»"), ("“", "”")}


def _opens(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return (not before or before.isspace() or before in "([") and after.isalnum()


def _closes(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return (before.isalnum() or (before != "" and before in ".,;!?)…")) and (
        not after or after.isspace() or after in ".,;:!?)]/…"
    )


def _alternate(text: str, opener: str, closer: str) -> bool:
    """Whether the two signs take turns, the opening one first, but for one slip in ten."""
    marks = "".join(re.findall(f"[{re.escape(opener + closer)}]", text))
    turns = marks.count(opener + closer)
    return turns >= 1 and 2 * turns >= 0.8 * len(marks)
