"""Which passages of a text are written in which of several ways, word by word, neighbours tending to be
alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

Way = TypeVar("Way", bound=str)
_SWITCH_LINE, _SWITCH_WORD = -4.0, -6.0

Word = tuple[int, str]
"""(place in the text, the word)."""


def choose(
    text: str, words: Sequence[Word], ways: Sequence[Way], score: Callable[[str, Way], float]
) -> list[Way]:
    """The most likely way of each word (Viterbi). `score` is a logarithm; changing costs less at a line's
    end."""
    totals = [0.0, *[_SWITCH_LINE for _ in ways[1:]]]
    trail: list[list[int]] = []
    end = 0
    for at, word in words:
        switch = _SWITCH_LINE if text.find("\n", end, at) >= 0 else _SWITCH_WORD
        end = at + len(word)
        best = max(range(len(ways)), key=totals.__getitem__)
        origins = [i if totals[i] >= totals[best] + switch else best for i in range(len(ways))]
        totals = [
            totals[origin] + (0.0 if origin == i else switch) + score(word, ways[i])
            for i, origin in enumerate(origins)
        ]
        trail.append(origins)
    at = max(range(len(ways)), key=totals.__getitem__)
    chosen: list[Way] = []
    for origins in reversed(trail):
        chosen.append(ways[at])
        at = origins[at]
    return chosen[::-1]
