"""What stands around a name: numbers of a list, titles, brackets, further names, a second person."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nhipcau.core.personvalues.name_words import cased, word
from nhipcau.core.personvalues.problem import Problem
from nhipcau.core.personvalues.tidying import one_line
from nhipcau.core.text import fold

_NUMBERED = re.compile(r"^\s*\d{1,6}\s*[.)/:-]\s*(?=[^\W\d_])")
_BRACKETS = re.compile(r"[(\[{（]([^()\[\]{}（）]*)[)\]}）]?")
_ALSO = re.compile(
    r"[,;/-]?\s*\b(?:tức là|tức|hay còn gọi là|còn gọi là|tên gọi khác|tên khác|tên thường gọi|tên thật|"
    r"bí danh|thường gọi|tên nước ngoài|tên quốc tịch|nhũ danh|hay là|alias|a\.?k\.?a|n[ée]e|born)\b"
    r"\.?\s*:?\s*",
    re.IGNORECASE,
)
_APART = re.compile(r"\s*(?:;|\n|\bvà\b|&|\+)\s*", re.IGNORECASE)
_BESIDE = re.compile(r"\s*(?:/|\||\s[-–—]\s)\s*")
_KIN = re.compile(
    r"^(?:cha|mẹ|ba|má|bố|anh|chị|em|vợ|chồng|con|cháu|ông|bà|cô|dì|chú|bác|cậu|mợ|thím|dượng)"
    r"(?:\s+(?:ruột|đẻ|nuôi|vợ|chồng|gái|trai|họ|rể|dâu|nội|ngoại|cả|hai|ba|tư|năm|sáu|bảy|tám|út|là))*"
    r"(?P<ends>\s*:\s*|\s+)",
    re.IGNORECASE,
)
"""Whose name follows: "Anh ruột: …", "… và chồng …"."""
_HOUSEHOLD = re.compile(r"^(?:hộ|gia đình)\s+(?=(?:ông|bà|anh|chị|cô|chú)\b)", re.IGNORECASE)
_EDGES = " .,;:/\\|*'\"`´’‘“”«»_~^=<>#!?…–—-+"
# Folded, in brackets: words about the person, not a name.
_ABOUT_TEXT = """
    anh ba bac bo cau cha chau chet chi chong chu co con cu da dang di dinh doi dong du duong em
    hien ho hoc hon ket kieu lao mat me mo moi nam ngoai nha noi nu nuoc o ong qua sinh song tai ten
    ve viet vo
