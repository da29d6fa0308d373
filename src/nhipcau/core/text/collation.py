"""Keys that put Vietnamese in order where the database can only compare bytes."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Order of the Unicode collation algorithm with CLDR's rules for Vietnamese (what ICU does with locale "vi"):
# first all letters (ă, â, đ, ê, ô, ơ, ư are letters of their own), then all tones from the left, then case.
# Level separator " " is lower than every weight. Weights are printable ASCII.
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_WEIGHT = {letter: chr(ord("A") + index) for index, letter in enumerate(_LETTERS)}
_PUNCTUATION = "_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$"
_PUNCTUATION_WEIGHT = {mark: '"' + chr(ord("#") + index) for index, mark in enumerate(_PUNCTUATION)}
_HATS = "̛̂̆"
_TONE_WEIGHT = {"̀": "2", "̉": "3", "̃": "4", "́": "5", "̣": "6"}
_SPACE, _OTHER_PUNCTUATION, _OTHER_LETTER = "!", '"~', "~"


def sort_key(text: str) -> str:
    """An ASCII key; comparing keys byte by byte gives Vietnamese order.

    Letters before tones before case, as ICU has it for Vietnamese: "ba" < "bà" < "bả" < "bã" < "bá" < "bạ"
    < "Bạ" < "bác" < "băng" < "bâng" < "bô". Unlike ICU's default, runs of digits are compared as numbers
    ("Quận 2" < "Quận 10"). Space < punctuation < digits < letters < other scripts (by code point).
    Characters that are never seen are left out.
    """
    primary: list[str] = []
    secondary: list[str] = []
    tertiary: list[str] = []
    digits = ""
    for character in unicodedata.normalize("NFKC", text) + "\0":
        value = unicodedata.decimal(character, None)
        if value is not None:
            digits += str(value)
            continue
        if digits:
            primary.append(_number(digits))
            secondary.append("1")
            tertiary.append(chr(ord("1") + min(len(digits) - len(digits.lstrip("0")), 9)))
            digits = ""
        weights = _weights(character)
        primary.append(weights[0])
        secondary.append(weights[1])
        tertiary.append(weights[2])
    levels = ("".join(primary), "".join(secondary).rstrip("1"), "".join(tertiary).rstrip("1"))
    return " ".join(levels).rstrip(" ")


def _number(digits: str) -> str:
    """Weight of a run of digits: its length in one figure (nine and more: four more), then the digits."""
    bare = digits.lstrip("0")
    size = str(len(bare)) if len(bare) < 9 else f"9{min(len(bare), 9999):04d}"
    return size + bare


@lru_cache(maxsize=4096)
def _weights(character: str) -> tuple[str, str, str]:
    category = unicodedata.category(character)
    if character.isspace():
        return _SPACE, "1", "1"
    if category[0] == "C":
        return "", "", ""
    if category == "Mn":
        return "", _TONE_WEIGHT.get(character) or _rare_mark(character), ""
    if category[0] in "PSZ":
        return _PUNCTUATION_WEIGHT.get(character) or _OTHER_PUNCTUATION + _code(character), "1", "1"
    return _letter(character)


def _letter(character: str) -> tuple[str, str, str]:
    lower = character.lower()
    case = "1" if character == lower else "2"
    base, *marks = list(unicodedata.normalize("NFD", lower))
    hats = [m for m in marks if m in _HATS]
    letter = base
    if hats:
        joined = unicodedata.normalize("NFC", base + hats[0])
        if joined in _LETTER_WEIGHT:
            letter = joined
            marks.remove(hats[0])
    if letter not in _LETTER_WEIGHT:
        return _OTHER_LETTER + _code(character), "1", "1"
    secondary = "".join(_TONE_WEIGHT.get(m) or _rare_mark(m) for m in marks)
    return _LETTER_WEIGHT[letter], "1" + secondary, case


def _rare_mark(mark: str) -> str:
    return "7" + _code(mark)


def _code(character: str) -> str:
    return f"{ord(character):06x}"
