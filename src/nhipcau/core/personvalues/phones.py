"""Telephone numbers: Vietnamese ones brought to today's prefixes, foreign ones with their country's code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from nhipcau.core.personvalues.name_words import listed
from nhipcau.core.personvalues.problem import Problem
from nhipcau.core.personvalues.tidying import one_line, says_nothing, tidy
from nhipcau.core.text import fold

LEAST, MOST = 7, 15
"""Digits of a number, by ITU-T E.164 at most 15."""
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?e\+?\d{1,2}", re.IGNORECASE)
_WORDS = re.compile(
    r"\b(?:so dien thoai|dien thoai|di dong|so may|sdt|dtdd|dd|dt|tel|phone|mobile|mob|cell|hotline|zalo|"
    r"viber|whatsapp|facebook|fb|line|kakao|wechat|imo|lh|lien he|may ban|nha rieng|nha|cq|so)\b\.?\s*:?"
)
_EXTENSION = re.compile(r"(?:\bext\.?|\bmay le|\bmay nhanh|#)\s*\d+$")
_BRACKETS = re.compile(r"\((?!\s*\+?\d[\d\s.-]{0,4}\))[^()]*\)")
_SEVERAL = re.compile(r"\s*(?:[;,/|&\n]|\bva\b|\bhoac\b|\bhay\b|\s[-–—]\s)\s*(?=[+(\d])")
_PLAIN = re.compile(r"\+?(?=\d*[1-9])\d{7,15}")
_NUMBER = re.compile(r"\(?\+?[\d\s().\-–—/·]+")
_ZERO_BEHIND_CODE = re.compile(r"\(0\)")


@dataclass(frozen=True, slots=True)
class Phone:
    """`e164` ("+84912345678") is empty where the country is not known; then `digits` are as written.

    `country`: ISO code, empty for what several share and for what is not known. `kind`: "mobile", "landline"
    of Vietnamese numbers, else "". `others` are further numbers of the cell. `doubts` of: country,
    country-given, old-prefix, may-be-landline, lost-zero, words, several.
    """

    digits: str
    e164: str
    country: str
    kind: str
    others: tuple[Phone, ...] = ()
    doubts: tuple[str, ...] = ()


def read_phone(text: str, *, country: str = "") -> Phone | Problem | None:
    """The number of a cell; None where it has none.

    `country` is where numbers without a country's code are known to be from (ISO code); without it such a
    number keeps its digits and gets no country.
    """
    return _read(text, country)


@lru_cache(maxsize=131_072)
def _read(text: str, country: str) -> Phone | Problem | None:
    line = tidy(text)
    if _PLAIN.fullmatch(line):
        return _one(line, country)
    if says_nothing(line) or line.strip(" 0.") == "":
        return None
    if _SCIENTIFIC.fullmatch(line.replace(" ", "")):
        return Problem("scientific", {"text": line[:20]})
    plain = fold(line) if "\n" not in line else fold(line.replace("\n", " ; "))
    bare = _WORDS.sub(" ", _EXTENSION.sub("", _BRACKETS.sub(" ", plain)))
    found = [_one(part, country) for part in _SEVERAL.split(bare) if any(c.isdigit() for c in part)]
    read = [each for each in found if isinstance(each, Phone)]
    if not found:
        return Problem("phone-unread")
    if not read or (len(found) > 1 and isinstance(found[0], Problem) and len(_digits(bare)) <= MOST):
        whole = _one(bare, country) if len(found) > 1 else found[0]
        return whole if isinstance(whole, Phone) or not read else read[0]
    first = read[0]
    doubts = (*first.doubts, *(("several",) if len(found) > 1 else ()))
    return Phone(first.digits, first.e164, first.country, first.kind, tuple(read[1:]), doubts)


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def _one(text: str, country: str) -> Phone | Problem:
    text = one_line(text).strip(" .,;:-–—*'\"")
    doubts: list[str] = []
    if not _NUMBER.fullmatch(text):
        match = _NUMBER.search(text)
        stretches = [each for each in _NUMBER.findall(text) if len(_digits(each)) >= LEAST]
        if match is None or len(stretches) != 1:
            return Problem("phone-unread")
        text = stretches[0].strip()
        doubts.append("words")
    if text.endswith(".0") and text[:-2].isdigit():
        text = text[:-2]
    digits = _digits(_ZERO_BEHIND_CODE.sub("", text))
    if not LEAST <= len(digits) <= MOST + 2:
        return Problem("phone-length", {"count": len(digits)})
    if len(set(digits)) == 1 or digits in ("1234567", "12345678", "123456789", "0123456789"):
        return Problem("placeholder")
    plus = text.lstrip("( ").startswith("+")
    return _placed(digits, plus, country, doubts)


def _placed(digits: str, plus: bool, country: str, doubts: list[str]) -> Phone | Problem:
    if plus or digits.startswith("00"):
        whole = digits if plus else digits[2:]
        return _foreign(whole.lstrip("0") if plus else whole, doubts)
    if digits.startswith("84") and len(digits) in (11, 12):
        home = _vietnamese(digits[2:].lstrip("0"), doubts)
        if home is not None:
            return home
    if country == "VN":
        rest = digits[1:] if digits.startswith("0") else digits
        home = _vietnamese(rest, doubts if digits.startswith("0") else [*doubts, "lost-zero"])
        return home or _no_number(digits)
    if len(digits) > MOST:
        return Problem("phone-length", {"count": len(digits)})
    if country:
        return _national(digits, country, doubts)
    return Phone(digits, "", "", "", (), (*doubts, "country"))


def _national(digits: str, country: str, doubts: list[str]) -> Phone:
    """A number as it is dialled inside the country that the caller knows."""
    codes = [code for code, countries in calling_codes().items() if country in countries]
    if len(codes) != 1:
        return Phone(digits, "", "", "", (), (*doubts, "country"))
    code = codes[0]
    if digits.startswith(code) and not digits.startswith("0") and len(digits) - len(code) >= LEAST:
        return Phone(digits, "", "", "", (), (*doubts, "country"))
    rest = digits if country in ("IT", "SM", "VA") else digits.removeprefix("0")
    return Phone(digits, f"+{code}{rest}", country, "", (), (*doubts, "country-given"))


def _foreign(digits: str, doubts: list[str]) -> Phone | Problem:
    """Digits that begin with a country's code."""
    if digits.startswith("84"):
        home = _vietnamese(digits[2:].lstrip("0"), doubts)
        return home or _no_number("0" + digits[2:].lstrip("0"))
    if not LEAST < len(digits) <= MOST:
        return Problem("phone-length", {"count": len(digits)})
    for size in (4, 3, 2, 1):
        countries = calling_codes().get(digits[:size])
        if countries:
            rest = digits[size:] if digits[:size] in ("39", "378", "379") else digits[size:].lstrip("0")
            if len(rest) < 4:
                return Problem("phone-length", {"count": len(digits)})
            country = countries[0] if len(countries) == 1 else ""
            return Phone(digits, f"+{digits[:size]}{rest}", country, "", (), tuple(doubts))
    return Problem("phone-country", {"code": digits[:3]})


