"""Find a broken font map in a text and put the right letters back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from math import log

from nhipcau.core.text.fontmap.channel import Channel
from nhipcau.core.text.fontmap.decoding import BOLD, Decoder, Option
from nhipcau.core.text.fontmap.learning import kinds_of, learn_body
from nhipcau.core.text.fontmap.quotes import quote_edits
from nhipcau.core.text.fontmap.tokens import Token, in_capitals, letter_signs, looks_wrong, tokenize
from nhipcau.core.text.lexicon import Lexicon, lexicon
from nhipcau.core.text.textmap import TextMap, apply_edits

_ROUNDS = 3
_POOR_FIT = log(0.2)
_UNLIKELY = -21.0


@dataclass(slots=True)
class _Line:
    tokens: list[Token]
    capitals: bool
    damaged: bool
    odd: bool = False
    """The body font does not explain all of it."""
    chosen: list[Option] = field(default_factory=list)


def mend(text: str) -> tuple[str, TextMap, bool]:
    """The text with its damaged words put right, the map back, and whether anything was found."""
    lines = _lines(text)
    if not any(line.damaged for line in lines):
        return text, TextMap.identity(len(text)), False
    words = _with_own_words(lines)
    body = learn_body(kinds_of([(line.tokens, line.capitals) for line in lines]), words)
    decoder = Decoder(body, Channel(mixes=True, parent=body), words)
    _decode(lines, decoder)
    for line in lines:
        line.odd = line.damaged and _is_odd(line, words)
    for _ in range(_ROUNDS if any(line.odd for line in lines) else 0):
        _decode([line for line in lines if line.odd], decoder)
        decoder = decoder.with_bold(_learn_bold(lines, body))
    _decode(lines, decoder)
    edits = []
    for line in lines:
        for token, option in zip(line.tokens, line.chosen, strict=False):
            new = _spelled(token, line.capitals, body) if option.text == token.raw else option.text
            if new != token.raw:
                edits.append((token.start, token.end, new))
    if len({text[a:b] for a, b, _ in edits}) < 2:
        return text, TextMap.identity(len(text)), False
    mended, mapping = apply_edits(text, edits)
    quoted, quotes = apply_edits(mended, quote_edits(mended))
    return quoted, mapping.then(quotes), True


def _spelled(token: Token, capitals: bool, body: Channel) -> str:
    """A word that is no syllable (QĐ-TTg, a name), letter by letter as the body font is known to print."""
    letters = list(token.raw)
    for i in token.foreign:
        true = body.surely(token.raw[i])
        if true is None:
            return token.raw
        letters[i] = true.upper() if token.case == "upper" or (token.case == "open" and capitals) else true
    return "".join(letters)


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    at = 0
    signs = letter_signs(text)
    known = lexicon().words
    for content in text.split("\n"):
        tokens = tokenize(content, at, signs)
        damaged = any(t.places and (t.foreign or _is_wrong(t, known)) for t in tokens)
        lines.append(_Line(tokens, in_capitals(tokens), damaged))
        at += len(content) + 1
    return lines


def _is_wrong(token: Token, known: dict[str, float]) -> bool:
    return looks_wrong(token.raw) or (token.key not in known and not token.raw.isupper())


def _with_own_words(lines: list[_Line]) -> Lexicon:
    base = lexicon()
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for line in lines:
        known = [
            t.key if not t.foreign and t.key in base.words and not looks_wrong(t.raw) else None
            for t in line.tokens
        ]
        words.update(k for k in known if k)
        pairs.update(
            (a, b)
            for (a, b), t in zip(pairwise(known), line.tokens[1:], strict=False)
            if a and b and not t.breaks
        )
    return base.with_words(words, pairs)


def _decode(lines: list[_Line], decoder: Decoder) -> None:
    before: str | None = None
    for line in lines:
        if line.damaged:
            line.chosen = decoder.decode(line.tokens, line.capitals, before, line.odd)
            before = line.chosen[-1].syllable if line.chosen else before
        elif line.tokens:
            last = line.tokens[-1]
            before = last.key if last.key in decoder.words.words else None


def _is_odd(line: _Line, words: Lexicon) -> bool:
    """Whether a word of it is left damaged, fits the body font badly, or its neighbours badly."""
    known = words.words
    for i, (token, option) in enumerate(zip(line.tokens, line.chosen, strict=True)):
        if not token.places:
            continue
        if option.syllable is None and (token.foreign or _is_wrong(token, known)):
            return True
        if token.foreign and (option.emission < _POOR_FIT or _beside(line, i, words) < _UNLIKELY):
            return True
    return False


def _beside(line: _Line, i: int, words: Lexicon) -> float:
    chosen = line.chosen[i]
    before = line.chosen[i - 1].syllable if i and not line.tokens[i].breaks else None
    score = words.score(before, chosen.syllable or "")
    if i + 1 < len(line.chosen) and not line.tokens[i + 1].breaks and (after := line.chosen[i + 1].syllable):
        return score + words.score(chosen.syllable, after)
    return score + score


def _learn_bold(lines: list[_Line], body: Channel) -> Channel:
    bold = Channel(mixes=True, parent=body)
    for line in lines:
        for token, option in zip(line.tokens, line.chosen, strict=False):
            if option.font == BOLD and option.syllable:
                for i in token.places:
                    bold.observe(option.text[i], token.raw[i])
    return bold
