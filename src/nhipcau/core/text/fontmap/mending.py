"""Find a broken font map in a text and put the right letters back."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from nhipcau.core.text.fontmap.candidates import abbreviated
from nhipcau.core.text.fontmap.channel import Channel
from nhipcau.core.text.fontmap.decoding import BOLD, Decoder, Option
from nhipcau.core.text.fontmap.document import Line, decode, lines_of, own_words
from nhipcau.core.text.fontmap.learning import BodyLearner
from nhipcau.core.text.fontmap.quotes import quote_edits
from nhipcau.core.text.fontmap.reading import has_mixing_headings, read_damaged
from nhipcau.core.text.fontmap.tokens import Token
from nhipcau.core.text.textmap import Edit, TextMap, apply_edits

_FIRM, _ATTESTED = 3, 6
_MOST_FOREIGN = 200
_WHILE_LEARNING = 0.5


def mend(text: str) -> tuple[str, TextMap, bool]:
    """The text with its damaged words put right, the map back, and whether anything was found."""
    lines = lines_of(text)
    unchanged = text, TextMap.identity(len(text)), False
    if not any(line.damaged for line in lines) or _is_noise(lines):
        return unchanged
    mixing = has_mixing_headings(lines)
    words = own_words(lines, headings=not mixing)
    in_body = [line for line in lines if not (mixing and line.heading)]
    learner = BodyLearner([(line.tokens, line.capitals) for line in in_body], words)
    body = learner.learn()
    decode(lines, Decoder(body, Channel(mixes=True, parent=body), words, _WHILE_LEARNING), bold=False)
    body = learner.learn_from(
        [(t, o.text) for line in lines for t, o in line.pairs() if t.foreign and o.syllable]
    )
    read_damaged(lines, body)
    edits = _edits(lines, body)
    if len({text[a:b] for a, b, _ in edits}) < 2:
        return unchanged
    mended, mapping = apply_edits(text, edits)
    quoted, quotes = apply_edits(mended, quote_edits(mended))
    return quoted, mapping.then(quotes), True


def _is_noise(lines: list[Line]) -> bool:
    """More kinds of foreign letters than a font has: another script, or a file that is no text."""
    foreign = {t.raw[i] for line in lines for t in line.tokens for i in t.foreign}
    return len(foreign) > _MOST_FOREIGN


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
        found = [
            (t, new.capitalize() if _heads_committee(line, i) else new) for i, (t, new) in enumerate(found)
        ]
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


def _heads_committee(line: Line, i: int) -> bool:
    """A second font does not tell capitals apart, but the name of every "Ủy ban" has one."""
    if line.chosen[i].font != BOLD or line.chosen[i].text not in ("ủy", "uỷ"):
        return False
    return i + 1 < len(line.tokens) and line.tokens[i + 1].raw == "ban"


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
