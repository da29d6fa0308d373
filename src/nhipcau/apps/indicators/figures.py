"""A figure as people write it: as many decimals as it has."""

from __future__ import annotations

from decimal import Decimal

from nhipcau.apps.webkit.formats import format_number

MOST = 6


def written(value: Decimal) -> str:
    """26.362, 12,5 in Vietnamese; zeros at the end of a fraction are left out, at most 6 decimals."""
    text = f"{value:.{MOST}f}".rstrip("0")
    return format_number(value, len(text.partition(".")[2]))