def _no_number(digits: str) -> Problem:
    """Of a number in Vietnam that cannot be: its length, or how it begins."""
    if len(digits) not in (10, 11):
        return Problem("phone-length", {"count": len(digits)})
    return Problem("phone-prefix", {"prefix": digits[:3]})


def _vietnamese(rest: str, doubts: list[str]) -> Phone | None:
    """A Vietnamese number without its leading 0, at today's prefix; None where it can be none."""
    mobile, area, now = prefixes()
    digits = "0" + rest
    if len(rest) == 10 and rest[:3] in mobile:
        return _home(digits, mobile[rest[:3]] + rest[3:], "mobile", [*doubts, "old-prefix"])
    if len(rest) == 9 and rest[:2] in now:
        # The old code of a province and six or seven digits look the same as some prefixes of 2018.
        if rest[:2] in area or (rest[:1] == "8" and rest[:2] in ("83", "82")):
            return _home(digits, rest, "mobile", [*doubts, "may-be-landline"])
        return _home(digits, rest, "mobile", doubts)
    if len(rest) == 10 and rest.startswith("2") and (rest[:3] in area.values() or rest[:2] in ("24", "28")):
        return _home(digits, rest, "landline", doubts)
    if len(rest) == 10 and rest[:3] in ("210", "211", "218", "219"):
        return _home(digits, rest, "landline", doubts)
    for size in (3, 2, 1):
        code = area.get(rest[:size])
        if code is not None and len(code) + len(rest) - size == 10:
            return _home(digits, code + rest[size:], "landline", [*doubts, "old-prefix"])
    return None


def _home(digits: str, rest: str, kind: str, doubts: list[str]) -> Phone:
    return Phone(digits, f"+84{rest}", "VN", kind, (), tuple(doubts))


@cache
def calling_codes() -> dict[str, tuple[str, ...]]:
    """Country's code → the countries that share it."""
    return {code: tuple(rest) for code, *rest in (line.split() for line in listed("calling_codes"))}


@cache
def prefixes() -> tuple[dict[str, str], dict[str, str], frozenset[str]]:
    """Old mobile prefix → today's, old area code → today's, mobile prefixes in use."""
    rows = [line.split() for line in listed("vietnam_prefixes")]
    mobile = {row[1]: row[2] for row in rows if row[0] == "mobile"}
    area = {row[1]: row[2] for row in rows if row[0] == "area"}
    return mobile, area, frozenset(row for each in rows if each[0] == "now" for row in each[1:])
