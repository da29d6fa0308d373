"""How wide words come out in Times New Roman: its advance widths, in thousandths of the size.

Marks have no width of their own; a letter that is not listed counts as an ordinary one. Good enough for the
length of a rule and for where a name is broken, without a font at hand.
"""

from __future__ import annotations

import unicodedata

_BOLD = {
    220: "|", 250: ",. \u00a0", 278: "'/\\il", 333: "!()-:;[]`fjt’‘", 389: "Is", 394: "{}", 444: "cerz",
    500: "#$*0123456789?J_agovxy–“”", 520: "~", 555: '"', 556: "Sbdhknpquđơ", 570: "+<=>", 581: "^", 600: "ư",
    611: "FP", 667: "BELTZ", 722: "ACDNRUVXYwĐ", 778: "GHKOQƠ", 796: "Ư", 833: "&m", 930: "@", 944: "M",
    1000: "%W—…",
}  # fmt: skip
_UPRIGHT = {
    180: "'", 200: "|", 250: ",. \u00a0", 278: "/:;\\ijlt", 333: "!()-I[]`fr’‘", 389: "Js", 408: '"',
    444: "?acez“”", 469: "^", 480: "{}", 500: "#$*0123456789_bdghknopquvxyđ–", 529: "ơ", 541: "~ư",
    556: "FPS", 564: "+<=>", 611: "ELTZ", 667: "BCR", 722: "ADGHKNOQUVXYwĐƠ", 776: "Ư", 778: "&m",
    833: "%", 889: "M", 921: "@", 944: "W", 1000: "—…",
}  # fmt: skip


def _table(groups: dict[int, str]) -> dict[str, int]:
    return {sign: width for width, signs in groups.items() for sign in signs}


_WIDTHS = {True: _table(_BOLD), False: _table(_UPRIGHT)}
_HORN = "\u031b"
_HORNED = {"o": "ơ", "O": "Ơ", "u": "ư", "U": "Ư"}


def width_mm(text: str, points: float, *, bold: bool = False) -> float:
    """The width in mm of a text on one line at a size in points."""
    table = _WIDTHS[bold]
    total = 0
    bare = unicodedata.normalize("NFD", text)
    for at, sign in enumerate(bare):
        if unicodedata.combining(sign):
            continue
        tail = bare[at + 1 : at + 4]
        total += table.get(_HORNED.get(sign, sign) if _HORN in tail[: _marks(tail)] else sign, 556)
    return total / 1000 * points * 25.4 / 72


def _marks(tail: str) -> int:
    """How many of the signs at the head of `tail` are marks."""
    return next((at for at, sign in enumerate(tail) if not unicodedata.combining(sign)), len(tail))


def balanced(text: str, most: float, points: float, *, bold: bool = False) -> list[str]:
    """The text in as few lines of at most `most` mm as it takes, the lines about as long as each other."""
    whole = width_mm(text, points, bold=bold)
    words = text.split()
    count = max(1, -int(-whole // most))
    while count < len(words):
        broken = _broken(words, max(most * 0.4, whole / count * 1.08), points, bold=bold)
        if len(broken) <= count:
            return broken
        broken = _broken(words, most, points, bold=bold)
        if len(broken) <= count:
            return broken
        count += 1
    return _broken(words, most, points, bold=bold)


def _broken(words: list[str], most: float, points: float, *, bold: bool) -> list[str]:
    rows: list[str] = []
    for word in words:
        if rows and width_mm(f"{rows[-1]} {word}", points, bold=bold) <= most:
            rows[-1] += f" {word}"
        else:
            rows.append(word)
    return rows
