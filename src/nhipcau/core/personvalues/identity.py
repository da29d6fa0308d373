"""Numbers of identity cards and passports, and what a citizen's number says of itself.

Twelve digits (Circular 59/2021/TT-BCA): province of birth, century and sex, year, a serial.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from nhipcau.core.personvalues.problem import Problem
from nhipcau.core.personvalues.tidying import one_line, says_nothing, tidy
from nhipcau.core.text import fold

_PROVINCES_TEXT = """
    001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036
    037 038 040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075
    077 079 080 082 083 084 086 087 089 091 092 093 094 095 096
"""
PROVINCES = frozenset(_PROVINCES_TEXT.split())
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?e\+?\d{1,2}")
_LABEL = re.compile(
    r"^(?:so\s+)?(?:(?:the )?can cuoc(?: cong dan)?|chung minh(?: nhan dan)?|giay cmnd|ho chieu|cccd|cmnd|"
    r"cmtnd|cmt|cc|hcpt|hc|passport(?: no| number)?|pp|(?:ma )?dinh danh(?: ca nhan)?|ddcn|id(?: card)?)"
    r"\s*(?:so)?\s*[:.#-]?\s*"
)
_TAIL = re.compile(r"[\s,;(-]*\b(?:ngay cap|cap ngay|cap|ngay|noi cap|do|issued|exp|het han|gia tri)\b.*$")
_SEVERAL = re.compile(r"\s*(?:[;,/|&\n]|\bva\b|\bhoac\b)\s*")
_PASSPORT = re.compile(r"(?=.*\d.*\d.*\d)[a-z0-9]{6,12}")


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """`kind`: "citizen" (12 digits), "card" (9 digits, before 2021) or "passport"; `number` without blanks.

    `born`, `sex`, `province` are what a citizen's number says. `others`: further numbers of the cell.
    `doubts` of: kind, lost-zero, province, birth, sex, several.
    """

    number: str
    kind: str
    born: int | None = None
    sex: str = ""
    province: str = ""
    others: tuple[IdentityNumber, ...] = ()
    doubts: tuple[str, ...] = ()


def read_identity_number(
    text: str, *, year: int, passport: bool = False, born: int | None = None, sex: str = ""
) -> IdentityNumber | Problem | None:
    """The number of a cell. `year` is this year, `passport` that the column is of passports.

    `born` and `sex` are what other cells say; where a citizen's number says otherwise, that is a doubt.
    """
    found = _read(text, year, passport)
    if not isinstance(found, IdentityNumber) or found.kind != "citizen":
        return found
    against = []
    if born is not None and found.born != born:
        against.append("birth")
    if sex and found.sex != sex:
        against.append("sex")
    return replace(found, doubts=(*found.doubts, *against)) if against else found


@lru_cache(maxsize=131_072)
def _read(text: str, year: int, passport: bool) -> IdentityNumber | Problem | None:
    line = tidy(text)
    if says_nothing(line) or not line.strip(" 0."):
        return None
    plain = fold(line.replace("\n", " ; "))
    if _SCIENTIFIC.fullmatch(plain.replace(" ", "")):
        return Problem("scientific", {"text": line[:20]})
    parts = [part for part in _SEVERAL.split(plain) if any(c.isdigit() for c in part)]
    found = [_one(part, year, passport) for part in parts]
    read = [each for each in found if isinstance(each, IdentityNumber)]
    if not read:
        return found[0] if found else Problem("identity-unread")
    if len(read) == 1:
        return read[0]
    return replace(read[0], others=tuple(read[1:]), doubts=(*read[0].doubts, "several"))


def _one(text: str, year: int, passport: bool) -> IdentityNumber | Problem:
    label = _LABEL.match(text)
    said = label[0] if label else ""
    rest = _TAIL.sub("", text[len(said) :])
    number = re.sub(r"[\s.\-_'\"]", "", re.sub(r"^(\d+)\.0+$", r"\1", one_line(rest).strip()))
    passport = passport or said.startswith(("ho chieu", "hc", "pass", "pp"))
    if not number.isdigit():
        if not _PASSPORT.fullmatch(number) or not number.isascii():
            return Problem("identity-unread")
        return IdentityNumber(number.upper(), "passport")
    if len(set(number)) == 1 or number in ("123456789", "012345678", "0123456789", "123456789012"):
        return Problem("placeholder")
    return _digits(number, year, passport)


def _digits(number: str, year: int, passport: bool) -> IdentityNumber | Problem:
    if len(number) == 12:
        return _citizen(number, year)
    if passport and 6 <= len(number) <= 11:
        return IdentityNumber(number, "passport")
    if len(number) == 11:
        # A spreadsheet drops the leading 0 that every citizen's number has.
        found = _citizen("0" + number, year)
        if isinstance(found, IdentityNumber) and found.province:
            return replace(found, doubts=(*found.doubts, "lost-zero"))
    if len(number) == 9:
        return IdentityNumber(number, "card", doubts=("kind",))
    if len(number) == 8:
        return IdentityNumber("0" + number, "card", doubts=("kind", "lost-zero"))
    return Problem("identity-length", {"count": len(number)})


def _citizen(number: str, year: int) -> IdentityNumber | Problem:
    century = int(number[3])
    born = 1900 + 100 * (century // 2) + int(number[4:6])
    if born > year:
        return Problem("cccd-impossible", {"year": born})
    sex = "female" if century % 2 else "male"
    known = number[:3] in PROVINCES
    doubts = () if known else ("province",)
    return IdentityNumber(number, "citizen", born, sex, number[:3] if known else "", (), doubts)
