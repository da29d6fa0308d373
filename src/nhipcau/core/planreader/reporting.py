"""Duties to report on carrying the plan out."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from nhipcau.core.planreader.blocks import Page
from nhipcau.core.planreader.bodies import is_body, list_end
from nhipcau.core.planreader.dues import dues_in
from nhipcau.core.planreader.items import DIFFICULTY, Item
from nhipcau.core.planreader.rhythm import (
    Beat,
    Day,
    beats_in,
    certain,
    days_in,
    every_of,
    rule_of_beat,
    rule_of_due,
    rules_of_day,
    same_list,
    shortest,
    spread,
    within,
)
from nhipcau.core.planreader.schema import Due, Every, Report, ReportKind, ReportRule, Task
from nhipcau.core.planreader.sentences import clauses_in, sentences_in
from nhipcau.core.planreader.subjects import Subject, sentence_subject, subject_at

_THING = r"(?:tình hình|kết quả|tiến độ|việc|công tác|tổ chức|chỉ đạo)"
_CARRYING_OUT = (
    rf"(?:tình hình|kết quả|tiến độ|việc)(?:(?:,? và |, | ){_THING}){{0,6}},? (?:đã |được )?"
    r"(?:triển khai|thực hiện|thi hành|hoàn thành|xử lý|tổ chức)"
)
_REPORTS = re.compile(
    rf"báo cáo[^;.]{{0,140}}?{_CARRYING_OUT}|{_CARRYING_OUT}[^;]{{0,110}}?(?:báo cáo|gửi về)|"
    rf"báo cáo[^;.]{{0,60}}?(?:sơ kết|tổng kết|giữa kỳ)|"
    r"(?:sơ kết|tổng kết)[^;.]{0,80}báo cáo|"
    r"(?:định kỳ|hằng năm|hàng năm|hằng quý|hàng quý|hằng tháng|hàng tháng|06 tháng|"
    r"6 tháng)[^;]{0,110}?(?:gửi|có|,)? ?báo cáo (?:về|kết quả|tình hình|gửi)|"
    r"(?:định kỳ|hằng|hàng)[^;,.]{0,40}(?:tổng hợp,? )?báo cáo (?:ủy ban|ubnd|sở|chủ tịch|ban|thường trực|"
    r"văn phòng)|"
    r"báo cáo kết quả [^;.,]{0,60}?(?:trước|về|cho|gửi|ủy ban|ubnd|sở|\()|"
    r"(?:gửi|thực hiện chế độ|có) báo cáo (?:định kỳ|về (?:sở|ủy ban|ubnd|văn phòng|ban|phòng|cục|vụ|bộ|hội|"
    r"lãnh đạo))|báo cáo định kỳ|báo cáo[^;.]{0,60}?(?:hằng|hàng) (?:ngày|tuần|tháng|quý|năm)"
)
_NOT_ABOUT = re.compile(r"về việc báo cáo|chịu trách nhiệm (?:về )?báo cáo")
_PERIODIC = re.compile(
    r"định kỳ|(?:hằng|hàng|mỗi) (?:năm|quý|tháng|tuần|ngày)|0?6 tháng|hằng\b|hàng (?:năm|quý|tháng)|"
    r"thường xuyên báo cáo|báo cáo năm"
)
_PURPOSE = re.compile(r"(?:để|nhằm)\s+[^;.]{0,60}$")


MOST_CLAUSES = 60


def reports_of(page: Page, items: list[Item], tasks: list[Task]) -> list[Report]:
    """The reporting duties of the document, in order of the text, each once."""
    by_id = {t["id"]: t for t in tasks}
    found: list[Report] = []
    for item in items:
        task = by_id.get(item.id) if item.id else None
        if item.context.purpose == "none" and not item.closing:
            continue
        for a, z in item.spans:
            for start, end in sentences_in(page.text, a, z):
                new = _of_sentence(page, item, task, (start, end))
                found += [r for r in new if not any(_same(r, old) for old in found)]
    return found


def _same(a: Report, b: Report) -> bool:
    return a["kind"] == b["kind"] and a["due"] == b["due"] and a["by"] == b["by"] and a["to"] == b["to"]


def _of_sentence(page: Page, item: Item, task: Task | None, place: tuple[int, int]) -> list[Report]:
    start, end = place
    low = page.low[start:end]
    assigned = task is not None and task["scope"] == "assigned"
    if DIFFICULTY.search(low) and re.search(r"báo cáo|phản ánh|đề xuất|kiến nghị|trao đổi|liên hệ", low):
        return [_report(page, item, task, (start, end), Asked("ad hoc", None))]
    if not (assigned or item.closing or item.context.purpose == "report"):
        return []
    found: list[Report] = []
    for a, z in clauses_in(page.text, start, end)[:MOST_CLAUSES]:
        if is_report(page.low[a:z]) or _periodic_by_date(page, a, z):
            found += [_report(page, item, task, (a, z), what) for what in asked_of(page, a, z)]
    return found


def is_report(low: str) -> bool:
    """Whether a clause obliges to report on carrying out; what the receiver does with it does not count."""
    if _NOT_ABOUT.search(low):
        return False
    m = _REPORTS.search(low)
    if m is None:
        return False
    return not (
        _PURPOSE.search(low[: m.start()]) and "báo cáo" not in low[: m.start()] and not _PERIODIC.search(low)
    )


def _periodic_by_date(page: Page, start: int, end: int) -> bool:
    """Whether something is to be reported by a day that comes back every month, quarter or year."""
    low = page.low[start:end]
    if "báo cáo" not in low:
        return False
    dues = [d for d in dues_in(page.text[start:end], low, start) if d["of"] == "report"]
    if any(d["kind"] in ("monthly", "annual") for d in dues):
        return True
    beats = beats_in(low)
    return bool(beats) and (bool(days_in(low, beats)) or any(d["kind"] == "month-day" for d in dues))


@dataclass(slots=True)
class Asked:
    """A report that a clause asks for: its kind, its date as plan/1 has it, and its rules."""

    kind: ReportKind
    due: str | None
    rules: list[ReportRule] = field(default_factory=list)


def asked_of(page: Page, start: int, end: int) -> list[Asked]:
    """The reports that a clause asks for, each kind and date once."""
    text, low = page.text[start:end], page.low[start:end]
    beats = beats_in(low)
    days = days_in(low, beats)
    dues = _dates(page, start, end, days)
    named = _everies(low, start, dues, beats)
    everies = _part_of_year(named, dues, beats)
    found: list[Asked] = []
    for due, every in zip(dues, everies, strict=True):
        kind = _kind_of_due(low, due, start)
        whole = kind in ("midterm", "final")
        rule = rule_of_due(due, None if whole else every, recurs=kind == "periodic")
        _put(found, Asked(kind, _date_of(due), [rule]))
    for day in days:
        _put(found, Asked("periodic", None, rules_of_day(text, low, start, day)))
    for beat in _loose(low, beats, {*named, *everies, *(day.every for day in days)}):
        if not found or any(each.kind == "periodic" for each in found):
            _put(found, Asked("periodic", None, [rule_of_beat(text, start, beat)]))
    return found or [Asked("periodic" if _PERIODIC.search(low) else "once", None)]


def _loose(low: str, beats: list[Beat], used: Collection[Every | None]) -> list[Beat]:
    """Periods that come again and have no day, each once."""
    fixed = certain(low, beats)
    found: dict[Every, Beat] = {}
    for beat in beats:
        if beat.every not in used and beat not in fixed:
            found.setdefault(beat.every, beat)
    return list(found.values())


def _dates(page: Page, start: int, end: int, days: list[Day]) -> list[Due]:
    """The dates of the report itself, without those that are a day of each turn."""
    dues = [d for d in dues_in(page.text[start:end], page.low[start:end], start) if d["of"] == "report"]
    return [d for d in dues if not any(_meet(d, day, start) for day in days)]


def _meet(due: Due, day: Day, offset: int) -> bool:
    return due["span"][0] - offset < day.end and day.start < due["span"][1] - offset


def _everies(low: str, offset: int, dues: list[Due], beats: list[Beat]) -> list[Every | None]:
    """The period of each date; several yearly dates of one list share the year between them."""
    places = [(d["span"][0] - offset, d["span"][1] - offset) for d in dues]
    found = [every_of(low, a, z, beats) for a, z in places]
    for n in range(1, len(dues)):
        if found[n] is None and same_list(low, places[n - 1][1], places[n][0]):
            found[n] = found[n - 1]
    yearly = [n for n, d in enumerate(dues) if d["kind"] in ("annual", "month-day")]
    parts = spread([int(dues[n]["value"][:2]) for n in yearly])
    if parts and {found[n] for n in yearly} <= {"year", None}:
        for n, part in zip(yearly, parts, strict=True):
            found[n] = part
    fixed = certain(low, beats)
    return [
        every or ("year" if due["kind"] == "annual" else fixed[0].every if fixed else None)
        for every, due in zip(found, dues, strict=True)
    ]


def _part_of_year(everies: list[Every | None], dues: list[Due], beats: list[Beat]) -> list[Every | None]:
    """ "Trước ngày 15/6 hằng năm báo cáo kết quả 6 tháng": once a year, and on the half year."""
    parts = {beat.every for beat in beats} - {"year"}
    if everies != ["year"] or len(parts) != 1 or dues[0]["kind"] not in ("annual", "month-day"):
        return everies
    (part,) = parts
    month = int(dues[0]["value"][:2])
    fits = {"half": (1, 5, 6, 7, 11, 12), "nine-months": (8, 9, 10)}.get(part, ())
    return [part] if month in fits else everies


def _put(found: list[Asked], new: Asked) -> None:
    """Rules of the same kind and date are of one report."""
    for old in found:
        if (old.kind, old.due) == (new.kind, new.due):
            old.rules += [rule for rule in new.rules if rule not in old.rules]
            return
    found.append(new)


def _kind_of_due(low: str, due: Due, offset: int) -> ReportKind:
    before = low[: max(0, due["span"][0] - offset)]
    middle = max(before.rfind("sơ kết"), before.rfind("giữa kỳ"))
    final = max(before.rfind("tổng kết"), before.rfind("cuối kỳ"))
    if due["kind"] in ("year", "date") and max(middle, final) >= 0:
        return "midterm" if middle > final else "final"
    if due["kind"] in ("annual", "monthly", "month-day") or _PERIODIC.search(low):
        return "periodic"
    return "once"


def _date_of(due: Due) -> str | None:
    if due["kind"] in ("annual", "month-day"):
        return f"--{due['value']}" if due["value"][:1].isdigit() else None
    return None if due["kind"] == "monthly" else due["value"]


def _report(page: Page, item: Item, task: Task | None, span: tuple[int, int], what: Asked) -> Report:
    text, low = page.text[span[0] : span[1]], page.low[span[0] : span[1]]
    return Report(
        by=_who(page, item, task, span),
        to=_receiver(text, low),
        via=_road(text, low),
        kind=what.kind,
        due=what.due,
        every=shortest(what.rules),
        due_rules=what.rules,
        within=None if what.kind == "ad hoc" else within(text, low),
        text=text,
        span=list(span),
        task=task["id"] if task else None,
    )


def _who(page: Page, item: Item, task: Task | None, span: tuple[int, int]) -> str | None:
    """Who reports, as written: the heading's bodies, else the subject of the sentence or of the item."""
    if item.context.agencies is not None and not item.closing and item.context.agencies.spans:
        spans = item.context.agencies.spans
        return page.text[spans[0][0] : spans[-1][1]]
    difficulty = bool(DIFFICULTY.search(page.low[span[0] : span[1]]))
    free = difficulty or item.closing
    for a, z in [_sentence_around(page, item, span)] if free else [(item.start, item.end), span]:
        subject = reporter(page.text[a:z], page.low[a:z], free)
        if subject is not None:
            return page.text[a + subject.spans[0][0] : a + subject.spans[-1][1]]
    if item.closing:
        subject = reporter(item.text(page), item.low(page), free=True)
        return item.text(page)[subject.spans[0][0] : subject.spans[-1][1]] if subject else None
    return None if difficulty or task is None else (", ".join(task["agencies"]) or None)


