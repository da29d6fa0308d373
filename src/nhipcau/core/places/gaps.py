"""What a text names besides the units that were found: then these are not the ones that it means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nhipcau.core.places.chains import Chain
from nhipcau.core.places.mentions import Mention, Mentions
from nhipcau.core.places.units import TIERS, Version
from nhipcau.core.places.words import AFTER, BEFORE, STREET, TIER_OF, TYPE_WORDS, Word, types_named


@dataclass(frozen=True, slots=True)
class Gap:
    """A phrase that no unit is found for, and the units among which it was looked for."""

    phrase: str
    beside: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its words and what they name."""

    text: str
    words: list[Word]
    named: Mentions

    def between(self, begin: int, end: int) -> str:
        """The words from `begin` until before `end`, as they stand."""
        return self.text[self.words[begin].start : self.words[end - 1].end]


def gaps(text: Text, chains: list[Chain]) -> list[list[Gap]]:
    """Of each chain, what the text names and the chain does not explain."""
    slots = types_named(text.words)
    alone = _alone(text)
    return [_of_chain(text, chain, slots, alone) for chain in chains]


def _of_chain(
    text: Text, chain: Chain, slots: list[tuple[int, int, frozenset[str]]], alone: list[Mention]
) -> list[Gap]:
    own, among = chain.spans[0], tuple(span.version for span in chain.spans[1:])
    # Of two units that are both there and do not lie in each other, the lower one is what is not found.
    phrase = text.between(own.begin, own.end)
    tiers = chain.tiers
    found = []
    for begin, end, types in slots:
        if chain.covers(begin) or {TIER_OF[each] for each in types} & tiers:
            continue
        there = [m.version for each in text.named.values() for m in each if m.begin == begin and m.typed]
        if there and _higher(there[0], chain.unit):
            found.append(Gap(phrase, (*there, *among)))
        else:
            found.append(Gap(_phrase(text, begin, end, chain, slots), (chain.unit, *among)))
    found += [Gap(phrase, among) for phrase in _longer(text, chain)]
    for mention in alone:
        apart = mention.version.tier not in tiers and not chain.covers(mention.begin)
        if apart and _higher(mention.version, chain.unit):
            found.append(Gap(phrase, (mention.version, *among)))
    return list({gap.phrase: gap for gap in reversed(found)}.values())[::-1]


def _longer(text: Text, chain: Chain) -> Iterator[str]:
    """Names of which the chain explains only some words: "Bình Mỹ" of "xã Bình Mỹ Đông" is another name."""
    words = text.words
    for span in chain.spans:
        part, end = words[span.begin].part, span.end
        while end < len(words) and words[end].part == part and not chain.covers(end):
            if end == span.end and _may_follow(text, end):
                break
            end += 1
        if end > span.end:
            yield text.between(span.begin, end)
    own = chain.spans[0]
    begin = own.begin
    while begin > 0 and words[begin - 1].part == words[own.begin].part and not chain.covers(begin - 1):
        begin -= 1
    before = words[begin : own.begin]
    alone = not any(words[i].part == words[own.begin].part for s in chain.spans[1:] for i in (s.begin,))
    noise = any(word.plain.isdigit() or word.plain in STREET or word.plain in BEFORE for word in before)
    if before and alone and not own.typed and not noise:
        yield text.between(begin, own.end)


def _may_follow(text: Text, index: int) -> bool:
    word, words = text.words[index], text.words
    written = text.text[word.start : word.end]
    if word.plain in AFTER or word.plain in STREET or (word.plain.isdigit() and len(word.plain) > 3):
        return True
    if written.isupper() and len(written) < 5 and not text.text.isupper():
        return True  # an abbreviation
    return any(tuple(each.plain for each in words[index : index + n]) in TYPE_WORDS for n in (1, 2))


def _higher(version: Version, other: Version) -> bool:
    return TIERS.index(version.tier) < TIERS.index(other.tier)


def _phrase(
    text: Text, begin: int, end: int, chain: Chain, slots: list[tuple[int, int, frozenset[str]]]
) -> str:
    """The type and what follows it in the same part, up to the next type or a word that is explained."""
    words, starts = text.words, {slot[0] for slot in slots}
    end += 1
    while end < len(words) and words[end].part == words[begin].part and end not in starts:
        if chain.covers(end):
            break
        end += 1
    return text.between(begin, end)


def _alone(text: Text) -> list[Mention]:
    """Mentions of provinces and districts that are a whole part of the text."""
    ends: dict[int, tuple[int, int]] = {}
    for index, word in enumerate(text.words):
        ends[word.part] = (ends[word.part][0] if word.part in ends else index, index + 1)
    return [
        mention
        for each in text.named.values()
        for mention in each
        if mention.version.tier != "commune"
        and ends[text.words[mention.begin].part] == (mention.begin, mention.end)
    ]


def unread(text: Text, chains: list[Chain]) -> list[str]:
    """Parts of which no chain explains a word: a house, a street, or a name that is unknown."""
    read = {
        text.words[index].part
        for chain in chains
        for span in chain.spans
        for index in range(span.begin, span.end)
    }
    found: dict[int, tuple[int, int]] = {}
    for index, word in enumerate(text.words):
        if word.part not in read:
            found[word.part] = (found[word.part][0] if word.part in found else index, index + 1)
    return [text.between(begin, end) for begin, end in found.values()]
