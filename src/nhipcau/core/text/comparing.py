"""How many words of a repaired text are those of a text known to be right."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import NamedTuple


class Comparison(NamedTuple):
    """`equal` of `words` words stand in their place; `misses` are (right, found) stretches that differ."""

    words: int
    equal: int
    misses: list[tuple[str, str]]

    @property
    def share(self) -> float:
        """Equal words per word of the longer of the two texts; 1.0 for two empty ones."""
        return self.equal / self.words if self.words else 1.0


def compare(repaired: str, gold: str) -> Comparison:
    """Align the words (runs without white space) of both texts and count the equal ones."""
    found, right = repaired.split(), gold.split()
    equal = 0
    misses: list[tuple[str, str]] = []
    for kind, a, b, c, d in SequenceMatcher(None, right, found, autojunk=False).get_opcodes():
        if kind == "equal":
            equal += b - a
        else:
            misses.append((" ".join(right[a:b]), " ".join(found[c:d])))
    return Comparison(max(len(found), len(right)), equal, misses)