def _sentence_around(page: Page, item: Item, span: tuple[int, int]) -> tuple[int, int]:
    """The sentence that a clause stands in."""
    for a, z in item.spans:
        for start, end in sentences_in(page.text, a, z):
            if start <= span[0] < end:
                return start, end
    return span


_ORDERED = re.compile(r"(?:yêu cầu|đề nghị|giao)\s+(?=\w)")
_CANDIDATE = re.compile(r"(?:,\s+|thì\s+)(?=\w)|(?<=\s)(?=các (?:sở|cơ quan|đơn vị|địa phương|ban)\b)")


def reporter(text: str, low: str, free: bool) -> Subject | None:
    """The subject of a sentence about reporting; with `free` also after "yêu cầu" or after a condition."""
    ordered = [m.end() for m in _ORDERED.finditer(low)] if free else []
    for at in ordered:
        found = subject_at(text, low, at, len(text)) if is_body(text, low, at) else None
        if found is not None:
            return found
    plain = sentence_subject(text, low)
    if plain is not None or not free:
        return plain
    for m in _CANDIDATE.finditer(low):
        at = m.end()
        if is_body(text, low, at) and _complete(low, at):
            found = subject_at(text, low, at, len(text))
            if found is not None:
                return found
    return None


def _complete(low: str, at: int) -> bool:
    """Not in the middle of an enumeration ("…, thị xã chủ động")."""
    return low.startswith(
        (
            "các ",
            "cơ quan",
            "đề nghị",
            "sở",
            "ủy ban",
            "ubnd",
            "đơn vị, địa",
            "thủ trưởng",
            "giám đốc",
            "địa phương",
        ),
        at,
    )


