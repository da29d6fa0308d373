"""The labels of a form's sections, from their order: I., 1., a)."""

from __future__ import annotations

from collections.abc import Sequence

# Officials letter with đ and without f, j, w, z.
LETTERS = "abcdđeghiklmnopqrstuvxy"
_ROMAN = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def labels(levels: Sequence[int]) -> list[str]:
    """The label of each section, given the levels (1 to 3) in their order. A deeper count begins anew."""
    counts = [0, 0, 0]
    found = []
    for level in levels:
        counts[level - 1] += 1
        counts[level:] = [0] * (3 - level)
        found.append(_label(level, counts[level - 1]))
    return found


def _label(level: int, number: int) -> str:
    if level == 1:
        return f"{_roman(number)}."
    return f"{number}." if level == 2 else f"{_letters(number)})"


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text


def _letters(number: int) -> str:
    """a, b, … y, aa, ab …"""
    text = ""
    while number:
        number, at = divmod(number - 1, len(LETTERS))
        text = LETTERS[at] + text
    return text
