"""The readings of a damaged text: with the body font alone, then, where that does not explain a line, with a
second font that may print several letters alike."""

from __future__ import annotations

from collections import defaultdict
from math import log

from nhipcau.core.text.fontmap.candidates import fitting
from nhipcau.core.text.fontmap.channel import Channel
from nhipcau.core.text.fontmap.decoding import BOLD, Decoder
from nhipcau.core.text.fontmap.document import Line, decode, is_wrong, own_words
from nhipcau.core.text.fontmap.tokens import Token
from nhipcau.core.text.lexicon import START, Lexicon, lexicon

_ROUNDS = 2
_POOR_FIT = log(0.2)
_UNLIKELY = -21.0
_WORTH_A_FONT = 12.0
_CLEARLY_BETTER = 3.0
_TELLING, _LIKELY = 6.0, -9.0
_SECOND_FONT = 2

Exchange = tuple[str, str]
"""(printed letter, true letter)."""


def read_damaged(lines: list[Line], body: Channel) -> None:
    """Choose the reading of every word of every damaged line."""
    mixing = has_mixing_headings(lines)
    words = own_words(lines, headings=not mixing)
    decoder = Decoder(body, Channel(mixes=True, parent=body), words)
    decode(lines, decoder, bold=False)
    for line in lines:
        line.odd = line.damaged and _is_odd(line, words)
    odd = [line for line in lines if line.odd]
    if not odd:
        return
    by_body = [line.chosen for line in odd]
    exchanges: dict[Exchange, int] = {}
    for number in range(_ROUNDS):
        decode(lines, decoder, bold=True)
        if mixing and number == 0:
            exchanges = _likely_exchanges(lines, words)
        decoder = decoder.with_bold(_learn_bold(odd, body, exchanges))
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


def has_mixing_headings(lines: list[Line]) -> bool:
    """Whether headings are set in a font that prints Vietnamese letters for other ones."""
    words = lexicon()
    mixing = sum(
        any(t.places and not t.foreign and is_wrong(t, words) for t in line.tokens)
        for line in lines
        if line.heading
    )
    return mixing >= _SECOND_FONT


def _is_odd(line: Line, words: Lexicon) -> bool:
    """Whether a word of it is left damaged, fits the body font badly, or its neighbours badly."""
    for i, (token, option) in enumerate(line.pairs()):
        if not token.places:
            continue
        if option.syllable is None and (token.foreign or is_wrong(token, words)):
            return True
        if token.foreign and (option.emission < _POOR_FIT or _beside(line, i, words) < _UNLIKELY):
            return True
    return False


def _beside(line: Line, i: int, words: Lexicon) -> float:
    syllables = line.syllables(words)
    score, pairs = _in_context(line, syllables, i, syllables[i] or "", words)
    return score if pairs else score + score


def _in_context(
    line: Line, syllables: list[str | None], i: int, word: str, words: Lexicon
) -> tuple[float, bool]:
    """How likely a word is in place `i` of a line, and whether a word after it was taken into account."""
    before = START if line.tokens[i].breaks else syllables[i - 1] if i else line.before
    score = words.score(before, word)
    if i + 1 < len(syllables) and not line.tokens[i + 1].breaks and (after := syllables[i + 1]):
        return score + words.score(word, after), True
    return score, False


def _learn_bold(lines: list[Line], body: Channel, exchanges: dict[Exchange, int]) -> Channel:
    bold = Channel(mixes=True, parent=body)
    for line in lines:
        for token, option in line.pairs():
            if option.font == BOLD and option.syllable:
                for i in token.places:
                    bold.observe(option.text[i], token.raw[i])
    for (printed, true), count in exchanges.items():
        if not bold.known(printed).get(true):
            bold.observe(true, printed, count)
    return bold


def _likely_exchanges(lines: list[Line], words: Lexicon) -> dict[Exchange, int]:
    """Exchanges of Vietnamese letters that would make the words of several headings much likelier, each word
    being possible as it stands: "NÓI DUNG", "CÁN BÓ" speak for Ó in place of Ộ."""
    contexts: defaultdict[Exchange, set[tuple[str, str | None]]] = defaultdict(set)
    for line in lines:
        if line.heading:
            syllables = line.syllables(words)
            for i, token in enumerate(line.tokens):
                if token.places and not token.foreign:
                    for pair in _exchanges_in(line, syllables, i, token, words):
                        contexts[pair].add((token.key, syllables[i + 1] if i + 1 < len(syllables) else None))
    return {pair: len(found) for pair, found in contexts.items() if len(found) > 1}


def _exchanges_in(
    line: Line, syllables: list[str | None], i: int, token: Token, words: Lexicon
) -> list[Exchange]:
    if syllables[i] != token.key:
        return []
    opened = tuple(p for p in token.places if token.key[p] != "đ")
    if len(opened) != 1:
        return []
    (at,) = opened
    now = _in_context(line, syllables, i, token.key, words)[0]
    if now > _LIKELY:
        return []
    others = [w for w in fitting(token.key, opened) if w != token.key]
    scores = {w: _in_context(line, syllables, i, w, words)[0] for w in others}
    if not scores:
        return []
    best, score = max(scores.items(), key=lambda pair: pair[1])
    if score - now < _TELLING:
        return []
    return [(token.raw[at], best[at].upper() if token.raw[at].isupper() else best[at])]


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
            before = line.syllables(decoder.words)[-1]
