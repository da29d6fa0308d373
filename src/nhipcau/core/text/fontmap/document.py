"""A damaged text by its lines, and what its own words tell about the language it is written in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from nhipcau.core.text.fontmap.decoding import Decoder, Option
from nhipcau.core.text.fontmap.tokens import Token, in_capitals, letter_signs, looks_wrong, tokenize
from nhipcau.core.text.lexicon import START, Lexicon, lexicon

_SURE = -1.0
_LONGEST_HEADING = 90
_LABEL = re.compile(r"\s*(?:[IVXLC]+|\d+(?:\.\d+)*|[a-zđ])[.)]\s")


@dataclass(slots=True)
class Line:
    """One line: `damaged` if any word of it may be, `odd` where the body font does not explain all of it."""

    tokens: list[Token]
    capitals: bool
    damaged: bool
    heading: bool = False
    """Set like a heading, which often has a font of its own."""
    odd: bool = False
    before: str | None = None
    chosen: list[Option] = field(default_factory=list)

    def syllables(self, known: Container[str]) -> list[str | None]:
        """The line's words as chosen, else as they stand; None for what is no known syllable."""
        if self.chosen:
            return [option.syllable for option in self.chosen]
        return [t.key if t.key in known and not t.foreign else None for t in self.tokens]

    def pairs(self) -> Iterable[tuple[Token, Option]]:
        """Each word with its chosen reading, where the line was decoded."""
        return zip(self.tokens, self.chosen, strict=bool(self.chosen))


def lines_of(text: str) -> list[Line]:
    """The text's lines with their words."""
    lines: list[Line] = []
    at = 0
    signs = letter_signs(text)
    known = lexicon().words
    for content in text.split("\n"):
        tokens = tokenize(content, at, signs)
        damaged = any(t.places and (t.foreign or is_wrong(t, known)) for t in tokens)
        capitals = in_capitals(content, tokens)
        heading = len(content) < _LONGEST_HEADING and (capitals or _LABEL.match(content) is not None)
        lines.append(Line(tokens, capitals, damaged, heading))
        at += len(content) + 1
    return lines


def is_wrong(token: Token, known: Container[str]) -> bool:
    """Whether a word of Vietnamese letters cannot be right: no syllable, or none in use."""
    return looks_wrong(token.raw) or (token.key not in known and not token.raw.isupper())


def decode(lines: list[Line], decoder: Decoder, bold: bool) -> None:
    """Choose the readings of all damaged lines, or, with `bold`, of the odd ones in both fonts."""
    before: str | None = None
    for line in lines:
        if line.damaged and (line.odd or not bold):
            line.before = before
            line.chosen = decoder.decode(line.tokens, line.capitals, before, bold)
        if line.tokens:
            before = line.syllables(decoder.words)[-1]


def own_words(lines: list[Line], headings: bool) -> Lexicon:
    """The language's lexicon with the text's own words: undamaged ones, and readings that leave no doubt.
    `headings`: those of headings, too."""
    base = lexicon()
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for line in lines:
        if line.heading and not headings:
            continue
        if line.chosen:
            known = [o.syllable if o.emission > _SURE else None for o in line.chosen]
        else:
            known = [None if t.foreign or t.key not in base.words else t.key for t in line.tokens]
        words.update(k for k in known if k)
        pairs.update(
            (START if t.breaks else a, b)
            for (a, b), t in zip(pairwise([START, *known]), line.tokens, strict=True)
            if a and b
        )
    return base.with_words(words, pairs)
