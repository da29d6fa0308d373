"""Single cells: days, names, roles and kinds as offices write them."""

from __future__ import annotations

import re
from datetime import date

from nhipcau.apps.orgs.sheets.columns import KIND_WORDS, POST_WORDS, ROLE_WORDS, word_table
from nhipcau.core.text import fold, split_syllable

_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})")
YEARS = range(1900, 2201)
_ROLES, _KINDS, _POSTS = word_table(ROLE_WORDS), word_table(KIND_WORDS), word_table(POST_WORDS)


def day_of(text: str) -> date | None:
    """31/12/2027 or 2027-12-31; None for anything else."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return None
    day, month, year = found.group(1, 2, 3) if found[3] else found.group(6, 5, 4)
    try:
        wanted = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return wanted if wanted.year in YEARS else None


def role_of(text: str) -> str | None:
    return _ROLES.get(fold(text))


def post_of(text: str) -> str | None:
    return _POSTS.get(fold(text))


def kind_of(text: str) -> str | None:
    return _KINDS.get(fold(text))


def is_name(text: str) -> bool:
    """Begins with a letter or a figure and has letters: no formula, no line of dashes."""
    return text[:1].isalnum() and any(c.isalpha() for c in text)


def one_line(text: str) -> str:
    return " ".join(text.split())


def several(text: str) -> list[str]:
    """Names separated by semicolons or lines."""
    parts = (one_line(part) for part in re.split(r"[;\n]", text))
    return list(dict.fromkeys(part for part in parts if part))


def same_marks(one: str, other: str) -> bool:
    """Whether two names are spelt alike; "Hoà" and "Hòa" are. A name typed without any marks fits all."""
    if one.isascii() or other.isascii():
        return True
    a, b = one.casefold().split(), other.casefold().split()
    return len(a) == len(b) and all(_same(x, y) for x, y in zip(a, b, strict=True))


def _same(one: str, other: str) -> bool:
    if one == other:
        return True
    a, b = split_syllable(one), split_syllable(other)
    return a is not None and a == b
