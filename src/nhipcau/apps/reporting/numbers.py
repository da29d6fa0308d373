"""Figures as officials type them: 26.362 and 1.234,5 in Vietnamese, 26,362 and 1,234.5 in English."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from django.utils.translation import gettext as _

from nhipcau.apps.webkit.formats import format_number, in_vietnamese

MOST_DIGITS, MOST_DECIMALS = 16, 4
_BLANKS = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_SHAPE = re.compile(r"-?(\d{1,3}(?:[.]\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:,(\d+))?")
_SWAPPED = str.maketrans(".,", ",.")


class BadNumber(ValueError):
    """No figure; the words say how to write one."""


def read_number(text: str, *, vietnamese: bool | None = None) -> Decimal | None:
    """None for nothing. In the language of the page unless said. Raises BadNumber, never guesses: "12.5" is
    no Vietnamese number, since a point stands before three digits.
    """
    vietnamese = in_vietnamese() if vietnamese is None else vietnamese
    typed = _BLANKS.sub(" ", unicodedata.normalize("NFKC", text)).strip()
    typed = typed.replace("−", "-").replace("–", "-").replace("- ", "-")
    if not typed:
        return None
    shape = typed if vietnamese else typed.translate(_SWAPPED)
    found = _SHAPE.fullmatch(shape) if shape.isascii() else None
    if found is None:
        raise BadNumber(_hint(shape))
    whole, decimals = re.sub(r"[. ]", "", found[1]), found[2] or ""
    if len(whole) > MOST_DIGITS:
        raise BadNumber(_("The figure is too long. Look at its unit."))
    if len(decimals.rstrip("0")) > MOST_DECIMALS:
        raise BadNumber(_("At most %(n)s decimals.") % {"n": MOST_DECIMALS})
    sign = "-" if shape.startswith("-") else ""
    return Decimal(f"{sign}{whole}.{decimals[:MOST_DECIMALS] or '0'}")


def _hint(shape: str) -> str:
    swapped = shape.translate(_SWAPPED)
    if re.fullmatch(r"-?\d+,\d+", swapped):
        words = _("Thousands or decimals? Write %(one)s for thousands, %(other)s for decimals.")
        digits = swapped.replace(",", "").lstrip("-")
        as_decimal = Decimal(swapped.replace(",", "."))
        places = min(len(swapped.partition(",")[2]), MOST_DECIMALS)
        return words % {"one": format_number(Decimal(digits)), "other": format_number(as_decimal, places)}
    return _("This is no figure. Write digits only, for example %(example)s.") % {
        "example": format_number(Decimal("26362"))
    }


def show_number(amount: Decimal | None) -> str:
    """With the decimals that it has; empty for None."""
    if amount is None:
        return ""
    exponent = amount.normalize().as_tuple().exponent
    return format_number(amount, max(0, -exponent) if isinstance(exponent, int) else 0)
