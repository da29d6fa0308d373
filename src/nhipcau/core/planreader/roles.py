"""The role that a text gives: lead, coordinate, advise, request, responsible; and the partners it names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nhipcau.core.planreader.bodies import is_body, list_end, split_bodies
from nhipcau.core.planreader.enumerated import names_in
from nhipcau.core.planreader.schema import Role

_LEAD = re.compile(r"(?<!\w)chủ trì(?!\w)")
_NO_LEAD = re.compile(
    r"(?:(?<!là )(?:cơ quan|đơn vị)(?:, đơn vị)?|được giao|phân công|được|người|đồng chí|vai trò|nhiệm vụ|"
    r"(?<!\w)do [^,;.]{2,70})\s*$"
)
_ADVISE = re.compile(r"(?<!\w)tham mưu(?!\w)")
_ADVISE_STAFF = re.compile(r"tham mưu,? (?:chỉ đạo,? điều hành|chỉ đạo điều hành|giúp việc)")
_NO_ADVISE = re.compile(
    r"(?:công tác|cơ quan|đội ngũ|năng lực|vai trò|chất lượng|bộ phận|cán bộ|nhiệm vụ|chức năng|đơn vị|"
    r"các ban|ý kiến|việc|(?<!\w)do [^,;.]{2,40})\s*$"
)
_TOGETHER = re.compile(r"(?<!\w)phối hợp(?!\w)")
_NOUN = re.compile(
    r"(?:công tác|sự|cơ chế|quy chế|việc|cơ quan|đơn vị|trách nhiệm|quan hệ|chương trình|kế hoạch|mối|"
    r"hình thức|nội dung|giải pháp|quy trình)\s*$"
)
_DOCUMENT = re.compile(r"(?:cơ chế|quy chế|chương trình|kế hoạch|quy trình|cơ quan|đơn vị)\s*$")
_WITH = re.compile(
    r"phối hợp(?:[ ,]+(?:chặt chẽ|hiệu quả|có hiệu quả|thường xuyên|tốt|đồng bộ|kịp thời|nhịp nhàng|"
    r"tích cực|chủ động|mật thiết|và|hơn nữa))*"
    r"(?:[ ,]+(?:cùng với|với|cùng|và)\s+|\s*:\s*|,?\s+)(?P<open>(?:nhất là|đại diện)\s+)?"
)
_WITH_LATER = re.compile(
    r"phối hợp(?:,| và)[^.;:,]{3,45}?\s(?<!đối )với\s+(?=các |sở |bộ |ủy ban|ubnd|công an)"
)
_COUNTRY = re.compile(r"(?:hai|ba|\d+)\s+(?:tỉnh|nước|huyện|xã|địa phương|đơn vị)")
_FIRST_CLAUSE = re.compile(r";|\.\s|\.$")
_PURPOSE = re.compile(r"(?:^|[\s,])để\s[^.;]*$")


_NOBODY = frozenset({"cơ quan chủ trì", "đơn vị chủ trì", "cơ quan, đơn vị chủ trì", "các", "nhau"})


@dataclass(slots=True)
class Work:
    """What a text says about role and partners. Places are offsets in that text."""

    role: Role = "responsible"
    partners: list[str] = field(default_factory=list)
    partner_spans: list[tuple[int, int]] = field(default_factory=list)
    role_at: int | None = None
    lead_later: bool = False
    rivals: int = 0


def work_of(text: str, low: str, start: int = 0) -> Work:
    """Role and partners of an item whose own words begin at `start` (after its subject)."""
    work = Work()
    spans = partner_spans(text, low)
    for span in spans:
        names = [name for name in names_in(text, [span]) if name not in work.partners]
        if names:
            work.partners += names
            work.partner_spans.append(span)
    lead, work.lead_later = lead_at(low, start)
    advise = advise_at(low, start)
    together = together_at(low, start, spans)
    found = [(at, role) for at, role in ((advise, "advise"), (together, "coordinate")) if at is not None]
    work.rivals = len(found) + work.lead_later
    if lead is not None and (together is None or lead < together or lead - start < 40):
        work.role, work.role_at = "lead", lead
    elif found:
        at, role = min(found)
        work.role, work.role_at = ("advise" if role == "advise" else "coordinate"), at
    return work


def lead_at(low: str, start: int = 0) -> tuple[int | None, bool]:
    """Where "chủ trì" governs the text (its first clause), and whether it stands only in a later clause."""
    clause = _FIRST_CLAUSE.search(low, start)
    limit = clause.start() if clause else len(low)
    later = False
    for m in _LEAD.finditer(low, start):
        if _NO_LEAD.search(low[max(0, m.start() - 80) : m.start()]):
            continue
        if m.start() < limit:
            return m.start(), False
        later = True
    return None, later


def advise_at(low: str, start: int = 0) -> int | None:
    """Where "tham mưu" is what the agency is to do; not as a noun, not what the receiver does then ("để
    tham mưu").
    """
    for m in _ADVISE.finditer(low, start):
        before = low[max(0, m.start() - 120) : m.start()]
        if _ADVISE_STAFF.match(low, m.start()):
            continue
        if not _NO_ADVISE.search(before) and not _PURPOSE.search(before):
            return m.start()
    return None


_FIRST_VERB_GAP = re.compile(
    r"^(?:[\s,]|tiếp tục|tăng cường|chủ động|thường xuyên|tích cực|kịp thời|cùng|và|có trách nhiệm|sẽ|phải|"
    r"cần|chịu trách nhiệm|theo chức năng,? nhiệm vụ[^,]{0,40},|nghiên cứu)*$"
)


def together_at(low: str, start: int, spans: list[tuple[int, int]]) -> int | None:
    """Where "phối hợp" counts: with a partner named, or as the first verb."""
    for m in _TOGETHER.finditer(low, start):
        before = low[max(0, m.start() - 24) : m.start()]
        following = [s for s in spans if m.end() <= s[0] <= m.end() + 75]
        following = [s for s in following if "phối hợp" not in low[m.end() : s[0]]]
        if following and not _DOCUMENT.search(before):
            return m.start()
        if not _NOUN.search(before) and _opens(low, start, m.start()):
            return m.start()
    return None


def _opens(low: str, start: int, at: int) -> bool:
    """Whether nothing but an opening phrase stands between the start and the verb."""
    between = low[start:at]
    if _FIRST_VERB_GAP.match(
        between.split(", ")[-1]
        if between.lstrip().startswith(("căn cứ", "theo", "trên cơ sở", "thông qua"))
        else between
    ):
        return len(between) < 160
    return False


def partner_spans(text: str, low: str) -> list[tuple[int, int]]:
    """Places of the bodies that the text names to coordinate with."""
    out: list[tuple[int, int]] = []
    for m in _TOGETHER.finditer(low):
        out.extend(_partners_after(text, low, m.start()))
    return out


def _partners_after(text: str, low: str, at: int) -> list[tuple[int, int]]:
    before = low[max(0, at - 24) : at]
    if _DOCUMENT.search(before) and not low.startswith("cơ quan phối hợp:", max(0, at - 8)):
        return []
    m = _WITH.match(low, at)
    if m is None or m.end() >= len(low) or not _partner_starts(text, low, m):
        m = _WITH_LATER.match(low, at)
        if m is None:
            return []
    start = m.end()
    end = list_end(text, low, start, len(text))
    if end <= start or end - start > 600:
        return []
    if low[start:end] in _NOBODY:
        return []
    return [(start + a, start + z) for a, z in split_bodies(text[start:end], low[start:end])]


def _partner_starts(text: str, low: str, m: re.Match[str]) -> bool:
    """Whether a body stands where the partner should; without "với" only a plain one counts."""
    at = m.end()
    if re.search(r"(?:với|cùng)\s+$", m.group()):
        return bool(
            is_body(text, low, at)
            or _COUNTRY.match(low, at)
            or text[at].isupper()
            or low.startswith(("các ", "cơ quan", "đơn vị", "hai ", "những "), at)
        )
    if re.search(r"(?:,|và)\s*$", m.group().rstrip()) or ("," in m.group()):
        return False
    if low.startswith(("tổ chức", "cấp", "lãnh đạo", "ban hành", "cơ sở"), at):
        return False
    return is_body(text, low, at)
