"""What periods are called: in Vietnamese whatever the page's language is, as their reports will be."""

from __future__ import annotations

from nhipcau.apps.reporting.models import Period

_REPORT = "báo cáo "
_ROMAN = ("I", "II", "III", "IV")
_HALVES = ("đầu", "cuối")
# How many of a kind a year has; those that are not here come once.
NUMBERS = {Period.Kind.MONTH: 12, Period.Kind.QUARTER: 4, Period.Kind.HALF: 2}


def proposed_title(kind: str, year: int, number: int = 1) -> str:
    """ "Kỳ 6 tháng đầu năm 2027", "Quý III năm 2027". `number` is one of the kind's."""
    kinds = Period.Kind
    if kind == kinds.MONTH:
        return f"Tháng {number} năm {year}"
    if kind == kinds.QUARTER:
        return f"Quý {_ROMAN[number - 1]} năm {year}"
    if kind == kinds.HALF:
        return f"Kỳ 6 tháng {_HALVES[number - 1]} năm {year}"
    words = {
        kinds.NINE_MONTHS: "Kỳ 9 tháng đầu năm",
        kinds.YEAR: "Năm",
        kinds.MIDTERM: "Sơ kết năm",
        kinds.FINAL: "Tổng kết năm",
        kinds.ONCE: "Báo cáo một lần năm",
        kinds.ADHOC: "Báo cáo đột xuất năm",
    }
    return f"{words[kinds(kind)]} {year}"


def has_number(kind: str, number: int) -> bool:
    """Whether a year has this one of the kind."""
    return 1 <= number <= NUMBERS.get(Period.Kind(kind), 1)


def subject_of(form: str, period: str) -> str:
    """What a report is about, as it stands below "BÁO CÁO": "Công tác … 6 tháng đầu năm 2027"."""
    about = form[len(_REPORT) :] if form.casefold().startswith(_REPORT) else form
    when = period[:1].lower() + period[1:]
    when = when.removeprefix("kỳ ")
    return f"{about[:1].upper()}{about[1:]} {when}"[:500]
