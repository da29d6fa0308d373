"""The fixed wordings of the form: number, place and date, the line under an annex's title."""

from __future__ import annotations

from datetime import date

from nhipcau.core.officialdoc.cleaning import line
from nhipcau.core.officialdoc.model import OfficialDocument

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
BLANK = "\u00a0" * 6
ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def number_words(number: str | None) -> str:
    """A running number as it is printed: "05", "112", blanks when it is not known yet."""
    if number is None:
        return BLANK
    digits = number.rstrip("abcdefghijklmnopqrstuvwxyzđ")
    return f"{int(digits):02d}{number[len(digits) :]}"


def number_line(document: OfficialDocument) -> str:
    """ "Số: 05/BC-SNgV"; empty for what bears no number."""
    if not document.type.numbered:
        return ""
    return f"Số: {number_mark(document)}"


def number_mark(document: OfficialDocument) -> str:
    """ "05/BC-SNgV"."""
    return f"{number_words(document.number)}/{document.type.symbol(line(document.symbol))}"


def day_words(day: date | None, year: int | None) -> str:
    """ "ngày 05 tháng 02 năm 2026": a leading 0 for days below 10 and for months 1 and 2."""
    if day is None:
        return f"ngày{BLANK}tháng{BLANK}năm {year or BLANK}".rstrip()
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def place_and_date(document: OfficialDocument) -> str:
    """ "Lâm Giang, ngày 05 tháng 02 năm 2026"."""
    return f"{line(document.place) or '…'}, {day_words(document.day, document.year)}"


def annex_reference(document: OfficialDocument) -> str:
    """ "(Kèm theo Báo cáo số 05/BC-SNgV ngày 05 tháng 02 năm 2026 của Sở Ngoại vụ)"."""
    number = f" số {number_mark(document)}" if document.type.numbered else ""
    when = day_words(document.day, document.year)
    return f"(Kèm theo {document.type.name}{number} {when} của {line(document.issuer)})"


def roman(number: int) -> str:
    """1 → "I"."""
    words = ""
    for value, sign in ROMAN:
        while number >= value:
            words += sign
            number -= value
    return words


def listed(items: list[str]) -> list[str]:
    """Items of a list in the form's punctuation: ";" after each, "." after the last."""
    bare = [item.rstrip(" ;.,") for item in items]
    return [f"{item}{'.' if at == len(bare) - 1 else ';'}" for at, item in enumerate(bare)]
