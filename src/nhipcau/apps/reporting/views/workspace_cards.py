"""The passages of a place as cards: what was written, by whom, what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from nhipcau.apps.reporting.figures import Unit
from nhipcau.apps.reporting.gathering import Gathered, Handled
from nhipcau.apps.reporting.likeness import Alike
from nhipcau.apps.reporting.sentences import sentences


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence of a card. `taken`: words of it stand in the draft; `breaks`: a line ends before it."""

    start: int
    end: int
    text: str
    taken: bool
    breaks: bool


@dataclass(frozen=True, slots=True)
class Change:
    """Words of a text against another's: kept, gone or new."""

    tag: str
    words: str


@dataclass(frozen=True, slots=True)
class Near:
    """A text that is nearly the same, with what differs."""

    pk: int
    name: str
    changes: tuple[Change, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class Card:
    """Passages that say the same, shown once. `also` are the others' ids, `names` all units'.

    `numbers` are those of the draft's paragraphs that it stands in; `reasons` why it was set aside.
    """

    pk: int
    names: tuple[str, ...]
    addressee: str
    pieces: tuple[Piece, ...]
    also: tuple[int, ...]
    near: tuple[Near, ...]
    numbers: tuple[int, ...]
    reasons: tuple[str, ...]
    open: bool

    @property
    def members(self) -> tuple[int, ...]:
        return (self.pk, *self.also)

    @property
    def marked(self) -> SafeString:
        """Its sentences with a box each; written in code, as a page has a thousand of them."""
        return mark_safe("".join(map(_box, self.pieces)))  # noqa: S308 - escaped there

    @property
    def read(self) -> SafeString:
        """Its sentences for those who only read."""
        return mark_safe("".join(map(_words, self.pieces)))  # noqa: S308 - escaped there

    @property
    def aside(self) -> bool:
        return bool(self.reasons) and not self.open and not self.numbers


@dataclass(frozen=True, slots=True)
class Deck:
    """What cards are made from."""

    passages: Sequence[Gathered]
    units: Mapping[int, Unit]
    known: Handled
    numbers: Mapping[int, int]

    def open(self, group: Alike) -> bool:
        """Whether one of the passages that say the same, or nearly, was not looked at."""
        return any(self.known.open(self.passages[at].pk) for at in (*group.same, *group.near))

    def taken(self, group: Alike) -> bool:
        return any(self.passages[at].pk in self.known.taken for at in (*group.same, *group.near))

    def aside(self, group: Alike) -> bool:
        return any(self.passages[at].pk in self.known.aside for at in (*group.same, *group.near))

    def card(self, group: Alike, texts: Mapping[int, str]) -> Card:
        """`texts` by passage, of all of the group."""
        some = [self.passages[at] for at in group.same]
        first = some[0]
        spans = [span for each in some for span in self.known.taken.get(each.pk, ())]
        here = [(start, end) for _paragraph, start, end in self.known.taken.get(first.pk, ())]
        reasons = (self.known.aside[each.pk] for each in some if each.pk in self.known.aside)
        return Card(
            pk=first.pk,
            names=tuple(dict.fromkeys(self.units[each.unit].name for each in some)),
            addressee=first.addressee,
            pieces=pieces_of(texts[first.pk], here),
            also=tuple(each.pk for each in some[1:]),
            near=tuple(self._near(self.passages[at], first, texts) for at in group.near),
            numbers=tuple(sorted({self.numbers[span[0]] for span in spans if span[0] in self.numbers})),
            reasons=tuple(dict.fromkeys(reasons)),
            open=any(self.known.open(each.pk) for each in some),
        )

    def _near(self, each: Gathered, first: Gathered, texts: Mapping[int, str]) -> Near:
        changes = changes_of(texts[first.pk], texts[each.pk])
        return Near(each.pk, self.units[each.unit].name, changes, self.known.open(each.pk))


def _words(piece: Piece) -> str:
    words = escape(piece.text)
    inner = f"<mark>{words}</mark>" if piece.taken else f"<span>{words}</span>"
    return f"{'<br>' if piece.breaks else ''}{inner} "


def _box(piece: Piece) -> str:
    words = escape(piece.text)
    inner = f"<mark>{words}</mark>" if piece.taken else f"<span>{words}</span>"
    box = f'<input type="checkbox" name="s" value="{piece.start}-{piece.end}">'
    label = f'<label class="co-s" data-start="{piece.start}" data-user-text>{box}{inner}</label> '
    return f"{'<br>' if piece.breaks else ''}{label}"


def pieces_of(text: str, taken: Sequence[tuple[int, int]]) -> tuple[Piece, ...]:
    """The sentences of a text, those marked of which words were taken."""
    found = []
    last = 0
    for start, end in sentences(text):
        used = any(begin < end and start < stop for begin, stop in taken)
        found.append(Piece(start, end, text[start:end], used, "\n" in text[last:start]))
        last = end
    return tuple(found)


def changes_of(old: str, new: str) -> tuple[Change, ...]:
    """Word by word: "same", "gone" or "new"."""
    mine, yours = old.split(), new.split()
    found = []
    for tag, a, b, c, d in SequenceMatcher(None, mine, yours, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Change("same", " ".join(mine[a:b])))
            continue
        if a < b:
            found.append(Change("gone", " ".join(mine[a:b])))
        if c < d:
            found.append(Change("new", " ".join(yours[c:d])))
    return tuple(found)
