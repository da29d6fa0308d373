"""Letters of other alphabets that look Latin (Cyrillic а, Greek Ο, Icelandic Ð) inside Vietnamese words."""

from __future__ import annotations

import re
from collections import defaultdict

from nhipcau.core.text.fontmap.tokens import VIETNAMESE
from nhipcau.core.text.lexicon import lexicon
from nhipcau.core.text.textmap import TextMap, apply_edits

_FOREIGN = "АВЕКМНОРСТУХІЈЅасеорухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧοÐƉðɖ"
_LATIN = "ABEKMHOPCTYXIJSaceopyxijsABEZHIKMNOPTYXoĐĐđđ"
_TABLE = dict(zip(_FOREIGN, _LATIN, strict=True))
_TRANSLATION = str.maketrans(_TABLE)
_ANY = re.compile(f"[{_FOREIGN}]")
_WORD = re.compile(r"[^\W\d_]+")
_OTHER_SCRIPT = re.compile(f"(?![{_FOREIGN}])[\u0370-\u052f]")
_LEAST_SHARE = 0.9


def latinise(text: str) -> tuple[str, TextMap, bool]:
    """The text with such letters made Latin, the map back, and whether there were any.

    A letter is exchanged where nearly all words that mix it with Latin letters become Vietnamese (or plain
    abbreviations) by it; so broken font maps, which use the same characters for other letters, are left
    alone.
    """
    if not _ANY.search(text):
        return text, TextMap.identity(len(text)), False
    words = [(m.start(), m.group()) for m in _WORD.finditer(text) if _ANY.search(m.group())]
    fits: defaultdict[str, list[bool]] = defaultdict(list)
    for word in {word for _, word in words}:
        if _is_mixed(word):
            good = _reads_well(word.translate(_TRANSLATION))
            for letter in set(_ANY.findall(word)):
                fits[letter].append(good)
    whole = not _OTHER_SCRIPT.search(text)
    trusted = {letter for letter, votes in fits.items() if sum(votes) >= _LEAST_SHARE * len(votes)}
    if trusted:
        trusted |= {letter for letter in _TABLE if letter not in fits}
    edits = [
        (at + i, at + i + 1, _TABLE[letter])
        for at, word in words
        if _is_mixed(word) or (whole and _reads_well(word.translate(_TRANSLATION)))
        for i, letter in enumerate(word)
        if letter in trusted
    ]
    mended, mapping = apply_edits(text, edits)
    return mended, mapping, bool(edits)


def _is_mixed(word: str) -> bool:
    """Whether other letters of the word are Latin, none being foreign but for those that look Latin."""
    rest = _ANY.sub("", word)
    return rest != "" and all(c.isascii() or c in VIETNAMESE for c in rest)


def _reads_well(word: str) -> bool:
    return word.lower() in lexicon() or (word.isupper() and len(word) <= 6)
