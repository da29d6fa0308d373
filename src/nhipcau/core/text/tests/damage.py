"""Ways to damage a clean text as real files are damaged: font maps, old encodings."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from nhipcau.core.text.fontmap.tokens import LOWER_LETTERS, VIETNAMESE
from nhipcau.core.text.glyphs import _character
from nhipcau.core.text.legacy import TCVN3, VNI

FontMap = dict[str, str]
Encoder = Callable[[str], str]
MapMaker = Callable[[random.Random], tuple[FontMap, FontMap]]
"""Makes the font map of the body and that of the headings."""

_LATIN = [chr(c) for c in [*range(0xC0, 0x180)] if chr(c).isalpha() and chr(c) not in VIETNAMESE]
_FAR = [chr(c) for c in [*range(0x180, 0x24F), *range(0x48A, 0x530)] if chr(c) not in VIETNAMESE]
_HEADING = re.compile(r"([IVX]+|\d+|[a-zđ])[.)]\s")


def few_letters(rng: random.Random) -> tuple[FontMap, FontMap]:
    """Four to fifteen letters of the body are exchanged one for one, capitals for capitals; headings not."""
    pool = rng.sample(_LATIN, len(_LATIN))
    small, capital = [c for c in pool if c.islower()], [c for c in pool if c.isupper()]
    body: FontMap = {}
    for letter in rng.sample(LOWER_LETTERS, rng.randint(4, 15)):
        body[letter], body[letter.upper()] = small.pop(), capital.pop()
    return body, {}


def every_letter(rng: random.Random) -> tuple[FontMap, FontMap]:
    """Every letter beyond Latin-1 is exchanged one for one, without regard to case, in headings too."""
    pool = rng.sample(_FAR, len(_FAR))
    letters = [c for lower in LOWER_LETTERS if ord(lower) > 0xFF for c in (lower, lower.upper())]
    body = {letter: pool.pop() for letter in letters}
    return body, body


def body_and_headings(rng: random.Random) -> tuple[FontMap, FontMap]:
    """As `few_letters`; in headings five to nine printed letters, also Vietnamese ones, stand for many."""
    body, _ = few_letters(rng)
    printed = rng.sample(
        [chr(c) for c in range(0xC0, 0x110) if chr(c).islower() and c != 0xFF], rng.randint(5, 9)
    )
    headings = dict(body)
    for letter in rng.sample([c for c in LOWER_LETTERS if ord(c) > 0x1000], rng.randint(10, 20)):
        target = rng.choice(printed)
        headings[letter] = target
        headings[letter.upper()] = rng.choice([target, target.upper()])
    return body, headings


def misprint(text: str, body: FontMap, headings: FontMap) -> str:
    """The text as a file with these two font maps gives it."""
    lines = text.split("\n")
    return "\n".join("".join((headings if _is_heading(x) else body).get(c, c) for c in x) for x in lines)


def _is_heading(line: str) -> bool:
    stripped = line.strip()
    return stripped.isupper() or (len(stripped) < 75 and _HEADING.match(stripped) is not None)


_TO_TCVN3 = {letter: printed for printed, letter in TCVN3.items()}
_TO_VNI: dict[str, str] = {}
for _printed, _letter in sorted(VNI.items(), key=lambda pair: (pair[0][-1].islower(), pair[0])):
    if _letter.islower() or _letter not in _TO_VNI:
        _TO_VNI[_letter] = _printed


def tcvn3(text: str) -> str:
    """As typed in ABC fonts: marked capitals have the code of the small letter."""
    return "".join(_TO_TCVN3.get(c) or _TO_TCVN3.get(c.lower()) or c for c in text)


def vni(text: str) -> str:
    """As typed in VNI fonts for Windows."""
    return "".join(_TO_VNI.get(c, c) for c in text)


def glyph_numbers(text: str) -> str:
    """As a PDF without a table of characters gives it: numbers of glyphs, marked letters in far places."""
    numbers = {_character(chr(n)): chr(n) for n in range(159, 2, -1)}
    far = {chr(0x1EA0 + i): chr(0x48A + i) for i in range(0x5A)}
    far |= {"đ": "ÿ", "Đ": "Ĉ", "ơ": "ѫ", "ư": "ѭ", "Ơ": "Ѫ", "Ư": "Ѭ"}
    return "".join(far.get(c) or (c if c == "\n" else numbers.get(c, c)) for c in text)