"""
_ABOUT = frozenset(_ABOUT_TEXT.split())
# Folded title → the sex it tells. Longer ones first where one begins another.
_TITLES = {
    "ong": "male",
    "ba": "female",
    "mr": "male",
    "mister": "male",
    "mrs": "female",
    "ms": "female",
    "miss": "female",
    "madam": "female",
    "mme": "female",
    "mlle": "female",
    "monsieur": "male",
    "madame": "female",
    "sir": "male",
    "co": "female",
    "chi": "female",
    "chu": "male",
    "anh": "male",
    "bac": "",
    "em": "",
    "chau": "",
    "cu": "",
    "dr": "",
    "bs": "",
    "ts": "",
    "ths": "",
    "gs": "",
    "pgs": "",
    "ks": "",
    "ls": "",
    "prof": "",
}
# These are words of names as well: a title only before a whole name.
_NAMES_TOO = frozenset({"ong", "ba", "co", "chi", "chu", "anh", "em", "bac", "chau", "cu"})
_TITLED = re.compile(r"^([^\W\d_]{1,9})(\.\s*|\s*:\s*|\s+)(?=\S)")


@dataclass(slots=True)
class Cleaned:
    """`text` is the name alone; `family` the words that a comma or capitals set apart as family name."""

    text: str
    family: int = 0
    others: tuple[str, ...] = ()
    sex: str = ""
    doubts: list[str] = field(default_factory=list)


def clean(line: str) -> Cleaned | Problem:
    """The name of a tidy cell without what stands around it."""
    people = _people(line)
    if people is not None:
        return people
    text = _NUMBERED.sub("", one_line(line))
    found = Cleaned("")
    kin = _KIN.match(text)
    if kin and ":" in kin["ends"] and fold(kin[0]).strip(" :") not in _TITLES:
        text = text[kin.end() :]
    text, households = _HOUSEHOLD.subn("", text)
    if households:
        found.doubts.append("unread")
    text = _without_brackets(text, found)
    text, *also = _ALSO.split(text) if _ALSO.match(text) is None else [text]
    for other in also:
        _keep(found, other)
    text, *beside = _BESIDE.split(text)
    for other in beside:
        _keep(found, other)
    text = _without_titles(text.strip(_EDGES), found)
    text = _around_comma(text, found)
    if not any(c.isalpha() for c in text) and found.others:
        text, found.others = found.others[0], found.others[1:]
    found.text = text.strip(_EDGES)
    return found


def _people(line: str) -> Problem | None:
    """The problem of a cell with two persons: each part has a family name and more."""
    parts = [part for part in _APART.split(line) if part]
    whole = [part for part in parts if _whole(part)]
    if len(whole) < 2:
        commas = [part.strip() for part in line.split(",")]
        whole = [part for part in commas if _whole(part)]
    if len(whole) < 2:
        return None
    return Problem("two-names", {"one": whole[0].strip(_EDGES)[:60], "other": whole[1].strip(_EDGES)[:60]})


def _whole(part: str) -> bool:
    """Whether the part is a name of its own: two words or more, the first a usual family name."""
    words = _NUMBERED.sub("", part).strip(_EDGES).split()
    if len(words) > 2 and not _usual_family(words[0]):
        words = _KIN.sub("", " ".join(words)).split()
    return len(words) > 1 and _usual_family(words[0])


def _usual_family(text: str) -> bool:
    return word(text, not text.isascii()).surname > -6.5


def _without_brackets(text: str, found: Cleaned) -> str:
    for match in _BRACKETS.finditer(text):
        _keep(found, _ALSO.sub("", match[1]))
    return " ".join(_BRACKETS.sub(" ", text).split())


def _keep(found: Cleaned, other: str) -> None:
    """A further name; what is no name is told as not read, and not kept."""
    other = other.strip(_EDGES)
    words = other.split()
    if not words:
        return
    plain = [fold(each) for each in words]
    named = len(words) <= 6 and all(each.replace("'", "").replace("-", "").isalpha() for each in words)
    if not named or (plain[0] in _ABOUT and not _whole(other)):
        found.doubts.append("unread")
        return
    found.others = (*found.others, " ".join(cased(each) for each in words))


def _without_titles(text: str, found: Cleaned) -> str:
    for _ in range(3):
        match = _TITLED.match(text)
        if match is None:
            break
        title, rest = fold(match[1]), text[match.end() :]
        if title not in _TITLES or not _is_title(match, title, rest):
            break
        found.sex = found.sex or _TITLES[title]
        text = rest.strip(_EDGES)
    return text


def _is_title(match: re.Match[str], title: str, rest: str) -> bool:
    if title not in _NAMES_TOO or ":" in match[2]:
        return True
    words = rest.split()
    if len(words) > 1 and fold(words[0]) in _TITLES and "." in match[2]:
        return True
    # "Anh Nguyễn Văn Ba" has a family name behind the title; "Ông Cao Thắng" is a name by itself.
    usual = len(words) > 1 and _usual_family(words[0])
    return usual and (
        len(words) > 2 or "." in match[2] or word(words[0], not words[0].isascii()).surname > -3.0
    )


def _around_comma(text: str, found: Cleaned) -> str:
    """ "NGUYEN, Thi Hoa": the family name is before the comma."""
    before, comma, after = text.partition(",")
    before, after = before.strip(_EDGES), after.strip(_EDGES)
    if not comma or not before or not after:
        return text.replace(",", " ")
    if len(before.split()) <= 2 and not _whole(before):
        found.family = len(before.split())
        return f"{before} {after.replace(',', ' ')}"
    _keep(found, after)
    return before
