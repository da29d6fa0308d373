"""The Vietnamese syllable: which spellings are possible, and their parts.

The tables list every rhyme of the written language (Vietnamese orthography as taught, both placements of
the tone mark), so that a word either is a possible syllable or is not; whether it is in use is the lexicon's
matter.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

from nhipcau.core.text.folding import fold

TONES = {"": "", "̀": "huyền", "̉": "hỏi", "̃": "ngã", "́": "sắc", "̣": "nặng"}
"""Combining mark → name of the tone; no mark is the level tone (ngang), written ""."""

_ONSET_TABLE = "ngh ng nh gh gi kh ph qu th tr ch b c d đ g h k l m n p r s t v x"
_PLAIN_TABLE = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt ăk âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oc oi om on ong op ot ooc oong ô ôc ôi ôm ôn ông ôp ôt ôông ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut uôc uôi uôm uôn uông uôt
    ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    y yêm yên yêng yêt yêu
"""
_GLIDE_TABLE = """
    oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oem oen oeo oet
    uân uâng uât uây uê uêch uên uênh uêt uêu uơ uy uya uych uyn uynh uyt uyp uyu uyên uyêt uơn
"""
_AFTER_Q_TABLE = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc ân âng ât âu ây e en eng eo et em
    ê ên êt êch ênh êu i it ich in inh ip iu iêt iên iêu ôc ơ ơi ơn y ych yên yêt yn ynh yt yp yu ươi
"""
_ONSETS = tuple(_ONSET_TABLE.split())
_PLAIN_RHYMES = frozenset(_PLAIN_TABLE.split())
_GLIDE_RHYMES = frozenset(_GLIDE_TABLE.split())
_AFTER_Q = frozenset(_AFTER_Q_TABLE.split())
_STOPS = ("p", "t", "c", "ch", "k")
_VOWELS = frozenset("aăâeêioôơuưy")


class Syllable(NamedTuple):
    """Parts in lower case. `onset` as written, "qu" as onset "q" and glide "u"; `tone` a name of `TONES`."""

    onset: str
    glide: str
    nucleus: str
    coda: str
    tone: str


def is_syllable(word: str) -> bool:
    """Whether the word can be one Vietnamese syllable: any case, both placements of the mark (hoà, hòa)."""
    return split_syllable(word) is not None


def split_syllable(word: str) -> Syllable | None:
    """The parts of a syllable, or None where the word cannot be one. Composed or not, any case."""
    return _split(unicodedata.normalize("NFC", word).lower())


@lru_cache(maxsize=1)
def folded_syllables() -> frozenset[str]:
    """Every possible syllable as it is written without marks and đ ("nguyen", "duc"); some 2,300 of them."""
    rhymes = _PLAIN_RHYMES | _GLIDE_RHYMES | _AFTER_Q
    written = (onset + rhyme for onset in (*_ONSETS, "") for rhyme in rhymes if _fit(onset, rhyme))
    return frozenset(fold(word) for word in written)


@lru_cache(maxsize=65536)
def _split(word: str) -> Syllable | None:
    if not word or len(word) > 8:
        return None
    bare, tone, place = _lift_tone(word)
    if bare is None:
        return None
    for onset in _onsets_of(bare):
        parts = _fit(onset, bare[len(onset) :])
        if parts and _tone_fits(parts[2], tone) and _placement_fits(onset, parts[0], bare, place):
            return Syllable(_written_onset(onset), *parts, TONES[tone])
    return None


def _lift_tone(word: str) -> tuple[str | None, str, int]:
    """The word without its tone mark, the mark, and the index of the letter that bore it (-1: none)."""
    bare: list[str] = []
    tone, place = "", -1
    for index, letter in enumerate(word):
        marks = unicodedata.normalize("NFD", letter)
        found = [m for m in marks[1:] if m in TONES]
        if found:
            if tone or len(found) > 1:
                return None, "", -1
            tone, place = found[0], index
        bare.append(unicodedata.normalize("NFC", "".join(m for m in marks if m not in TONES)))
    return "".join(bare), tone, place


def _onsets_of(bare: str) -> list[str]:
    return [o for o in _ONSETS if bare.startswith(o)] + [""]


def _written_onset(onset: str) -> str:
    return "q" if onset == "qu" else onset


def _fit(onset: str, rhyme: str) -> tuple[str, str, str] | None:
    """(glide, nucleus, coda) where the rhyme may follow the onset."""
    if onset == "qu":
        return _cut("u", rhyme) if rhyme in _AFTER_Q else None
    if onset == "gi" and rhyme in ("", "n", "m", "p", "t", "c", "ch", "nh", "u", "êng", "êt", "êc", "ên"):
        # The letter i of gi is the vowel too: gì, gìn, giếng.
        nucleus = "iê" if rhyme.startswith("ê") else "i"
        return "", nucleus, rhyme.removeprefix("ê")
    if not rhyme or not _spelling_fits(onset, rhyme):
        return None
    if rhyme in _GLIDE_RHYMES:
        return _cut(rhyme[0], rhyme[1:])
    return _cut("", rhyme) if rhyme in _PLAIN_RHYMES else None


def _spelling_fits(onset: str, rhyme: str) -> bool:
    first = rhyme[0]
    if first == "y":
        return not onset or (rhyme == "y" and onset in ("h", "k", "l", "m", "s", "t", "v"))
    front = first in "eêi"
    if onset in ("gh", "ngh"):
        return front
    if onset == "k":
        return front or rhyme in ("a", "ăk")
    if onset in ("c", "g", "ng"):
        return not front or (onset == "g" and first == "i")
    return True


def _cut(glide: str, rest: str) -> tuple[str, str, str]:
    size = 0
    while size < len(rest) and rest[size] in _VOWELS:
        size += 1
    return glide, rest[:size], rest[size:]


def _tone_fits(coda: str, tone: str) -> bool:
    return coda not in _STOPS or tone in ("́", "̣")


def _placement_fits(onset: str, glide: str, bare: str, place: int) -> bool:
    """A mark stands on the letter with a hat or horn (the last one), else on the vowel after the glide; in an
    open rhyme of two letters it may stand on the glide (hòa, hoà)."""
    if place < 0:
        return True
    start = len(onset)
    hatted = [i for i in range(start, len(bare)) if bare[i] in "ăâêôơư"]
    if hatted:
        return place == hatted[-1]
    if onset == "qu":
        return place == start
    if onset == "gi" and (start == len(bare) or bare[start] not in _VOWELS):
        return place == 1
    if bare.startswith("oo", start):
        return place == start + 1
    return place == start + len(glide) or (place == start and bool(glide) and len(bare) == start + 2)
