"""Births, numbers, countries and addresses as people write them, read a column at a time.

Columns with few distinct values (dates, countries) are read once a value; numbers by Arrow's own functions.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from nhipcau.core.linkage.codes import Codes, code_of
from nhipcau.core.text import fold

FIRST_YEAR, LAST_YEAR = 1900, 2035
_EXCEL_DAYS = range(3_000, 45_000)
_EXCEL_START = date(1899, 12, 30)
Value = TypeVar("Value")


def each_distinct(column: pa.Array, read: Callable[[str], Value]) -> tuple[list[Value], NDArray[np.int64]]:
    """`read` of each distinct text ("" for none), and the place of each row's answer."""
    coded = pc.fill_null(column.cast(pa.string()), "").dictionary_encode()
    answers = [read(text) for text in coded.dictionary.to_pylist()]
    return answers, coded.indices.to_numpy(zero_copy_only=False).astype(np.int64)


def coded(column: pa.Array, read: Callable[[str], str] = fold) -> Codes:
    """A code of each row's text as `read` understands it."""
    answers, places = each_distinct(column, read)
    return np.array([code_of(answer) for answer in answers] or [0], dtype=np.int64)[places]


# --- births -------------------------------------------------------------------------------------------------


def read_birth(text: str) -> tuple[int, int, int]:
    """(year, month, day), 0 for what is not known. The first of January stands for "sometime that year"."""
    numbers = [int(part) for part in re.findall(r"\d+", text)]
    if len(numbers) == 1:
        return _of_one_number(numbers[0], text.strip())
    if len(numbers) == 2:
        return (_year(max(numbers)), 0, 0)
    if len(numbers) < 3:
        return (0, 0, 0)
    year, month, day = numbers[:3] if numbers[0] > 31 else (numbers[2], numbers[1], numbers[0])
    if month > 12 >= day:
        month, day = day, month
    year = _year(year)
    if not year or not 1 <= month <= 12 or not 1 <= day <= 31 or (day, month) == (1, 1):
        return (year, 0, 0)
    return (year, month, day)


def _year(number: int) -> int:
    if number < 100:
        number += 1900 if number > 25 else 2000
    return number if FIRST_YEAR <= number <= LAST_YEAR else 0


