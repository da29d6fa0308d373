"""The parts of a name that were asked for, marked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from nhipcau.core.text import fold, nfc

_WORD = re.compile(r"[^\W_]+")


def marked(text: str, words: Sequence[str], inside: bool = False) -> SafeString:
    """The text with the beginnings of its words marked that are among the folded `words`; with `inside`, what
    stands inside of them too.
    """
    text, at = nfc(text), 0
    pieces: list[tuple[SafeString | str]] = []
    for found in _WORD.finditer(text):
        begun, length = _place(found.group(), words, inside)
        if length:
            start = found.start() + begun
            pieces += [(text[at:start],), (format_html("<mark>{}</mark>", text[start : start + length]),)]
            at = start + length
    return format_html_join("", "{}", [*pieces, (text[at:],)])


def _place(word: str, asked: Sequence[str], inside: bool) -> tuple[int, int]:
    """Where the longest of what was asked stands in the word, and its length; (0, 0): nowhere."""
    folded = fold(word)
    if len(folded) != len(word):
        # Letters that fold to several: where they stand cannot be told.
        return (0, len(word)) if any(folded.startswith(each) for each in asked) else (0, 0)
    places = [(folded.find(each), len(each)) for each in asked if each]
    fitting = [(at, length) for at, length in places if at == 0 or (inside and at > 0)]
    return max(fitting, key=lambda place: place[1], default=(0, 0))
