"""Countries by any of their names, old spellings and English ones too. The names are passed in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from nhipcau.core.personvalues.problem import Problem
from nhipcau.core.personvalues.tidying import one_line, says_nothing, tidy
from nhipcau.core.places.near import distance
from nhipcau.core.text import fold

_BEFORE = re.compile(
    r"^(?:nuoc|o|tai|song o|dang o|dinh cu o|dinh cu tai|quoc gia|nguoi|sang|qua|di|republic of|the|"
    r"kingdom of)\s+"
)
_PARTS = re.compile(r"\s*[,;/|\n()\[\]]\s*|\s+[-–—]\s+")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_GONE = {
    "lien xo": "Liên Xô",
    "ussr": "Liên Xô",
    "nam tu": "Nam Tư",
    "yugoslavia": "Nam Tư",
    "viet nam cong hoa": "Việt Nam",
}


@dataclass(frozen=True, slots=True)
class Country:
    """`code`: ISO 3166, two letters. `rest`: what else the cell says, a city or state. `doubts` of: code."""

    code: str
    rest: str = ""
    doubts: tuple[str, ...] = ()


class Countries:
    """Reads names of countries. `rows`: (code, all its names), the name that pages print first.

    `codes`: the column is of codes, so "MY" is Malaysia; otherwise it is "Mỹ" without its marks.
    """

    def __init__(self, rows: Iterable[tuple[str, Iterable[str]]]) -> None:
        self.names: dict[str, str] = {}
        self._by_key: dict[str, set[str]] = defaultdict(set)
        self._codes: set[str] = set()
        self._read: dict[tuple[str, bool], Country | Problem | None] = {}
        bare: list[tuple[str, str]] = []
        for code, names in rows:
            self._codes.add(code)
            for name in (each.strip() for each in names):
                if name:
                    self.names.setdefault(code, name)
                    self._by_key[_key(fold(name))].add(code)
                    bare.append((code, _key(fold(_IN_BRACKETS.sub("", name)))))
        # "Hồng Công (Trung Quốc)" is "Hồng Công" too; "Trung Quốc (Đài Loan)" is not "Trung Quốc".
        taken = set(self._by_key)
        for code, key in bare:
            if key and key not in taken:
                self._by_key[key].add(code)

    def read(self, text: str, *, codes: bool = False) -> Country | Problem | None:
        """The country of a cell; None where it says nothing."""
        slot = (text, codes)
        if slot not in self._read:
            if len(self._read) > 50_000:
                self._read.clear()
            self._read[slot] = self._find(text, codes=codes)
        return self._read[slot]

    def _find(self, text: str, *, codes: bool) -> Country | Problem | None:
        line = tidy(text)
        if says_nothing(line):
            return None
        if codes and line.strip().upper() in self._codes:
            return Country(line.strip().upper())
        whole = self._named(one_line(line))
        if whole:
            return self._one(line, whole, "")
        return self._of_parts(line)

    def _of_parts(self, line: str) -> Country | Problem:
        parts = [part for part in _PARTS.split(line) if part.strip()]
        named = [(part, found) for part in parts if (found := self._named(part))]
        found_codes = {code for _, found in named for code in found if len(found) == 1}
        if len(found_codes) > 1:
            one, other = sorted(found_codes)[:2]
            return Problem("several-countries", {"one": self.names[one], "other": self.names[other]})
        if named:
            part, found = named[-1]
            return self._one(
                line, found, ", ".join(each for each in parts if each is not part and not self._named(each))
            )
        bare = line.strip().upper()
        if bare in self._codes:
            return Country(bare, doubts=("code",))
        return self._unread(line)

    def _one(self, line: str, found: set[str], rest: str) -> Country | Problem:
        if len(found) > 1:
            one, other = sorted(found)[:2]
            return Problem("several-countries", {"one": self.names[one], "other": self.names[other]})
        code = next(iter(found))
        mistaken = line.strip().upper() in self._codes and line.strip().isupper() and line.strip() != code
        return Country(code, rest, ("code",) if mistaken else ())

    def _named(self, text: str) -> set[str]:
        plain = fold(text).strip(" .,;:")
        for _ in range(3):
            found = self._by_key.get(_key(plain))
            if found:
                return found
            shorter = _BEFORE.sub("", plain)
            if shorter == plain:
                break
            plain = shorter
        return set()

    def _unread(self, line: str) -> Problem:
        plain = fold(line)
        for words, name in _GONE.items():
            if re.search(rf"\b{words}\b", plain):
                return Problem("country-gone", {"name": name})
        key = _key(plain)
        if len(key) >= 4:
            most = 1 if len(key) < 8 else 2
            near = {
                code
                for other, codes in self._by_key.items()
                if abs(len(other) - len(key)) <= most and distance(key, other, most) <= most
                for code in codes
            }
            if near:
                return Problem(
                    "country-near", {"near": ", ".join(sorted(self.names[code] for code in near)[:3])}
                )
        return Problem("country-unread")


def _key(plain: str) -> str:
    return re.sub(r"[^\w]|_", "", plain.replace("&", "va"))
