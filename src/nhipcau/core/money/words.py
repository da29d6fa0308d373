"""An amount in words: as it was understood, and as papers spell it out ("bằng chữ")."""

from __future__ import annotations

from decimal import Decimal

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SHORT = ((1_000_000_000, "tỷ"), (1_000_000, "triệu"), (1_000, "nghìn"))


def understood(amount: int) -> str:
    """ "1.500.000 đồng (1,5 triệu)": every figure, and the short form where one says it exactly."""
    full = f"{amount:,}".replace(",", ".") + " đồng"
    for size, name in _SHORT[:2]:
        if amount >= size:
            short = (Decimal(amount) / size).normalize()
            places = max(0, -int(short.as_tuple().exponent))
            # With three, "1,971 triệu" could be read in two ways.
            if places <= 2:
                figures = f"{short:,f}".translate(str.maketrans(",.", ".,"))
                return f"{full} ({figures} {name})"
    return full


def spoken(amount: int) -> str:
    """ "một triệu năm trăm nghìn đồng", without a capital. `amount` is not negative."""
    return f"{_number(amount)} đồng"


def _number(amount: int) -> str:
    if amount == 0:
        return DIGITS[0]
    billions, rest = divmod(amount, 1_000_000_000)
    words = [f"{_number(billions)} tỷ"] if billions else []
    for size, name in _SHORT[1:]:
        group, rest = divmod(rest, size)
        if group:
            words.append(f"{_group(group, first=not words)} {name}")
    if rest:
        words.append(_group(rest, first=not words))
    return " ".join(words)


def _group(group: int, *, first: bool) -> str:
    """Three digits; after a larger group they are read with their hundreds: "không trăm linh năm"."""
    hundreds, rest = divmod(group, 100)
    tens, ones = divmod(rest, 10)
    words = [] if first and not hundreds else [f"{DIGITS[hundreds]} trăm"]
    if tens == 0 and ones and words:
        words.append("linh")
    elif tens == 1:
        words.append("mười")
    elif tens > 1:
        words.append(f"{DIGITS[tens]} mươi")
    if ones:
        words.append(_ones(ones, tens))
    return " ".join(words)


def _ones(ones: int, tens: int) -> str:
    if ones == 1 and tens > 1:
        return "mốt"
    if ones == 5 and tens:
        return "lăm"
    return DIGITS[ones]
