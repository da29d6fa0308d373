"""What somebody typed as an amount: "1.500.000", "1,5 triệu", "2 tỷ 500 triệu", to whole đồng.

The point parts thousands, the comma a fraction, as Vietnamese writes them. What could be read in two ways
("1,500 triệu") is refused with both of them named, never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

# A million tỷ: several times the budget of the country. Larger is a slip of the hand.
MOST = 10**15
MOST_QUANTITY = Decimal(10**9)
LONGEST = 60
THOUSANDS, MILLIONS, BILLIONS = 1_000, 1_000_000, 1_000_000_000
# The last one may only end an amount.
_SCALES = {
    "tỷ": BILLIONS,
    "tỉ": BILLIONS,
    "ty": BILLIONS,
    "ti": BILLIONS,
    "triệu": MILLIONS,
    "trieu": MILLIONS,
    "tr": MILLIONS,
    "nghìn": THOUSANDS,
    "nghin": THOUSANDS,
    "ngàn": THOUSANDS,
    "ngan": THOUSANDS,
    "k": THOUSANDS,
    "đồng": 1,
    "dong": 1,
    "đ": 1,
    "d": 1,
    "vnđ": 1,
    "vnd": 1,
}
_PART = re.compile(r"(?P<figures>[0-9][0-9.,]*(?: [0-9]{3})*)\s*(?P<scale>[^\W\d_]*)\s*")
_WHOLE = re.compile(r"[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+")
_FRACTION = re.compile(r"(?P<whole>[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+),(?P<part>[0-9]+)")
_FOREIGN = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){2,}")
_POINT = re.compile(r"(?P<whole>[0-9]+)\.(?P<part>[0-9]{1,2})")
_TWO_WAYS = re.compile(r"[0-9]{1,3},[0-9]{3}")


class AmountError(ValueError):
    """What was typed is no amount. `code`: "unreadable", "two-ways", "part-of-dong", "negative",
    "too-large", "order"; `one` and `other` are the two readings of "two-ways".
    """

    def __init__(self, code: str, one: str = "", other: str = "") -> None:
        super().__init__(code)
        self.code, self.one, self.other = code, one, other


def read_amount(text: str) -> int | None:
    """Whole đồng; None where nothing was typed ("", "…"), 0 for "-" and "0". Raises AmountError."""
    words = _tidy(text)
    if words in {"", "…", "..."}:
        return None
    if words in {"-", "–"}:
        return 0
    if words.startswith(("-", "–", "(")):
        raise AmountError("negative")
    total, smallest, at = Decimal(0), None, 0
    while at < len(words):
        part = _PART.match(words, at)
        if part is None:
            raise AmountError("unreadable")
        at = part.end()
        scale = _scale(part["scale"], alone=smallest is None)
        if smallest is not None and scale >= smallest:
            raise AmountError("order")
        smallest = scale
        total += _figures(part["figures"], part["scale"]) * scale
        if part["scale"] and at < len(words) and _ends_in_dong(words[at:]):
            break
    if total != total.to_integral_value():
        raise AmountError("part-of-dong")
    if total > MOST:
        raise AmountError("too-large")
    return int(total)


def read_quantity(text: str, most: Decimal = MOST_QUANTITY) -> Decimal | None:
    """A count that may have a fraction: "12", "1,5", "1.200"; None where nothing was typed."""
    words = _tidy(text)
    if not words:
        return None
    if words.startswith(("-", "–", "(")):
        raise AmountError("negative")
    found = _figures(words, "")
    if found > most:
        raise AmountError("too-large")
    if found != round(found, 3):
        raise AmountError("unreadable")
    return found


def _tidy(text: str) -> str:
    if len(text) > LONGEST:
        raise AmountError("too-large")
    return " ".join(unicodedata.normalize("NFC", text).lower().split())


def _scale(word: str, *, alone: bool) -> int:
    if not word:
        # "2 tỷ 500" could be 500 triệu in speech and 500 đồng on paper.
        if not alone:
            raise AmountError("unreadable")
        return 1
    if word not in _SCALES:
        raise AmountError("unreadable")
    return _SCALES[word]


def _ends_in_dong(rest: str) -> bool:
    """ "1,5 triệu đồng": the word after the scale counts nothing more."""
    return rest.strip() in {"đồng", "dong", "đ", "vnđ", "vnd"}


def _figures(figures: str, scale: str) -> Decimal:
    if _WHOLE.fullmatch(figures):
        return Decimal(re.sub(r"[. ]", "", figures))
    if _FOREIGN.fullmatch(figures):
        return Decimal(figures.replace(",", ""))
    if _TWO_WAYS.fullmatch(figures):
        whole, part = figures.split(",")
        tail = f" {scale}" if scale else ""
        raise AmountError(
            "two-ways", one=f"{whole}.{part}{tail}", other=f"{whole},{part.rstrip('0') or '0'}{tail}"
        )
    for pattern in (_FRACTION, _POINT):
        found = pattern.fullmatch(figures)
        if found:
            return Decimal(f"{found['whole'].replace('.', '')}.{found['part']}")
    raise AmountError("unreadable")
