"""Values of few words: sex, e-mail, the groups of people abroad, a mark in a column, a number of a list."""

from __future__ import annotations

import re
from functools import lru_cache

from nhipcau.core.personvalues.problem import Problem
from nhipcau.core.personvalues.tidying import one_line, says_nothing, tidy
from nhipcau.core.text import fold

GROUPS = ("former_national", "settled", "married", "worker", "student")
_SEXES = {
    **dict.fromkeys(
        [
            "nam",
            "m",
            "male",
            "man",
            "men",
            "boy",
            "trai",
            "con trai",
            "ong",
            "mr",
            "nam gioi",
            "gioi tinh nam",
            "masculin",
            "homme",
        ],
        "male",
    ),
    **dict.fromkeys(
        [
            "nu",
            "f",
            "female",
            "woman",
            "girl",
            "gai",
            "con gai",
            "ba",
            "mrs",
            "ms",
            "nu gioi",
            "gioi tinh nu",
            "phu nu",
            "feminin",
            "femme",
        ],
        "female",
    ),
}
# Folded words of registers, whole or as a part of the cell; longer ones go first.
_GROUP_WORDS: dict[str, tuple[str, ...]] = {
    "former_national": (
        "viet kieu",
        "nguoi goc viet",
        "goc viet",
        "goc viet nam",
        "thoi quoc tich",
        "mat quoc tich",
        "khong con quoc tich",
        "da nhap quoc tich",
        "nhap quoc tich nuoc ngoai",
        "quoc tich nuoc ngoai",
        "vk",
        "former national",
    ),
    "settled": (
        "di cu",
        "dinh cu",
        "di dan",
        "doan tu",
        "doan tu gia dinh",
        "bao lanh",
        "thuong tru",
        "di tru",
        "dc",
        "settled",
        "migrant",
        "emigrant",
        "resident",
    ),
    "married": (
        "ket hon",
        "hon nhan",
        "ket hon co yeu to nuoc ngoai",
        "ket hon nuoc ngoai",
        "lay chong",
        "lay vo",
        "co dau",
        "lay chong nuoc ngoai",
        "theo chong",
        "theo vo",
        "kh",
        "kethon",
        "married",
        "marriage",
        "spouse",
    ),
    "worker": (
        "lao dong",
        "xuat khau lao dong",
        "xkld",
        "ld",
        "di lam",
        "lam viec",
        "hop dong lao dong",
        "tu nghiep sinh",
        "thuc tap sinh",
        "tts",
        "lao dong hop dong",
        "lao dong nuoc ngoai",
        "cong nhan",
        "worker",
        "labour",
        "labor",
        "employment",
        "work",
    ),
    "student": (
        "hoc tap",
        "du hoc",
        "du hoc sinh",
        "hoc sinh",
        "sinh vien",
        "di hoc",
        "nghien cuu sinh",
        "luu hoc sinh",
        "dhs",
        "dh",
        "ht",
        "hoc",
        "student",
        "study",
    ),
}
_GROUP_OF = {words: group for group, listed in _GROUP_WORDS.items() for words in listed}
_GROUP_PATTERN = re.compile(
    r"\b(?:" + "|".join(sorted((re.escape(words) for words in _GROUP_OF), key=len, reverse=True)) + r")\b"
)
_EMAIL = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}", re.IGNORECASE
)
_MARKS_TEXT = """
    * + 1 co o true v x y yes √ ● ☑ ☒ ✓ ✔ ✗
"""
_MARKS = frozenset(_MARKS_TEXT.split())
_ROW_NUMBER = re.compile(r"\(?\d{1,6}(?:\.0)?\)?[.)]?")


@lru_cache(maxsize=4_096)
def read_sex(text: str) -> str | Problem | None:
    """ "male" or "female"; "N" and figures are not guessed at."""
    line = tidy(text)
    if says_nothing(line):
        return None
    return _SEXES.get(fold(one_line(line)).strip(" .,;:()")) or Problem("sex-unread")


@lru_cache(maxsize=16_384)
def read_email(text: str) -> str | Problem | None:
    """The first address of the cell, the part behind the @ in small letters."""
    line = tidy(text)
    if says_nothing(line):
        return None
    joined = re.sub(r"\s*([@])\s*", r"\1", one_line(line))
    for part in re.split(r"[\s;,/<>()|]+", re.sub(r"(?i)\b(?:mailto|e-?mail)\s*:", "", joined)):
        bare = part.strip(".:'\"")
        if len(bare) <= 254 and _EMAIL.fullmatch(bare) and ".." not in bare:
            name, _, domain = bare.rpartition("@")
            return f"{name}@{domain.lower()}"
    return Problem("email-unread")


@lru_cache(maxsize=16_384)
def read_groups(text: str) -> tuple[str, ...] | Problem | None:
    """The groups that the cell names, in their own order; several may hold at once."""
    line = tidy(text)
    if says_nothing(line):
        return None
    plain = fold(one_line(line))
    found = {
        _GROUP_OF[match[0]] for match in _GROUP_PATTERN.finditer(plain.replace("-", " ").replace("_", " "))
    }
    return tuple(group for group in GROUPS if group in found) or Problem("group-unread")


def is_marked(text: str) -> bool:
    """Whether a cell of a column to be ticked is ticked."""
    return fold(tidy(text)).strip(" .()[]") in _MARKS


def is_row_number(text: str) -> bool:
    """ "12", "12.", "(12)"."""
    return _ROW_NUMBER.fullmatch(text.strip()) is not None
