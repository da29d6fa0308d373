"""From places in a derived text back to places in the text it was made from."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

Edit = tuple[int, int, str]
"""(start, end, replacement): characters start..end of the original became `replacement`."""


def apply_edits(text: str, edits: Iterable[Edit]) -> tuple[str, TextMap]:
    """Make the edits (in order, not overlapping) and return the new text with its map."""
    parts: list[str] = []
    kept: list[Edit] = []
    at = 0
    for start, end, new in edits:
        if start < at or end < start or end > len(text):
            raise ValueError(f"edit {start}..{end} overlaps, runs backwards or leaves the text")
        parts += (text[at:start], new)
        kept.append((start, end, new))
        at = end
    if not kept:
        return text, TextMap.identity(len(text))
    parts.append(text[at:])
    return "".join(parts), TextMap.from_edits(kept, len(text))


@dataclass(frozen=True, slots=True)
class _Layer:
    """One round of edits: where each begins in the derived and in the original text, and how long it is."""

    derived: tuple[int, ...]
    derived_size: tuple[int, ...]
    original: tuple[int, ...]
    original_size: tuple[int, ...]

    def start(self, offset: int) -> int:
        i = bisect_right(self.derived, offset) - 1
        if i < 0:
            return offset
        past = offset - self.derived[i]
        if past >= self.derived_size[i]:
            return self.original[i] + self.original_size[i] + past - self.derived_size[i]
        return self.original[i] + max(0, min(past, self.original_size[i] - 1))

    def end(self, offset: int) -> int:
        i = bisect_left(self.derived, offset) - 1
        if i < 0:
            return offset
        past = offset - self.derived[i]
        if past >= self.derived_size[i]:
            return self.original[i] + self.original_size[i] + past - self.derived_size[i]
        return self.original[i] + min(past, self.original_size[i])


@dataclass(frozen=True, slots=True)
class TextMap:
    """Maps offsets 0..`derived_length` of a derived text to offsets 0..`original_length` of the original.

    Offsets count characters (code points). The map is total and never runs backwards.
    Where characters were taken out, the place between them has two sides: `to_original` gives the one where
    the next character begins, `span` closes at the one where the last character ended.
    """

    derived_length: int
    original_length: int
    _layers: tuple[_Layer, ...] = ()

    @classmethod
    def identity(cls, length: int) -> Self:
        """The map of a text that was not changed."""
        return cls(length, length)

    @classmethod
    def from_edits(cls, edits: Iterable[Edit], length: int) -> Self:
        """The map for `edits` (in order, not overlapping) made to a text of `length` characters."""
        derived, derived_size, original, original_size = [], [], [], []
        shift = 0
        for start, end, new in edits:
            derived.append(start + shift)
            derived_size.append(len(new))
            original.append(start)
            original_size.append(end - start)
            shift += len(new) - (end - start)
        if not derived:
            return cls.identity(length)
        layer = _Layer(tuple(derived), tuple(derived_size), tuple(original), tuple(original_size))
        return cls(length + shift, length, (layer,))

    def to_original(self, offset: int) -> int:
        """Where the character at `offset` of the derived text begins in the original."""
        self._check(offset, self.derived_length)
        for layer in reversed(self._layers):
            offset = layer.start(offset)
        return offset

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that characters start..end of the derived text were made from."""
        first = self.to_original(start)
        self._check(end, self.derived_length)
        for layer in reversed(self._layers):
            end = layer.end(end)
        return first, max(first, end)

    def then(self, later: TextMap) -> TextMap:
        """This map followed by `later`, whose original is this map's derived text."""
        if later.original_length != self.derived_length:
            raise ValueError(f"a text of {self.derived_length} characters, a map for {later.original_length}")
        return TextMap(later.derived_length, self.original_length, self._layers + later._layers)

    @staticmethod
    def _check(offset: int, length: int) -> None:
        if not 0 <= offset <= length:
            raise IndexError(f"offset {offset} outside 0..{length}")
