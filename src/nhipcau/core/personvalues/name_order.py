"""Which words of a name are the family name, the middle ones, the given one, and which are foreign."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import exp, log

from nhipcau.core.personvalues.name_words import COMPOUND, GIVEN_FLOOR, MIDDLE, SURNAME_FLOOR, Word, word

# How often a name abroad stands in the other order: without marks, with them.
_REVERSED, _REVERSED_MARKED = log(0.03), log(0.005)
_MIDDLE_SAYS = 3.5
_RARE_FAMILY = log(0.002)


@dataclass(slots=True)
class Order:
    """Words of each part, as written."""

    family: list[str] = field(default_factory=list)
    middle: list[str] = field(default_factory=list)
    given: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    married: list[str] = field(default_factory=list)
    order: str = "vietnamese"
    certainty: float = 0.5


def in_order(words: list[str], *, marked: bool, family: int = 0) -> Order:
    """The parts of a name. `family`: so many first words were set apart as the family name."""
    known = [word(each, marked) for each in words]
    found = Order()
    begin, end = _without_foreign(words, known, found)
    if _all_strange(words, known, begin, end):
        # Spelt after another language's sounds: as it is written.
        return Order(words[:1], words[1:-1], words[-1:], order="unknown", certainty=0.4)
    inner, facts = words[begin:end], known[begin:end]
    if family and begin == 0 and len(inner) > family:
        _set_apart(inner, family, found)
        return found
    capitals = _capital_family(inner)
    if not inner:
        found.order, found.certainty = "foreign", 0.6
    elif len(inner) == 1:
        _single(inner, facts, found)
    elif capitals is not None:
        _place(inner, found, reversed_=capitals)
        found.certainty = 0.97
    else:
        _likelier(inner, facts, found, marked=marked)
    return found


def _all_strange(words: list[str], known: list[Word], begin: int, end: int) -> bool:
    """Foreign words that are no names we know, and no Vietnamese family name among the others."""
    taken = [*known[:begin], *known[end:]]
    if not taken or len(words) < 2 or any(each.foreign_given or each.foreign_surname for each in taken):
        return False
    return all(each.surname <= _RARE_FAMILY or each.plain in MIDDLE for each in known[begin:end])


def _set_apart(words: list[str], family: int, found: Order) -> None:
    found.family, rest = words[:family], words[family:]
    # Behind a comma the given name comes first as a rule; "Thi Hoa" has its middle word first.
    if len(rest) > 1 and word(rest[-1], False).plain in MIDDLE:
        found.given, found.middle = rest[:-1], rest[-1:]
    else:
        found.middle, found.given = rest[:-1], rest[-1:]
    found.order, found.certainty = "vietnamese", 0.93


def _without_foreign(words: list[str], known: list[Word], found: Order) -> tuple[int, int]:
    """Take foreign words off both ends; returns the range of what is left."""
    begin, end = 0, len(words)
    while begin < end and _is_foreign(known, begin, begin, end):
        _take(words[begin], known[begin], found, first=True)
        begin += 1
    while end > begin and _is_foreign(known, end - 1, begin, end):
        _take(words[end - 1], known[end - 1], found, first=False)
        end -= 1
    if begin == end and len(words) > 1 and found.foreign and not found.married:
        found.married = found.foreign[-1:]
        found.foreign = found.foreign[:-1]
    return begin, end


def _is_foreign(known: list[Word], at: int, begin: int, end: int) -> bool:
    """No syllable of ours; or a foreign name that is also one, where the other words have a family name."""
    here = known[at]
    if not here.vietnamese:
        return here.surname <= SURNAME_FLOOR
    if here.marked:
        return False
    if here.surname > _RARE_FAMILY or here.given > GIVEN_FLOOR:
        return False
    if not (here.foreign_given or here.foreign_surname) or end - begin < 2:
        return False
    return any(known[i].surname > _RARE_FAMILY for i in (begin, begin + 1, end - 1) if i != at and i < end)


def _take(text: str, known: Word, found: Order, *, first: bool) -> None:
    by_marriage = known.foreign_surname and not known.foreign_given
    if by_marriage or (not first and not known.foreign_given):
        found.married.append(text)
    else:
        found.foreign.append(text)


def _capital_family(words: list[str]) -> bool | None:
    """ "NGUYỄN Thị Hoa": false, the family name first; "Hoa NGUYỄN": true; None: capitals say nothing."""
    capitals = [len(each) > 1 and each.isupper() for each in words]
    if sum(capitals) != 1 or len(words) < 2 or not all(each[:1].isupper() for each in words):
        return None
    if capitals[0] and word(words[0], False).surname > SURNAME_FLOOR:
        return False
    if capitals[-1] and word(words[-1], False).surname > SURNAME_FLOOR:
        return True
    return None


def _single(words: list[str], facts: list[Word], found: Order) -> None:
    """One Vietnamese word: a family name beside a foreign given name, else a given name."""
    if found.foreign and facts[0].surname > _RARE_FAMILY:
        found.family, found.order, found.certainty = words, "reversed", 0.92
    elif found.married:
        found.given, found.order, found.certainty = words, "reversed", 0.7
    else:
        found.given, found.order, found.certainty = words, "single", 0.3


def _likelier(words: list[str], facts: list[Word], found: Order, *, marked: bool) -> None:
    if found.married and (facts[0].plain in MIDDLE or facts[-1].plain in MIDDLE):
        # "Smith Thi Hoa", "Hoa Thi Smith": the family name is the foreign one.
        turned_middle = facts[-1].plain in MIDDLE
        found.given = words[:1] if turned_middle else words[-1:]
        found.middle = words[1:] if turned_middle else words[:-1]
        found.order, found.certainty = ("reversed" if turned_middle else "vietnamese"), 0.8
        return
    straight = facts[0].surname + facts[-1].given
    turned = facts[-1].surname + facts[0].given + (_REVERSED_MARKED if marked else _REVERSED)
    if len(words) > 3:
        straight += _MIDDLE_SAYS * (facts[1].plain in MIDDLE)
        turned += _MIDDLE_SAYS * (facts[-2].plain in MIDDLE)
    chance = 1.0 / (1.0 + exp(min(50.0, max(-50.0, turned - straight))))
    if facts[0].surname <= SURNAME_FLOOR and facts[-1].surname <= SURNAME_FLOOR:
        # No family name that we know: as it is written, and not certain.
        _place(words, found, reversed_=False)
        found.certainty = 0.5
        if found.married and facts[0].plain not in MIDDLE:
            found.middle, found.given, found.family = words[:-1], words[-1:], []
    else:
        _place(words, found, reversed_=chance < 0.5)
        found.certainty = max(chance, 1.0 - chance)


def _place(words: list[str], found: Order, *, reversed_: bool) -> None:
    if not reversed_:
        size = 2 if len(words) > 3 and _compound(words[0], words[1]) else 1
        found.family, found.middle, found.given = words[:size], words[size:-1], words[-1:]
        return
    found.order = "reversed"
    found.family, rest = words[-1:], words[:-1]
    middles = [at for at, each in enumerate(rest) if at and word(each, False).plain in MIDDLE]
    if middles:
        # "Kim Hoa Thi Nguyen": what precedes the middle word is "Kim Hoa".
        found.middle, found.given = (
            [rest[middles[0]], *rest[: middles[0] - 1], *rest[middles[0] + 1 :]],
            [rest[middles[0] - 1]],
        )
    elif len(rest) == 2 and word(rest[0], False).given < word(rest[1], False).given - 3.0:
        found.middle, found.given = rest[:1], rest[1:]
    else:
        found.middle, found.given = rest[:-1], rest[-1:]


def _compound(first: str, second: str) -> bool:
    return (word(first, False).plain, word(second, False).plain) in COMPOUND
