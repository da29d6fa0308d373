"""What a heading says its column holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from nhipcau.core.personvalues.fields import headings
from nhipcau.core.personvalues.tidying import one_line, tidy
from nhipcau.core.text import fold

WHOLE = 0.97
LONGEST = 120
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_GAPS = re.compile(r"[^\w&]+|_")
# Folded words that add nothing.
_FILLERS = frozenset(
    [
        "cua",
        "cac",
        "nguoi",
        "ong",
        "ba",
        "kieu",
        "bao",
        "cong",
        "dan",
        "hien",
        "tai",
        "nay",
        "neu",
        "co",
        "ghi",
        "ro",
        "theo",
        "va",
        "the",
    ]
)
_RELATIVE = (
    "than nhan",
    "nguoi than",
    "chu ho",
    "nguoi lien he",
    "gia dinh",
    "nguoi bao tin",
    "cha me",
    "nguoi dai dien",
    "relative",
    "next of kin",
    "contact person",
)
_SPOUSE = (
    "chong",
    "vo",
    "vo chong",
    "chong vo",
    "nguoi phoi ngau",
    "ben nuoc ngoai",
    "spouse",
    "husband",
    "wife",
)
_ABROAD = ("nuoc ngoai", "hai ngoai", "nuoc so tai", "abroad", "overseas")
_HOME = ("trong nuoc", "viet nam", "truoc khi", "dia phuong", "que", "vietnam")
_TOWN = (("thanh", "pho"), ("tp",), ("thanh", "pho", "bang"), ("bang", "thanh", "pho"))
_LEFT_BEHIND = (*_HOME, "thuong tru", "ho khau", "hktt", "cuoi cung", "nguyen quan")
_LIVES = ("cu tru", "noi o", "cho o", "sinh song", "dinh cu", "hien nay", "residence")
_OF_RELATIVE = {
    "name": "relative_name",
    "given_name": "relative_name",
    "phone": "relative_phone",
    "origin": "relative_address",
    "address_abroad": "relative_address",
    "relative_name": "relative_name",
    "relative_phone": "relative_phone",
    "relative_address": "relative_address",
    "relative_relation": "relative_relation",
}
_OWN = frozenset(
    {"name", "given_name", "birth", "sex", "nationality", "identity_number", "passport_number", "occupation"}
)
_ALONE = frozenset({"anh", "dao", "nhan xet", "danh gia", "benh", "dt"})
"""Left out only where they are the whole heading: they are parts of many others."""


@dataclass(frozen=True, slots=True)
class Match:
    """`field` is empty where the heading tells none; `left_out` is the kind of what is never taken, or
    "other-person" for what is of a relative or spouse and not kept.
    """

    field: str = ""
    certainty: float = 0.0
    left_out: str = ""


NONE = Match()


def match(heading: str, above: str = "") -> Match:
    """What the heading says; `above` is the heading over it that spans several columns."""
    return _match(heading, above)


@lru_cache(maxsize=8_192)
def _match(heading: str, above: str) -> Match:
    if not above.strip():
        return _alone(heading)
    if not heading.strip():
        return _alone(above)
    upper, lower = _alone(above), _alone(heading)
    for each in (upper, lower):
        if each.left_out and each.left_out != "other-person" and each.certainty > 0.6:
            return each
    split = _birth_or_sex(upper, heading)
    if split:
        return Match(split, 0.95)
    whole = _phrases().get(plain_words(f"{above} {heading}"))
    if whole:
        return Match(whole[0], WHOLE, whole[1])
    words = plain_words(above)
    if plain_words(heading) in _TOWN:
        town = _town(upper.field, f" {' '.join(words)} ")
        if town:
            return Match(town, 0.95)
    if lower.field:
        return _in_context(lower, words)
    return Match(upper.field, upper.certainty * 0.7, upper.left_out) if upper != NONE else NONE


def _town(upper: str, above: str) -> str:
    """Which "Thành phố" it is: the one abroad below where people live, the province below where they are
    from."""
    if _says(above, _LEFT_BEHIND):
        return "province"
    if upper in ("address_abroad", "country", "city") or _says(above, (*_LIVES, *_ABROAD)):
        return "city"
    return "province" if upper == "origin" else ""


def _birth_or_sex(upper: Match, heading: str) -> str:
    word = " ".join(plain_words(heading))
    if upper.field == "birth":
        year = word == "nam" and "ă" in tidy(heading).lower()
        parts = {"ngay": "birth_day", "thang": "birth_month", "nam": "birth_year" if year else "birth_male"}
        return parts.get(word, "birth_female" if word == "nu" else "")
    if upper.field == "sex":
        return {"nam": "sex_male", "nu": "sex_female"}.get(word, "")
    if upper.field == "group":
        found = _phrases().get(tuple(word.split()))
        return found[0] if found and found[0].startswith("group_") else ""
    return ""


@lru_cache(maxsize=8_192)
def _alone(heading: str) -> Match:
    text = one_line(tidy(heading))
    if not text or len(text) > LONGEST:
        return NONE
    whole, bare = plain_words(text), plain_words(_BRACKETS.sub(" ", text))
    if bare == ("dt",):
        # "ĐT" is a telephone, "DT" may be a people of the country.
        return Match("phone", 0.9) if "đ" in text.lower() else Match("phone", 0.5)
    if bare == ("nam",) and "ă" in text.lower():
        return Match("birth_year", 0.6)
    for words in (whole, bare, tuple(word for word in bare if word not in _FILLERS)):
        found = _phrases().get(words)
        if found:
            return _in_context(Match(found[0], WHOLE, found[1]), bare)
    return _in_context(_longest(bare), bare)


def _longest(words: tuple[str, ...]) -> Match:
    """The longest phrase inside the heading; what is never taken goes before the rest."""
    best, covered = NONE, 0.0
    for begin in range(len(words)):
        for end in range(len(words), begin, -1):
            found = _phrases().get(words[begin:end])
            if found is None:
                continue
            field, left_out = found
            if left_out and " ".join(words[begin:end]) in _ALONE:
                continue
            size = end - begin + bool(left_out) * 0.5
            if size > covered:
                covered = size
                share = (end - begin) / len(words)
                best = Match(field, round(min(0.9, 0.35 + 0.55 * share + 0.05 * (end - begin)), 3), left_out)
            break
    return best


def _in_context(found: Match, words: tuple[str, ...]) -> Match:
    """The same heading for a relative, a spouse, an address abroad."""
    if found.left_out or not words:
        return found
    text = f" {' '.join(words)} "
    if _says(text, _SPOUSE) and found.field in _OWN and not _says(text, _RELATIVE):
        return Match("", found.certainty, "other-person")
    if _says(text, _RELATIVE):
        if found.field in _OF_RELATIVE:
            return Match(_OF_RELATIVE[found.field], found.certainty)
        if found.field in _OWN:
            return Match("", found.certainty, "other-person")
    if found.field == "origin" and _says(text, _ABROAD) and not _says(text, _HOME):
        return Match("address_abroad", found.certainty)
    if found.field == "city" and _says(text, _HOME):
        return Match("province", found.certainty * 0.8)
    return found


def _says(text: str, phrases: tuple[str, ...]) -> bool:
    return any(f" {phrase} " in text for phrase in phrases)


@lru_cache(maxsize=16_384)
def plain_words(text: str) -> tuple[str, ...]:
    """Folded words of a heading, signs left out."""
    return tuple(word for word in _GAPS.split(fold(text)) if word)


@cache
def _phrases() -> dict[tuple[str, ...], tuple[str, str]]:
    """Words of a heading → (field, kind that is left out)."""
    found: dict[tuple[str, ...], tuple[str, str]] = {}
    for heading, of in headings().items():
        words = plain_words(heading)
        if of[1] or words not in found:
            found[words] = of
    return found
