"""How often a report is asked for, and by which day of each turn.

A clause names periods ("hằng quý", "6 tháng đầu năm", "định kỳ tháng, quý, năm") and days. A day belongs to
the period that it names itself ("ngày 20 tháng cuối quý"), else to the one right before it ("06 tháng (trước
ngày 25/5)"), else to the one right behind it ("trước ngày 15/12 hằng năm").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from nhipcau.core.planreader.schema import Due, Every, ReportRule

_EACH = r"(?:hằng|hàng|mỗi|từng)"
_NO_NUMBER = r"(?!\s*\d)"
_NO_ROMAN = r"(?! [ivx1-4])"
_NO_YEAR = r"(?!\s*20)"
_WORDS: tuple[tuple[Every, str], ...] = (
    (
        "month",
        rf"{_EACH} tháng(?! cuối| đầu)|báo cáo tháng{_NO_NUMBER}|(?<=định kỳ )tháng{_NO_NUMBER}|"
        rf"01 tháng{_NO_NUMBER}",
    ),
    (
        "quarter",
        rf"{_EACH} quý|báo cáo quý{_NO_ROMAN}|(?<=định kỳ )quý{_NO_ROMAN}|(?<!\d)0?3 tháng{_NO_NUMBER}|"
        r"quý i(?=,\s*(?:0?6|sáu) tháng)|quý (?:i{1,3}|iv|[1-4])(?=\s*(?:\(\s*)?trước)",
    ),
    (
        "half",
        rf"(?<!ngày )(?<!\d)(?:0?6|sáu) tháng{_NO_NUMBER}(?: (?:đầu|cuối) năm)?|bán niên|nửa năm",
    ),
    ("nine-months", rf"(?<!ngày )(?<!\d)(?:0?9|chín) tháng{_NO_NUMBER}(?: đầu năm)?"),
    (
        "year",
        rf"{_EACH} năm|báo cáo (?:công tác )?năm{_NO_YEAR}|(?<=định kỳ )(?:cả )?năm{_NO_YEAR}|cả năm|"
        r"(?<=và )năm(?=\s*(?:\(\s*)?trước)|"
        rf"(?<!\d)(?:12|mười hai) tháng{_NO_NUMBER}|(?<!\w)(?:01|một) năm(?: một lần)",
    ),
)
_BEAT = re.compile("|".join(f"(?P<p{n}>(?<!\\w)(?:{words}))" for n, (_every, words) in enumerate(_WORDS)))
# In an enumeration the short words stand for the long ones: "tháng, quý, 6 tháng, năm".
_NEXT = re.compile(
    r"\s*(?:\([^()]{0,60}\)\s*)?(?:,|và|/|;)\s*(?:và\s+|báo cáo\s+)?"
    r"(?:(?P<month>tháng)|(?P<quarter>quý)|(?P<year>(?:cả )?năm))(?!\w)(?!\s*(?:\d|[ivx]+(?!\w)))"
)
# A certain half year ("6 tháng đầu năm 2026"), not one that comes again.
_CERTAIN = re.compile(r"\s*(?:,\s*)?(?:năm\s*)?20\d\d")
_LIMIT_BEFORE = re.compile(
    r"(?:(?P<before>trước)|(?P<by>chậm nhất|muộn nhất|không (?:chậm|muộn) hơn|đến|vào|định kỳ|hạn))"
    r"(?:\s*(?:là|vào|đến|trong|hết|:))*\s*$"
)
_LAST_MONTH = re.compile(
    rf"ngày\s*(?P<d>\d{{1,2}})\s*(?:của\s*)?tháng cuối(?:\s*(?:của\s*)?(?:{_EACH}\s*)?(?:(?P<quarter>quý)|"
    r"(?P<half>(?:0?6|sáu) tháng)|kỳ(?: báo cáo)?))?"
)
_NEXT_QUARTER = re.compile(
    r"ngày\s*(?P<d>\d{1,2})\s*(?:của\s*)?tháng đầu(?: tiên)?\s*(?:của\s*)?"
    r"quý (?:sau|tiếp theo|kế tiếp|liền kề)"
)
_OF_MONTH = re.compile(
    rf"ngày\s*(?P<d>\d{{1,2}})\s*(?:{_EACH} tháng|(?:của )?tháng (?:sau|tiếp theo|kế tiếp|liền kề|báo cáo)|"
    r"của tháng(?! cuối| đầu|\s*\d))"
)
_BARE = re.compile(r"ngày\s*(?P<d>\d{1,2})(?!\s*(?:[/.-]\s*\d|tháng|của|\d))")
_LENGTH: dict[Every, int] = {"month": 1, "quarter": 3, "half": 6, "nine-months": 9, "year": 12}
_NEAR, _BEHIND = 40, 30
# More periods or days than any sentence has: what comes behind is not looked at.
MOST = 40
# "trước ngày 10/6 đối với báo cáo 6 tháng": what stands behind is meant, whatever stands before.
_FOR = re.compile(r"\s*\(?\s*(?:đối với|cho|là)\s+")
_LINK = re.compile(
    r"(?:ngày\s*)?\d{1,2}\s*(?:/|\s*tháng\s*)\s*\d{1,2}|trước|và|ngày|chậm nhất|vào|là|của|[\s,():;]"
)
_WITHIN = re.compile(
    r"(?:(?:lồng ghép|kết hợp|gộp|ghép|tích hợp|đưa)[^;.()]{0,40}?(?:trong|vào|với|cùng)|(?<!\w)trong|"
    r"cùng(?: với)?)\s+(?:nội dung\s+)?(?P<what>(?:các )?báo cáo (?!này|nêu|đó|trên)[^,;.()]{3,120})"
)
_WITHIN_END = re.compile(r"\s(?:và báo cáo|gửi|để|trước ngày|về sở|về ủy ban|về ubnd|trình|chậm nhất)(?!\w)")


@dataclass(frozen=True, slots=True)
class Beat:
    """A period that a clause names, and where."""

    every: Every
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Day:
    """A day of each turn that no date says: several values make one rule each."""

    kind: str
    values: tuple[str, ...]
    every: Every | None
    start: int
    end: int


def beats_in(low: str) -> list[Beat]:
    """The periods of a clause, in order of the text."""
    found: list[Beat] = []
    for m in islice(_BEAT.finditer(low), MOST):
        if found and m.start() < found[-1].end:
            continue
        name = m.lastgroup or "p0"
        found.append(Beat(_WORDS[int(name[1:])][0], m.start(), m.end()))
        found += islice(_enumerated(low, m.end()), MOST)
    return sorted(set(found), key=lambda beat: beat.start)[:MOST]


def _enumerated(low: str, at: int) -> Iterator[Beat]:
    while m := _NEXT.match(low, at):
        every = m.lastgroup
        if every == "month":
            yield Beat("month", m.start(every), m.end())
        elif every == "quarter":
            yield Beat("quarter", m.start(every), m.end())
        else:
            yield Beat("year", m.start("year"), m.end())
        at = m.end()


def days_in(low: str, beats: Sequence[Beat]) -> list[Day]:
    """Days of a month or of a last month; a day without either only right behind a period."""
    found = [
        _day(
            m, "quarterly", (str(int(m["d"])),), "half" if m["half"] else "quarter" if m["quarter"] else None
        )
        for m in islice(_LAST_MONTH.finditer(low), MOST)
    ]
    for m in islice(_NEXT_QUARTER.finditer(low), MOST):
        values = tuple(f"{month:02d}-{int(m['d']):02d}" for month in (1, 4, 7, 10))
        found.append(_day(m, "annual", values, "quarter"))
    found += [_day(m, "monthly", (str(int(m["d"])),), "month") for m in islice(_OF_MONTH.finditer(low), MOST)]
    for m in islice(_BARE.finditer(low), MOST):
        beat = _beat_before(low, m.start(), beats)
        if beat is not None and beat.every != "year" and not _over(m.start(), m.end(), found):
            found.append(_day(m, "", (str(int(m["d"])),), beat.every))
    settled = [_settled(day, _beat_before(low, day.start, beats)) for day in found]
    return sorted((day for day in settled if _possible(day)), key=lambda day: day.start)


def _day(m: re.Match[str], kind: str, values: tuple[str, ...], every: Every | None) -> Day:
    return Day(kind, values, every, m.start(), m.end())


def _settled(day: Day, beat: Beat | None) -> Day:
    """With the period and the kind of rule that go together."""
    every = day.every or (beat.every if beat else "quarter")
    kinds: dict[Every, str] = {"month": "monthly", "quarter": "quarterly", "half": "halfyearly"}
    kind = day.kind if day.kind in ("annual", "monthly") else kinds.get(every, "")
    values = day.values
    if every in ("nine-months", "year") and kind == "":
        kind, values = (
            "annual",
            tuple(f"{9 if every == 'nine-months' else 12:02d}-{int(v):02d}" for v in values),
        )
    return Day(kind, values, every, day.start, day.end)


def _possible(day: Day) -> bool:
    return all(1 <= int(value[-2:]) <= 31 for value in day.values)


def _over(start: int, end: int, days: Sequence[Day]) -> bool:
    return any(start < day.end and day.start < end for day in days)


def _beat_before(low: str, at: int, beats: Sequence[Beat]) -> Beat | None:
    """The nearest period before a day, near enough and with nothing but words of limit in between."""
    before = [beat for beat in beats if beat.end <= at and at - beat.end <= _NEAR]
    if not before:
        return None
    between = low[before[-1].end : at]
    return before[-1] if not re.search(r"[;.)]|sơ kết|tổng kết|\d", between) else None


def _beat_behind(low: str, at: int, beats: Sequence[Beat]) -> Beat | None:
    """The period right behind a day; other days of the same list may stand in between."""
    for beat in beats:
        if at <= beat.start <= at + 4 * _BEHIND and not _LINK.sub("", low[at : beat.start]):
            return beat
    return None


def every_of(low: str, start: int, end: int, beats: Sequence[Beat]) -> Every | None:
    """The period that a date belongs to."""
    said = _FOR.match(low, end)
    meant = next((beat for beat in beats if said and beat.start == said.end()), None)
    beat = meant or _beat_before(low, start, beats) or _beat_behind(low, end, beats)
    return beat.every if beat else None


def same_list(low: str, start: int, end: int) -> bool:
    """Whether nothing but dates and words of limit stand between two dates."""
    return not _LINK.sub("", low[start:end])


def certain(low: str, beats: Sequence[Beat]) -> list[Beat]:
    """Periods of a certain year: they do not come again."""
    return [beat for beat in beats if _CERTAIN.match(low, beat.end)]


def spread(months: Sequence[int]) -> list[Every] | None:
    """What yearly dates of one list stand for: two of them the first half and the year, four the quarters."""
    rising = list(months) == sorted(set(months))
    if rising and len(months) == 2 and 5 <= months[0] <= 7 and months[1] >= 10:
        return ["half", "year"]
    if rising and len(months) == 4 and all(b - a == 3 for a, b in pairwise(months)):
        return ["quarter"] * 4
    return None


def rules_of_day(text: str, low: str, offset: int, day: Day) -> list[ReportRule]:
    """A rule for each value of a day."""
    start, bound = _limit_before(low, day.start)
    return [
        ReportRule(
            every=day.every,
            kind=day.kind,
            value=value,
            bound="before" if bound == "before" else "by",
            phrase=text[start : day.end],
            span=[offset + start, offset + day.end],
        )
        for value in day.values
    ]


def _limit_before(low: str, at: int) -> tuple[int, str]:
    """Where the words of limit before a day begin, and whether they say "before"."""
    m = _LIMIT_BEFORE.search(low, max(0, at - _BEHIND), at)
    return (m.start(), m.lastgroup or "by") if m else (at, "by")


def rule_of_beat(text: str, offset: int, beat: Beat) -> ReportRule:
    """A period without a day."""
    return ReportRule(
        every=beat.every,
        kind=None,
        value=None,
        bound="by",
        phrase=text[beat.start : beat.end],
        span=[offset + beat.start, offset + beat.end],
    )


def rule_of_due(due: Due, every: Every | None, *, recurs: bool) -> ReportRule:
    """A date as a rule; a day and month of what comes again is of every year."""
    return ReportRule(
        every=every,
        kind="annual" if recurs and due["kind"] == "month-day" else due["kind"],
        value=due["value"],
        bound=due["bound"],
        phrase=due["phrase"],
        span=due["span"],
    )


def shortest(rules: Sequence[ReportRule]) -> Every | None:
    """The shortest period of the rules: how often there is something to send."""
    named = [rule["every"] for rule in rules if rule["every"]]
    return min(named, key=_LENGTH.__getitem__, default=None)


def within(text: str, low: str) -> str | None:
    """The report in which this one may be sent, as written ("báo cáo công tác đối ngoại hằng năm")."""
    m = _WITHIN.search(low)
    if m is None:
        return None
    start, end = m.span("what")
    cut = _WITHIN_END.search(low, start, end)
    return text[start : cut.start() if cut else end].strip(" *") or None
