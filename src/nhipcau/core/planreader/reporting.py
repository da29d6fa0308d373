"""Duties to report on carrying the plan out."""

from __future__ import annotations

import re

from nhipcau.core.planreader.blocks import Page
from nhipcau.core.planreader.bodies import is_body, list_end
from nhipcau.core.planreader.dues import dues_in
from nhipcau.core.planreader.items import DIFFICULTY, Item
from nhipcau.core.planreader.schema import Due, Report, ReportKind, Task
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
        return [_report(page, item, task, (start, end), ("ad hoc", None))]
    if not (assigned or item.closing or item.context.purpose == "report"):
        return []
    found: list[Report] = []
    for a, z in clauses_in(page.text, start, end)[:MOST_CLAUSES]:
        if is_report(page.low[a:z]) or _periodic_by_date(page, a, z):
            found += [_report(page, item, task, (a, z), what) for what in kinds_of(page, a, z)]
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
    """Whether something is to be reported by a day that comes back every month or year."""
    if "báo cáo" not in page.low[start:end]:
        return False
    dues = dues_in(page.text[start:end], page.low[start:end], start)
    return any(d["of"] == "report" and d["kind"] in ("monthly", "annual") for d in dues)


def kinds_of(page: Page, start: int, end: int) -> list[tuple[ReportKind, str | None]]:
    """The reports that a clause asks for: kind and date of each."""
    low = page.low[start:end]
    dues = [d for d in dues_in(page.text[start:end], low, start) if d["of"] == "report"]
    out: list[tuple[ReportKind, str | None]] = []
    for due in dues:
        pair = (_kind_of_due(low, due, start), _date_of(due))
        if pair not in out:
            out.append(pair)
    if out:
        return out
    return [("periodic" if _PERIODIC.search(low) else "once", None)]


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


def _report(
    page: Page, item: Item, task: Task | None, span: tuple[int, int], what: tuple[ReportKind, str | None]
) -> Report:
    text, low = page.text[span[0] : span[1]], page.low[span[0] : span[1]]
    return Report(
        by=_who(page, item, task, span),
        to=_receiver(text, low),
        via=_road(text, low),
        kind=what[0],
        due=what[1],
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
