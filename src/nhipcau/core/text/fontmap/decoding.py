"""The words of a damaged line, chosen together: by the font's channel, likelihood and neighbours."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf, log
from typing import NamedTuple

from nhipcau.core.text.fontmap.candidates import cased, fitting
from nhipcau.core.text.fontmap.channel import Channel
from nhipcau.core.text.fontmap.tokens import VIETNAMESE, Token, looks_wrong
from nhipcau.core.text.lexicon import Lexicon

_UNKNOWN_WORD = -14.0
_FOREIGN_LEFT = -9.0
_SWITCH, _START_BOLD = -4.0, -3.0
_KEPT = 10
_FAR_BEHIND = 14.0
BODY, BOLD = 0, 1


class Option(NamedTuple):
    """One reading of a word in one font. `syllable` (lower case) is None where it is none."""

    font: int
    text: str
    syllable: str | None
    emission: float


@dataclass(slots=True)
class Decoder:
    """Chooses among the readings that the two fonts' channels allow."""

    body: Channel
    bold: Channel
    words: Lexicon
    _memory: dict[tuple[str, bool, bool, int], list[Option]] = field(default_factory=dict)

    def with_bold(self, bold: Channel) -> Decoder:
        """The same with another bold channel; what was found out about the body is kept."""
        kept = {key: options for key, options in self._memory.items() if key[3] == BODY}
        return Decoder(self.body, bold, self.words, kept)

    def decode(self, tokens: list[Token], capitals: bool, before: str | None, bold: bool) -> list[Option]:
        """The best chain of readings. `before`: the syllable it follows; `bold`: both fonts are possible."""
        fonts = (BODY, BOLD) if bold else (BODY,)
        columns: list[list[Option]] = []
        trails: list[list[int]] = []
        scores: list[float] = []
        for index, token in enumerate(tokens):
            column = [o for f in fonts for o in self._options(token, capitals, index == 0, f)]
            if index == 0:
                scores = [self._first(o, None if token.breaks else before) for o in column]
            else:
                scores, trail = self._step(columns[-1], scores, column, token.breaks)
                trails.append(trail)
            columns.append(column)
        if not columns:
            return []
        at = max(range(len(scores)), key=scores.__getitem__)
        chosen = [columns[-1][at]]
        for column, trail in zip(reversed(columns[:-1]), reversed(trails), strict=True):
            at = trail[at]
            chosen.append(column[at])
        return chosen[::-1]

    def _first(self, option: Option, before: str | None) -> float:
        start = _START_BOLD if option.font == BOLD else 0.0
        return start + option.emission + self._likelihood(before, option)

    def _step(
        self, previous: list[Option], scores: list[float], column: list[Option], breaks: bool
    ) -> tuple[list[float], list[int]]:
        following: list[float] = []
        trail: list[int] = []
        for option in column:
            best, at = -inf, 0
            for i, earlier in enumerate(previous):
                total = scores[i] + self._likelihood(None if breaks else earlier.syllable, option)
                if earlier.font != option.font:
                    total += _SWITCH
                if total > best:
                    best, at = total, i
            following.append(best + option.emission)
            trail.append(at)
        return following, trail

    def _likelihood(self, before: str | None, option: Option) -> float:
        return _UNKNOWN_WORD if option.syllable is None else self.words.score(before, option.syllable)

    def _options(self, token: Token, capitals: bool, first: bool, font: int) -> list[Option]:
        opens = token.breaks or first
        key = (token.raw, capitals, opens, font)
        found = self._memory.get(key)
        if found is None:
            found = self._memory[key] = self._make_options(token, capitals, opens, font)
        return found

    def _make_options(self, token: Token, capitals: bool, opens: bool, font: int) -> list[Option]:
        channel = self.bold if font == BOLD else self.body
        options = [self._left(token, channel, font)]
        opened = self._opened(token, font)
        if opened:
            made = [
                Option(font, text, syllable, log(share) + self._emission(token, text, channel))
                for syllable in fitting(token.key, opened)
                for text, share in cased(token.raw, syllable, token.case, capitals, opens)
                if text != token.raw
            ]
            options += self._promising(made)
        return options

    def _promising(self, options: list[Option]) -> list[Option]:
        ranked = sorted(
            [(o.emission + self.words.score(None, o.syllable or ""), o) for o in options], reverse=True
        )
        return [o for total, o in ranked[:_KEPT] if total > ranked[0][0] - _FAR_BEHIND]

    def _opened(self, token: Token, font: int) -> tuple[int, ...]:
        if font == BODY:
            return token.foreign
        wrong = looks_wrong(token.raw) or token.key not in self.words.words
        return tuple(
            i
            for i in token.places
            if i in token.foreign or (wrong and token.key[i] != "đ") or self._may_mean_other(token.raw[i])
        )

    def _may_mean_other(self, printed: str) -> bool:
        return any(true != printed for true in self.bold.known(printed))

    def _left(self, token: Token, channel: Channel, font: int) -> Option:
        """The word as it stands."""
        known = token.key in self.words.words and not looks_wrong(token.raw)
        emission = 0.0
        for i in token.places:
            letter = token.raw[i]
            emission += channel.log_probability(letter, letter) if letter in VIETNAMESE else _FOREIGN_LEFT
        return Option(font, token.raw, token.key if known else None, emission)

    @staticmethod
    def _emission(token: Token, text: str, channel: Channel) -> float:
        return sum(channel.log_probability(token.raw[i], text[i]) for i in token.places)
