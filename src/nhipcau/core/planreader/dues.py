"""Deadlines in the words of an item: date phrases that a word of limit governs."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from nhipcau.core.planreader.dates import iso_date
from nhipcau.core.planreader.schema import Due, DueKind

_BEFORE = r"(?:xong )?trước(?! mắt| đây| khi| hết| tiên| năm)"
_BY = (
    r"chậm nhất(?: là)?(?: vào| trong| đến)?|muộn nhất(?: là)?(?: vào)?|không (?:chậm|muộn) hơn|"
    r"hoàn thành(?: xong)?(?: trong| vào| đến)?|xong trong|"
    r"đến hết|hết|thời hạn(?: hoàn thành| thực hiện)?\s*:?|thời gian(?: thực hiện| hoàn thành)?\s*:|"
    r"tiến độ\s*:|vào|trong|đến(?! từ)|"
    r"định kỳ(?: vào)?|hạn(?: chót| cuối)?\s*:?"
)
_LIMIT = re.compile(
    rf"(?:(?<!\w)(?P<before>{_BEFORE})|(?<!\w)(?P<by>{_BY})|\((?=năm 20\d\d\)))\s*"
    r"(?:(?:thời điểm|ngày làm việc)\s+)?"
    r"(?P<hour>\d{1,2}\s?(?:giờ|h|g|:)\s?(?:\d{2}(?:\s?phút)?)?\s?,?\s?(?:của\s)?(?=ngày))?"
)
_D = r"(?:ngày\s*)?(?P<d>\d{1,2})"
_FULL = re.compile(
    rf"{_D}\s*(?:/|-|\.|\s*tháng\s*)\s*(?P<m>\d{{1,2}})\s*(?:/|-|\.|\s*năm\s*|"
    rf"\s*,\s*năm\s*)\s*(?P<y>20\d{{2}})(?!\d)"
)
_DAY_MONTH = re.compile(r"(?:ngày\s*)?(?P<d>\d{1,2})\s*(?:/|\s*tháng\s*)\s*(?P<m>\d{1,2})(?![\d/]|\s*năm \d)")
_MONTHLY = re.compile(r"ngày\s*(?P<d>\d{1,2})\s*(?:hằng|hàng|mỗi|của) tháng|ngày (?P<e>\d{1,2}) tháng cuối")
_MONTH = re.compile(r"tháng\s*(?P<m>\d{1,2})\s*(?:/|năm |\s*,\s*năm )\s*(?P<y>20\d{2})")
_QUARTER = re.compile(r"quý\s*(?P<q>iv|iii|ii|i|[1-4])\s*(?:/|-|,|năm|\s)*\s*(?P<y>20\d{2})")
_YEAR = re.compile(r"(?:hết |cuối )?năm\s*(?P<y>20\d{2})(?!\s*[-–]\s*\d)")
_ANNUAL = re.compile(r"(?:hằng|hàng|mỗi) năm|của năm|năm báo cáo|định kỳ (?:hằng|hàng) năm")
_MORE = re.compile(r"\s*(?:,|và|;)\s*(?:trước\s+)?(?=(?:ngày\s*)?\d{1,2}\s*/\s*\d{1,2})")
_START_ONLY = re.compile(r"và (?:các|những) năm (?:tiếp theo|sau)|trở đi|và hằng năm|và hàng năm|trở về")
_NO_DEADLINE = re.compile(
    r"(?:tầm nhìn|định hướng|giai đoạn|nhiệm kỳ|mục tiêu|như|quy hoạch|chiến lược|văn hóa|phê duyệt|đề án|"
    r"chương trình|nghị quyết|luật|dự án|kế hoạch)[^.;,]{0,40}$"
)
_REPORTING = re.compile(r"báo cáo|sơ kết|tổng kết")
_TARGET = re.compile(r"(?:phấn đấu|hoàn thành|đạt|giải ngân|bảo đảm|đảm bảo|có|triển khai)(?!\w)")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def dues_in(text: str, low: str, offset: int) -> list[Due]:
    """The deadlines in `text`; `offset` is its place in the whole text."""
    found: list[Due] = []
    taken: list[tuple[int, int]] = []
    for m in _LIMIT.finditer(low):
        if any(a <= m.start() < z for a, z in taken):
            continue
        # Before an hour of a day is on that day.
        bound = "before" if m["before"] and not m["hour"] else "by"
        end = _take(found, (text, low, offset), (m.start(), m.end()), bound)
        if end:
            taken.append((m.start(), end))
    for target in _targets(low):
        if not any(a <= target[0] < z for a, z in taken):
            _add(found, (text, low, offset), target[:2], ("year", target[2]), bound="by", rule="target-year")
    _spread_last_date(found, low, offset)
    return found


def _take(found: list[Due], where: tuple[str, str, int], place: tuple[int, int], bound: str) -> int:
    """Read the date behind a word of limit; returns where it ends, 0 when there is none."""
    low = where[1]
    start, at = place
    value = _value(low, at, bound)
    if value is None:
        return 0
    kind, written, end, rule = value
    if kind == "year" and not _year_is_due(low, start, end):
        return 0
    if kind != "year" and _is_past_event(low, start):
        return 0
    _add(found, where, (start, end), (kind, written), bound=bound, rule=rule)
    while more := _MORE.match(low, end):
        again = _value(low, more.end(), bound)
        if again is None:
            break
        if again[0] == "annual" and found and found[-1]["kind"] == "month-day":
            found[-1]["kind"] = "annual"
        _add(found, where, (more.end(), again[2]), (again[0], again[1]), bound=bound, rule=again[3])
        end = again[2]
    return end


def _value(low: str, at: int, bound: str) -> tuple[DueKind, str, int, str] | None:
    """The date that starts at `at`: (kind, value, end, rule)."""
    if m := _FULL.match(low, at):
        written = iso_date(m["y"], m["m"], m["d"])
        return ("date", written, m.end(), "full-date") if written else None
    if m := _MONTHLY.match(low, at):
        day = int(m["d"] or m["e"])
        return (
            ("monthly", str(day), m.end(), "day-of-month")
            if m["d"]
            else ("annual", f"quarter-{day}", m.end(), "last-month")
        )
    if m := _DAY_MONTH.match(low, at):
        if not 1 <= int(m["m"]) <= 12 or not 1 <= int(m["d"]) <= 31:
            return None
        written = f"{int(m['m']):02d}-{int(m['d']):02d}"
        tail = low[m.end() : m.end() + 40].lstrip(" )")
        chain = re.match(r"(?:(?:,|và)\s*(?:ngày\s*)?\d{1,2}/\d{1,2}\s*)*", tail)
        annual = _ANNUAL.match(tail[chain.end() if chain else 0 :].lstrip()) or re.search(
            r"(?:hằng|hàng) năm[^.;]{0,40}$", low[max(0, at - 70) : at]
        )
        return ("annual" if annual else "month-day"), written, m.end(), "day-and-month"
    if m := _MONTH.match(low, at) or _QUARTER.match(low, at):
        return _span_of_months(low, m, bound)
    if bound == "by" and (m := _YEAR.match(low, at)):
        return "year", m["y"], m.end(), "year"
    return None


def _span_of_months(low: str, m: re.Match[str], bound: str) -> tuple[DueKind, str, int, str] | None:
    """A month or a quarter as a limit: its last day, or its first one behind "trước"; none when it is a start
    ("Quý IV năm 2025 và các năm tiếp theo").
    """
    if _START_ONLY.match(low[m.end() : m.end() + 40].lstrip(" ,")):
        return None
    quarter = "q" in m.re.groupindex
    last = 3 * _QUARTERS[m["q"]] if quarter else int(m["m"])
    if not 1 <= last <= 12:
        return None
    year, first = int(m["y"]), last - 2 if quarter else last
    day = date(year, first, 1) if bound == "before" else date(year, last, monthrange(year, last)[1])
    return "date", day.isoformat(), m.end(), "quarter" if quarter else "month"


def _year_is_due(low: str, start: int, end: int) -> bool:
    """A year alone is a deadline when something is to be done, reported or reached in it."""
    if _START_ONLY.match(low[end : end + 40].lstrip(" ,")) or low[end : end + 3].strip().startswith("-"):
        return False
    before = low[max(0, start - 90) : start]
    clause = re.split(r"[.;]", before)[-1]
    if re.search(r"(?:sơ kết|tổng kết|giữa kỳ|hoàn thành|xong|báo cáo)", clause[-60:] + low[start:end]):
        return True
    return not _NO_DEADLINE.search(clause) and bool(
        re.search(r"thời gian|thời hạn|hoàn thành|báo cáo", clause + low[start:end])
    )


def _is_past_event(low: str, start: int) -> bool:
    """A date in the name of a cited document ("ban hành trước ngày …") or an event is no deadline."""
    return bool(
        re.search(
            r"(?:ban hành|có hiệu lực|thành lập|sinh|phát hành|cấp|tính|kể từ|hiệu lực)\s*$",
            low[max(0, start - 16) : start],
        )
    )


def _targets(low: str) -> list[tuple[int, int, str]]:
    """ "Năm 2026, phấn đấu …" at the start of a sentence."""
    out = []
    for m in re.finditer(
        r"(?:^|[.;]\s+)(?:(?:trong|đến|đến hết|phấn đấu đến|phấn đấu) )?năm (20\d{2}),?\s+(?=(?:phấn đấu|"
        r"hoàn thành|đạt)(?!\w))",
        low,
    ):
        out.append((m.start() + len(m.group()) - len(m.group().lstrip(".; ")), m.end(1), m.group(1)))
    for m in re.finditer(r"phấn đấu(?: đến)?(?: hết| cuối)? năm (20\d{2})(?! ?-)", low):
        out.append((m.start(), m.end(1), m.group(1)))
    return out


def _add(
    found: list[Due],
    where: tuple[str, str, int],
    place: tuple[int, int],
    value: tuple[DueKind, str],
    *,
    bound: str,
    rule: str,
) -> None:
    """Keep a deadline, each (kind, value) once."""
    text, low, offset = where
    start, end = place
    if any(d["kind"] == value[0] and d["value"] == value[1] for d in found):
        return
    found.append(
        Due(
            kind=value[0],
            value=value[1],
            of="report" if _of_report(low, start, end) else "task",
            bound="before" if bound == "before" else "by",
            phrase=text[start:end],
            span=[offset + start, offset + end],
            rule=rule,
        )
    )


def _of_report(low: str, start: int, end: int) -> bool:
    """Whether the clause of the date is about a report."""
    left = max(low.rfind(c, 0, start) for c in (".", ";"))
    right = min((x for x in (low.find(". ", end), low.find(";", end)) if x >= 0), default=len(low))
    return bool(_REPORTING.search(low[left + 1 : right]))


def _spread_last_date(found: list[Due], low: str, offset: int) -> None:
    """ "vào năm 2027 và tổng kết vào năm 2031 (trước ngày 15/11)": the day belongs to the year right
    before it.
    """
    for i in range(1, len(found)):
        day, year = found[i], found[i - 1]
        if day["kind"] != "month-day" or year["kind"] != "year":
            continue
        between = low[year["span"][1] - offset : day["span"][0] - offset]
        if len(between) < 4 and "(" in between:
            day["kind"], day["value"], day["rule"] = "date", f"{year['value']}-{day['value']}", "year-and-day"
            year["rule"] = "merged"
    found[:] = [d for d in found if d["rule"] != "merged"]
