"""Find a broken font map in a text and put the right letters back."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import log

from nhipcau.core.text.fontmap.candidates import abbreviated
from nhipcau.core.text.fontmap.channel import Channel
from nhipcau.core.text.fontmap.decoding import BOLD, Decoder, Option
from nhipcau.core.text.fontmap.document import Line, decode, is_wrong, lines_of, own_words
from nhipcau.core.text.fontmap.learning import BodyLearner
from nhipcau.core.text.fontmap.quotes import quote_edits
from nhipcau.core.text.fontmap.tokens import Token
from nhipcau.core.text.lexicon import Lexicon
from nhipcau.core.text.textmap import Edit, TextMap, apply_edits

_ROUNDS = 2
_POOR_FIT = log(0.2)
_UNLIKELY = -21.0
_FIRM, _ATTESTED = 3, 6
_SECOND_FONT = 2
_CLEARLY_BETTER = 3.0
_WHILE_LEARNING = 0.5
_WORTH_A_FONT = 12.0


def mend(text: str) -> tuple[str, TextMap, bool]:
    """The text with its damaged words put right, the map back, and whether anything was found."""
    lines = lines_of(text)
    unchanged = text, TextMap.identity(len(text)), False
    if not any(line.damaged for line in lines):
        return unchanged
    words = own_words(lines)
    learner = BodyLearner([(line.tokens, line.capitals) for line in _set_in_body(lines, words)], words)
    body = learner.learn()
    decode(lines, Decoder(body, Channel(mixes=True, parent=body), words, _WHILE_LEARNING), bold=False)
    body = learner.learn_from(
        [(t, o.text) for line in lines for t, o in line.pairs() if t.foreign and o.syllable]
    )
    _read(lines, body)
    edits = _edits(lines, body)
    if len({text[a:b] for a, b, _ in edits}) < 2:
        return unchanged
    mended, mapping = apply_edits(text, edits)
    quoted, quotes = apply_edits(mended, quote_edits(mended))
    return quoted, mapping.then(quotes), True


def _set_in_body(lines: list[Line], words: Lexicon) -> list[Line]:
    """The lines to learn the body font from: without the headings where these mix up Vietnamese letters."""
    mixing = sum(
        any(t.places and not t.foreign and is_wrong(t, words) for t in line.tokens)
        for line in lines
        if line.heading
    )
    return [line for line in lines if not line.heading] if mixing >= _SECOND_FONT else lines


def _read(lines: list[Line], body: Channel) -> None:
    """Choose the readings: with the body font alone, then, where it does not explain a line, with a second
    one."""
    words = own_words(lines)
    decoder = Decoder(body, Channel(mixes=True, parent=body), words)
    decode(lines, decoder, bold=False)
    for line in lines:
        line.odd = line.damaged and _is_odd(line, words)
    odd = [line for line in lines if line.odd]
    if not odd:
        return
    by_body = [line.chosen for line in odd]
    for _ in range(_ROUNDS):
        decode(lines, decoder, bold=True)
        decoder = decoder.with_bold(_learn_bold(odd, body))
    decode(lines, decoder, bold=True)
    gain = sum(
        decoder.score(line.tokens, line.chosen, line.before) - decoder.score(line.tokens, plain, line.before)
        for line, plain in zip(odd, by_body, strict=True)
    )
    if gain < _WORTH_A_FONT:
        for line, plain in zip(odd, by_body, strict=True):
            line.chosen = plain
    else:
        _look_again(lines, decoder)


def _look_again(lines: list[Line], decoder: Decoder) -> None:
    """Headings in which every word could be right, read in the second font now that it is known."""
    before: str | None = None
    for line in lines:
        if line.heading and not line.odd and any(decoder.may_be_other(t) for t in line.tokens):
            plain = line.chosen or decoder.decode(line.tokens, line.capitals, before, False)
            other = decoder.decode(line.tokens, line.capitals, before, True)
            gain = decoder.score(line.tokens, other, before) - decoder.score(line.tokens, plain, before)
            line.chosen = other if gain > _CLEARLY_BETTER else line.chosen
        if line.tokens:
            before = line.chosen[-1].syllable if line.chosen else line.tokens[-1].key
            before = before if before in decoder.words else None


def _is_odd(line: Line, words: Lexicon) -> bool:
    """Whether a word of it is left damaged, fits the body font badly, or its neighbours badly."""
    known = words
    for i, (token, option) in enumerate(line.pairs()):
        if not token.places:
            continue
        if option.syllable is None and (token.foreign or is_wrong(token, known)):
            return True
        if token.foreign and (option.emission < _POOR_FIT or _beside(line, i, words) < _UNLIKELY):
            return True
    return False


def _beside(line: Line, i: int, words: Lexicon) -> float:
    chosen = line.chosen[i]
    before = line.chosen[i - 1].syllable if i and not line.tokens[i].breaks else None
    score = words.score(before, chosen.syllable or "")
    if i + 1 < len(line.chosen) and not line.tokens[i + 1].breaks and (after := line.chosen[i + 1].syllable):
        return score + words.score(chosen.syllable, after)
    return score + score


def _learn_bold(lines: list[Line], body: Channel) -> Channel:
    bold = Channel(mixes=True, parent=body)
    for line in lines:
        for token, option in line.pairs():
            if option.font == BOLD and option.syllable:
                for i in token.places:
                    bold.observe(option.text[i], token.raw[i])
    return bold


@dataclass(slots=True)
class _Change:
    """A word and what it becomes; `firm` if a foreign letter proves that its line is damaged."""

    token: Token
    new: str
    firm: bool

    def letters(self) -> list[tuple[str, str]]:
        return [
            (self.token.raw[i], self.new[i]) for i in self.token.places if self.token.raw[i] != self.new[i]
        ]


def _edits(lines: list[Line], body: Channel) -> list[Edit]:
    changes: list[_Change] = []
    for line in lines:
        found = [(t, _replacement(t, o, line.capitals, body)) for t, o in line.pairs()]
        firm = any(new != t.raw and t.foreign for t, new in found)
        changes += [_Change(t, new, firm) for t, new in found if new != t.raw]
    witnesses: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for change in changes:
        for pair in change.letters():
            witnesses[pair].add(change.token.key)
    attested = [c for c in changes if all(len(witnesses[pair]) > 1 for pair in c.letters())]
    if sum(c.firm for c in changes) < _FIRM and len(attested) < _ATTESTED:
        changes = [c for c in changes if c.firm or c in attested]
    return [(c.token.start, c.token.end, c.new) for c in changes]


def _replacement(token: Token, option: Option, capitals: bool, body: Channel) -> str:
    """The reading; for a word that is no syllable (QĐ-TTg, a name), each letter as the body font prints
    it."""
    if option.text != token.raw or not token.foreign:
        return option.text
    if (abbreviation := abbreviated(token)) is not None:
        return abbreviation
    letters = list(token.raw)
    for i in token.foreign:
        true = body.surely(token.raw[i])
        if true is None:
            return token.raw
        letters[i] = true.upper() if token.case == "upper" or (token.case == "open" and capitals) else true
    return "".join(letters)
