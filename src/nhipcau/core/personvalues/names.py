"""Names as people write them: any order and case, titles, foreign given names, names by marriage."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from nhipcau.core.personvalues.name_cleaning import Cleaned, clean
from nhipcau.core.personvalues.name_order import Order, in_order
from nhipcau.core.personvalues.name_parts import usual_words, words_of
from nhipcau.core.personvalues.name_words import cased
from nhipcau.core.personvalues.not_people import is_nobody
from nhipcau.core.personvalues.problem import Problem
from nhipcau.core.personvalues.tidying import one_line, says_nothing, tidy
from nhipcau.core.text import fold

MOST_CHARACTERS, MOST_WORDS = 120, 12
LEAST_CERTAIN = 0.9


@dataclass(frozen=True, slots=True)
class Name:
    """`display` is the name in proper case, in the order it was written, without title and brackets.

    `family`, `middle`, `given` are its Vietnamese parts, empty where there is none; `foreign` a foreign given
    name ("Jenny"), `married` a family name of another country, `others` further whole names (in brackets,
    after "tức"). `order`: "vietnamese", "reversed", "foreign", "single", "unknown"; `certainty` of the parts,
    0 to 1. `key` is folded, in Vietnamese order; `sex` is what a title says ("Bà": female). `doubts` of:
    order, joined, keys, abbreviated, unread.
    """

    display: str
    family: str
    middle: str
    given: str
    foreign: str
    married: str
    others: tuple[str, ...]
    order: str
    certainty: float
    key: str
    marked: bool
    sex: str
    doubts: tuple[str, ...]

    @property
    def loose(self) -> str:
        """Its words in the order of the alphabet, y as i: the same for every order of the same words."""
        return " ".join(sorted(self.key.replace("y", "i").split()))


def read_name(text: str) -> Name | Problem | None:
    """The name that a cell says; None where it says nothing."""
    return _read(text)


@lru_cache(maxsize=131_072)
def _read(text: str) -> Name | Problem | None:
    line = tidy(text)
    if is_nobody(line):
        return Problem("nobody")
    usual = usual_words(line)
    if usual is not None:
        return _made(Cleaned(line), usual, [])
    if says_nothing(line):
        return None
    if len(line) > MOST_CHARACTERS:
        return Problem("name-too-long")
    cleaned = clean(line)
    if isinstance(cleaned, Problem):
        return cleaned
    words, doubts = words_of(cleaned.text)
    if not any(c.isalpha() for c in cleaned.text) or not words:
        return Problem("no-name")
    if any(c.isdigit() for word in words for c in word):
        return Problem("name-digits")
    if len(words) > MOST_WORDS:
        return Problem("name-too-long")
    return _made(cleaned, words, doubts)


def _made(cleaned: Cleaned, words: list[str], doubts: list[str]) -> Name:
    marked = any(not word.isascii() for word in words)
    order = in_order(words, marked=marked, family=cleaned.family)
    shown = _cased(words)
    found = [*cleaned.doubts, *doubts]
    if order.certainty < LEAST_CERTAIN:
        found.append("order")
    return Name(
        display=shown,
        family=_cased(order.family),
        middle=_cased(order.middle),
        given=_cased(order.given),
        foreign=_cased(order.foreign),
        married=_cased(order.married),
        others=cleaned.others,
        order=order.order,
        certainty=round(order.certainty, 3),
        key=_key(order, words),
        marked=marked,
        sex=cleaned.sex,
        doubts=tuple(dict.fromkeys(found)),
    )


def _cased(words: list[str]) -> str:
    return " ".join([cased(word) for word in words])


def _key(order: Order, words: list[str]) -> str:
    whole = order.family and order.given
    return fold(" ".join([*order.family, *order.middle, *order.given] if whole else words))


def join_name(family: str, given: str) -> str:
    """One name of two cells: "Nguyễn Thị" and "Hoa"."""
    return one_line(f"{family} {given}").strip()


def with_others(name: Name, more: str) -> Name:
    """The name with a further one."""
    return name if not more or more in name.others else replace(name, others=(*name.others, more))