def _of_one_number(number: int, text: str) -> tuple[int, int, int]:
    if len(text) == 8:
        whole = (int(text[4:]), int(text[2:4]), int(text[:2])) if text.isdigit() else (0, 0, 0)
        if not _year(whole[0]):
            whole = (number // 10_000, number // 100 % 100, number % 100)
        if _year(whole[0]) and 1 <= whole[1] <= 12 and 1 <= whole[2] <= 31:
            return (whole[0], 0, 0) if whole[1:] == (1, 1) else whole
    if number in _EXCEL_DAYS:
        day = _EXCEL_START + timedelta(days=number)
        return (day.year, 0, 0) if (day.month, day.day) == (1, 1) else (day.year, day.month, day.day)
    return (_year(number), 0, 0)


def births(column: pa.Array) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """Years, months and days of a column of births."""
    answers, places = each_distinct(column, read_birth)
    table = np.array(answers or [(0, 0, 0)], dtype=np.int32)[places]
    return table[:, 0], table[:, 1], table[:, 2]


# --- phones -------------------------------------------------------------------------------------------------

_CALLING_CODE = r"^(?:\+|00)(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|[2-9]\d\d)"
"""ITU-T E.164: one digit, the two-digit codes, else three."""
# The mobile numbers of eleven digits got ten in 2018 (plan of the Ministry of Information and
# Communications of 22/5/2017): 0120 → 070, 0162 → 032 and so on; here without the 0.
_OLD_PREFIXES = {
    120: 70, 121: 79, 122: 77, 126: 76, 128: 78, 123: 83, 124: 84, 125: 85, 127: 81, 129: 82,
    **{number: number - 130 for number in range(162, 170)}, 186: 56, 188: 58, 199: 59,
}  # fmt: skip


_SECOND_NUMBER = r"([0-9]{4}[^/;,|]*)[/;,|].*$"
_AFTER_A_DASH = r"^((?:[^0-9]*[0-9]){8,}?)\s+(?:[-–—]|và|hoặc|va|hoac)\s.*$"
"""A dash inside a number stands before the eighth digit or without blanks."""


def _first_number(column: pa.Array) -> pa.Array:
    """The first of several numbers in one cell."""
    first = pc.replace_substring_regex(pc.fill_null(column.cast(pa.string()), ""), _SECOND_NUMBER, r"\1")
    return pc.replace_substring_regex(first, _AFTER_A_DASH, r"\1")


def _digits(column: pa.Array) -> pa.Array:
    return pc.replace_substring_regex(column, r"\D+", "")


def _as_numbers(digits: pa.Array) -> Codes:
    """The last nine or ten digits as a number, 0 for none."""
    short = pc.utf8_slice_codeunits(digits, -12, None)
    numbers = pc.if_else(pc.equal(pc.utf8_length(short), 0), "0", short).cast(pa.int64())
    codes: Codes = numbers.to_numpy(zero_copy_only=False)
    return codes


def vietnamese_phones(column: pa.Array) -> Codes:
    """Numbers in Viet Nam without the first 0 or 84, old prefixes of eleven digits as what they became."""
    numbers = _as_numbers(_digits(_first_number(column)))
    with_code = (numbers >= 84 * 10**9) & (numbers // 10**9 == 84)
    numbers = np.where(with_code, numbers % 10**9, numbers)
    long_code = (numbers >= 84 * 10**10) & (numbers // 10**10 == 84)
    numbers = np.where(long_code, numbers % 10**10, numbers)
    table = np.arange(1000)
    for old, new in _OLD_PREFIXES.items():
        table[old] = new
    eleven = (numbers >= 10**9) & (numbers < 2 * 10**9)
    moved = table[np.where(eleven, numbers // 10**7, 0)] * 10**7 + numbers % 10**7
    numbers = np.where(eleven, moved, numbers)
    return np.where(numbers >= 10**7, numbers, 0)


def own_phones(column: pa.Array) -> Codes:
    """Numbers anywhere, without the country's calling code and the first 0: the last nine digits."""
    bare = pc.replace_substring_regex(_first_number(column), _CALLING_CODE, "")
    numbers = _as_numbers(_digits(bare)) % 10**9
    return np.where(numbers >= 10**5, numbers, 0)


# --- papers -------------------------------------------------------------------------------------------------

_PAPER_WORDS = r"^\s*(?:(?:[^\d\s:.,]{3,}|HC|PP|ID|CC|HO|HỘ|SO|SỐ)[\s:.,]+)+"
_PAPER_WORD = r"^(?:HOCHIEU|HC|PASSPORT|PP|CCCD|CMND|CMTND|CMT|CC|DDCN|ID)([A-Z]{0,2}\d{6,12})$"
"""The kind of paper before its number: "Hộ chiếu số: B1234567", "HCB1234567", "CCCD: 089…"."""
PASSPORT, OLD_CARD, NATIONAL_ID = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Papers:
    """Numbers of papers: their code, text and kind; what a 12-digit identity number tells of its holder."""

    code: Codes
    text: pa.Array
    kind: NDArray[np.int8]
    birth_year: NDArray[np.int32]
    woman: NDArray[np.int8]
    """1 woman, 0 man, -1 not known."""


def papers(column: pa.Array) -> Papers:
    """Passports, identity cards of 9 digits, identity numbers of 12 (Decree 137/2015/NĐ-CP, article 7: place
    of birth registration, century and sex, year, six digits)."""
    written = pc.utf8_upper(pc.fill_null(column.cast(pa.string()), ""))
    text = pc.replace_substring_regex(pc.replace_substring_regex(written, _PAPER_WORDS, ""), "[^0-9A-Z]+", "")
    text = pc.replace_substring_regex(text, _PAPER_WORD, r"\1")
    length = pc.utf8_length(text).to_numpy(zero_copy_only=False)
    digits = pc.match_substring_regex(text, r"^\d+$").to_numpy(zero_copy_only=False)
    kind = np.where(digits & (length == 12), NATIONAL_ID, np.where(digits, OLD_CARD, PASSPORT))
    kind = np.where(length >= 5, kind, 0).astype(np.int8)
    text = pc.if_else(pa.array(kind > 0), text, "")
    national = kind == NATIONAL_ID
    middle = pc.utf8_slice_codeunits(pc.if_else(pa.array(national), text, "000000000000"), 3, 6)
    holder = middle.cast(pa.int32()).to_numpy(zero_copy_only=False)
    century = holder // 100
    year = 1900 + century // 2 * 100 + holder % 100
    fits = national & (century <= 3) & (year <= LAST_YEAR)
    return Papers(
        code=coded(text, str),
        text=text,
        kind=kind,
        birth_year=np.where(fits, year, 0).astype(np.int32),
        woman=np.where(fits, century % 2, -1).astype(np.int8),
    )


# --- words with few values ----------------------------------------------------------------------------------

_SEX = {
    "nam": "m",
    "male": "m",
    "m": "m",
    "trai": "m",
    "1": "m",
    "nu": "f",
    "female": "f",
    "f": "f",
    "gai": "f",
    "0": "f",
}


def sexes(column: pa.Array) -> NDArray[np.int8]:
    """1 woman, 0 man, -1 not known."""
    answers, places = each_distinct(column, lambda text: {"m": 0, "f": 1}.get(_SEX.get(fold(text), ""), -1))
    return np.array(answers or [-1], dtype=np.int8)[places]


def emails(column: pa.Array) -> Codes:
    """Addresses of electronic mail without spaces and case; what has no @ is none."""
    return coded(column, lambda text: "".join(text.lower().split()) if "@" in text else "")
