"""The words of a damaged line, chosen together: by the font's channel, likelihood and neighbours."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import inf, log
from typing import NamedTuple

from nhipcau.core.text.fontmap.candidates import cased, fitting
from nhipcau.core.text.fontmap.channel import Channel
from nhipcau.core.text.fontmap.tokens import VIETNAMESE, Token, looks_wrong
from nhipcau.core.text.lexicon import START, Lexicon

_UNKNOWN_WORD, _IMPOSSIBLE_WORD = -14.0, -17.0
_FOREIGN_LEFT = -9.0
_SWITCH, _START_BOLD = -4.0, -3.0
_KEPT = 8
_FAR_BEHIND = 11.0
BODY, BOLD = 0, 1


class Option(NamedTuple):
    """One reading of a word in one font. `syllable` (lower case) is None where it is none: then `emission`
    holds what an unknown word costs, too."""

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
    trust: float = 1.0
    """How far the channels are believed against the words: below 1 while they are still being learned."""
    _memory: dict[tuple[str, bool, bool, int], list[Option]] = field(default_factory=dict)

    def with_bold(self, bold: Channel) -> Decoder:
        """The same with another bold channel; what was found out about the body is kept."""
        kept = {key: options for key, options in self._memory.items() if key[3] == BODY}
        return Decoder(self.body, bold, self.words, self.trust, kept)

    def decode(self, tokens: list[Token], capitals: bool, before: str | None, bold: bool) -> list[Option]:
        """The best chain of readings. `before`: the syllable it follows; `bold`: both fonts are possible."""
        fonts = (BODY, BOLD) if bold else (BODY,)
        start = Option(BODY, "", before, 0.0)
        column, scores = [start], [0.0]
        columns: list[list[Option]] = []
        trails: list[list[int]] = []
        for index, token in enumerate(tokens):
            following = [o for f in fonts for o in self._options(token, capitals, index == 0, f)]
            if len(following) == 1 and len(column) == 1:
                trails.append([0])
            else:
                scores, trail = self._step(column, scores, following, token.breaks, index == 0)
                trails.append(trail)
            column = following
            columns.append(column)
        at = max(range(len(scores)), key=scores.__getitem__) if len(column) > 1 else 0
        chosen: list[Option] = []
        for column, trail in zip(reversed(columns), reversed(trails), strict=True):
            chosen.append(column[at])
            at = trail[at]
        return chosen[::-1]

    def score(self, tokens: list[Token], chosen: list[Option], before: str | None) -> float:
        """How good a chain of readings is: its channels, its words, its changes of font."""
        total, font = 0.0, BODY
        for i, (token, option) in enumerate(zip(tokens, chosen, strict=True)):
            if option.font != font:
                total += _SWITCH if i else _START_BOLD
            if option.syllable is not None:
                total += self.words.score(START if token.breaks else before, option.syllable)
            total += option.emission
            font, before = option.font, option.syllable
        return total

    def _step(
        self, previous: list[Option], scores: list[float], column: list[Option], breaks: bool, first: bool
    ) -> tuple[list[float], list[int]]:
        likelihood = self.words.score
        switch = _START_BOLD if first else _SWITCH
        if len(previous) == 1:
            scores = [0.0]
        earlier = [
            (START if breaks else o.syllable, o.font, s) for o, s in zip(previous, scores, strict=True)
        ]
        following: list[float] = []
        trail: list[int] = []
        for _, _, syllable, emission in column:
            font = column[len(following)].font
            best, at = -inf, 0
            for i, (before, its_font, so_far) in enumerate(earlier):
                total = so_far if syllable is None else so_far + likelihood(before, syllable)
                if its_font != font:
                    total += switch
                if total > best:
                    best, at = total, i
            following.append(best + emission)
            trail.append(at)
        return following, trail

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
        if opened and not self._abbreviates(token, opened) and not self._is_alien(token):
            options += [
                Option(font, text, syllable, log(share) + self._emission(token, text, channel))
                for syllable in fitting(token.key, opened)
                for text, share in cased(token.raw, syllable, token.case, capitals, opens)
                if text != token.raw
            ]
            return self._promising(options)
        return options

    def _promising(self, options: list[Option]) -> list[Option]:
        score = self.words.score
        ranked = sorted(
            [(o.emission + (score(None, o.syllable) if o.syllable else 0.0), o) for o in options],
            key=lambda pair: -pair[0],
        )
        return [o for total, o in ranked[:_KEPT] if total > ranked[0][0] - _FAR_BEHIND]

    def _opened(self, token: Token, font: int) -> tuple[int, ...]:
        if font == BODY:
            return token.foreign
        wrong = looks_wrong(token.raw) or token.key not in self.words
        return tuple(
            i
            for i in token.places
            if i in token.foreign or (wrong and token.key[i] != "đ") or self._may_mean_other(token.raw[i])
        )

    def _abbreviates(self, token: Token, opened: tuple[int, ...]) -> bool:
        """QĐ, NĐ-CP, HĐND: capitals without a vowel, what is open being Đ for sure."""
        plain = [c for i, c in enumerate(token.raw) if i not in opened]
        if len(token.raw) < 2 or not all("A" <= c <= "Z" and c not in "AEIOUY" for c in plain):
            return False
        return all(self.body.surely(token.raw[i]) == "Đ" for i in opened)

    def _is_alien(self, token: Token) -> bool:
        """A word of foreign letters only, of which some are not known from other words: Chinese, Russian."""
        if len(token.foreign) < len(token.raw):
            return False
        return not all(self.body.known(c) or self.bold.known(c) for c in token.raw)

    def may_be_other(self, token: Token) -> bool:
        """Whether the second font may have printed one of its Vietnamese letters for another."""
        return any(self._may_mean_other(token.raw[i]) for i in token.places if i not in token.foreign)

    def _may_mean_other(self, printed: str) -> bool:
        return any(true != printed for true in self.bold.known(printed))

    def _left(self, token: Token, channel: Channel, font: int) -> Option:
        """The word as it stands."""
        wrong = looks_wrong(token.raw)
        known = token.key in self.words and not wrong
        emission = 0.0 if known else _IMPOSSIBLE_WORD if wrong and not token.foreign else _UNKNOWN_WORD
        for i in token.places:
            letter = token.raw[i]
            emission += channel.log_probability(letter, letter) if letter in VIETNAMESE else _FOREIGN_LEFT
        return Option(font, token.raw, token.key if known else None, emission)

    def _emission(self, token: Token, text: str, channel: Channel) -> float:
        raw = token.raw
        return self.trust * sum([channel.log_probability(raw[i], text[i]) for i in token.places])