_TO = re.compile(
    r"(?:báo cáo(?: (?:kịp thời|kết quả[^,;.(]{0,60}))?|gửi|phản ánh[^,;.(]{0,30}|trình)?(?:\s+(?:về|cho|"
    r"gửi|đến))?\s+"
)
_VIA = re.compile(r"(?:thông qua|(?<!thông )(?<!trải )qua)\s+")
_WAY = re.compile(r"\s*\((?:thông )?qua\s", re.IGNORECASE)


def _receiver(text: str, low: str) -> str | None:
    """Who receives the report: the body after "báo cáo", "về", "gửi"."""
    for m in re.finditer(r"(?:báo cáo|về|gửi|đến)\s+", low):
        at = m.end()
        if at < len(text) and (
            is_body(text, low, at) or low.startswith(("cấp có thẩm quyền", "cơ quan có thẩm quyền"), at)
        ):
            end = list_end(text, low, at, len(text))
            if end > at:
                return _WAY.split(text[at:end])[0]
    return None


def _road(text: str, low: str) -> str | None:
    """Through whom the report goes: "(qua Sở …)"."""
    for m in _VIA.finditer(low):
        if is_body(text, low, m.end()):
            end = list_end(text, low, m.end(), len(text))
            stop = text.find(")", m.end(), end)
            return text[m.end() : stop if stop > 0 else end].strip() or None
    return None
