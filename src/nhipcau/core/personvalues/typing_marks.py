"""Marks left as keys: words typed for Telex ("Nguyeenx") or VNI ("Nguye64n") while the method was off."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import normalize

from nhipcau.core.text import is_syllable

_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT = "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"
_TELEX_TONES = {"f": _GRAVE, "r": _HOOK, "x": _TILDE, "s": _ACUTE, "j": _DOT}
_VNI_TONES = {"2": _GRAVE, "3": _HOOK, "4": _TILDE, "1": _ACUTE, "5": _DOT}
_HATS = {"a": "â", "e": "ê", "o": "ô"}
_HORNS = {"o": "ơ", "u": "ư"}
_VOWELS = frozenset("aăâeêioôơuưy")


@lru_cache(maxsize=65_536)
def from_telex(word: str) -> str:
    """The syllable that the keys of Telex make, in lower case; nothing where they make none.

    Only words with such keys: "hoa" is nothing.
    """
    letters, tone, keyed = _telex_letters(word.lower())
    return _syllable(letters, tone) if keyed and letters else ""


def _telex_letters(word: str) -> tuple[str, str, bool]:
    found: list[str] = []
    tone, keyed = "", False
    for letter in word:
        last = found[-1] if found else ""
        if letter in _TELEX_TONES and not _VOWELS.isdisjoint(found):
            if tone:
                return "", "", False
            tone, keyed = _TELEX_TONES[letter], True
        elif letter == last and letter in _HATS:
            found[-1], keyed = _HATS[letter], True
        elif letter == last == "d" and len(found) == 1:
            found[-1], keyed = "đ", True
        elif letter == "w" and _bend(found):
            keyed = True
        else:
            found.append(letter)
    return "".join(found), tone, keyed


def _bend(found: list[str]) -> bool:
    """The horn or breve on the last vowels: "uo" bends both."""
    if found[-2:] == ["u", "o"]:
        found[-2:] = ["ư", "ơ"]
    elif found and found[-1] in _HORNS:
        found[-1] = _HORNS[found[-1]]
    elif found and found[-1] == "a":
        found[-1] = "ă"
    else:
        return False
    return True


@lru_cache(maxsize=16_384)
def from_vni_keys(word: str) -> str:
    """As `from_telex`, of VNI's digits."""
    found: list[str] = []
    tone = ""
    for letter in word.lower():
        if letter in _VNI_TONES and found and not tone:
            tone = _VNI_TONES[letter]
        elif letter.isdigit():
            if not _vni_hat(found, letter):
                return ""
        else:
            found.append(letter)
    return _syllable("".join(found), tone) if found else ""


def _vni_hat(found: list[str], digit: str) -> bool:
    if digit == "9" and found[:1] == ["d"]:
        found[0] = "đ"
        return True
    for at in range(len(found) - 1, -1, -1):
        if digit == "6" and found[at] in _HATS:
            found[at] = _HATS[found[at]]
            return True
        if digit == "8" and found[at] == "a":
            found[at] = "ă"
            return True
        if digit == "7" and found[at] in _HORNS:
            if found[at] == "o" and found[at - 1 : at] == ["u"]:
                found[at - 1] = "ư"
            found[at] = _HORNS[found[at]]
            return True
    return False


def _syllable(letters: str, tone: str) -> str:
    """The letters with the tone where it may stand; "" where that is no syllable."""
    if not tone:
        return letters if is_syllable(letters) else ""
    for at, letter in enumerate(letters):
        if letter in _VOWELS:
            word = letters[:at] + normalize("NFC", letter + tone) + letters[at + 1 :]
            if is_syllable(word):
                return word
    return ""
