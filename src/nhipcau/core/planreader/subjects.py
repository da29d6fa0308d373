"""Who is told to do something: the bodies that a heading names, or the subject of a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice

from nhipcau.core.planreader.bodies import is_body, is_group, list_end, split_bodies
from nhipcau.core.planreader.enumerated import names_in
from nhipcau.core.planreader.words import VERBS

_ADDRESS = re.compile(
    r"(?:trân trọng )?(?P<word>đề nghị|giao|yêu cầu|phân công|đối với|trách nhiệm của|nhiệm vụ của|"
    r"về phía)\s*:?\s+(?:cho\s+)?(?:đồng chí\s+)?"
)
_OPENING = re.compile(
    r"(?:căn cứ|theo|trên cơ sở|hằng năm|hàng năm|định kỳ|trong quá trình|khi|để|nhằm|ngoài|bên cạnh|"
    r"đồng thời|từ|sau khi|sau|trước|thông qua|đối với|với|trong|"
    r"ngay sau|kể từ|tùy|dựa|cùng với|đến|vào|cuối|quý|năm|chậm nhất|tại|riêng|giai đoạn|kết thúc|"
    r"nếu)(?!\w)"
)
_BETWEEN = re.compile(
    r"\s*(?:,\s*)?(?:(?:hằng|hàng) (?:năm|quý|tháng)|định kỳ|chậm nhất[^,]{0,40}|trước ngày [\d/]+)?,?\s*"
)
_AFTER = re.compile(
    rf"\s*,?\s*(?:{VERBS.pattern}|có trách nhiệm|có nhiệm vụ|chịu trách nhiệm|phải|cần|sẽ|theo|căn cứ|là|tự|"
    rf"trực tiếp|đồng thời|thường xuyên|trên cơ sở|khi|được|đảm nhận|luôn|nghiêm|chủ động|kịp|sớm|giúp|cùng|"
    rf"hằng|hàng|định|trong (?:phạm vi|quá trình)|trước ngày|chậm nhất)(?!\w)"
)


@dataclass(slots=True)
class Subject:
    """The bodies of a heading or sentence: their names and places (offsets in the text given)."""

    names: list[str] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    end: int = 0
    asked: bool = False
    addressed: bool = False
    collective: bool = True


def bodies_in(text: str, low: str, start: int, end: int) -> list[tuple[int, int]]:
    """Places of the distinct bodies in text[start:end]."""
    return [(start + a, start + z) for a, z in split_bodies(text[start:end], low[start:end])]


def _without_relative(low: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Several bodies with one clause at the end ("… được giao …"): the clause is nobody's name."""
    if len(spans) < 2:
        return spans
    a, z = spans[-1]
    cut = low.find(" được ", a, z)
    return [*spans[:-1], (a, cut)] if cut > a else spans


_DUTY_TAIL = re.compile(r"\s*,?\s*(?:có|chịu) trách nhiệm\s*$")


def heading_subject(text: str, low: str) -> Subject | None:
    """The bodies that a heading names, as headed: "Đề nghị …" left out, and told by `asked`."""
    duty = _DUTY_TAIL.search(low)
    if duty:
        text, low = text[: duty.start()], low[: duty.start()]
    found = subject_at(text, low, 0, len(text), whole=True)
    if found is None:
        found = subject_later(text, low, len(text), whole=True)
    return found


def sentence_subject(text: str, low: str, stop: int | None = None) -> Subject | None:
    """The bodies that are the subject of the first sentence, after an opening phrase or at its start."""
    end = len(text) if stop is None else stop
    return subject_at(text, low, 0, end) or subject_later(text, low, end)


_ORDER = re.compile(r"(?:^|[;.,:]\s+|đồng thời,?\s+)(?=(?:giao|đề nghị|yêu cầu)\s)")


def ordered_subject(text: str, low: str) -> Subject | None:
    """Bodies that an order inside the text names: "…; giao Sở … chủ trì"."""
    for m in _ORDER.finditer(low):
        found = subject_at(text, low, m.end(), len(text))
        if found is not None:
            return found
    return None


def subject_at(text: str, low: str, at: int, end: int, whole: bool = False) -> Subject | None:
    """A subject that starts right at `at`; with `whole` the text may end with it."""
    address = _ADDRESS.match(low, at)
    if address and not whole and address["word"] not in ("đề nghị", "giao", "yêu cầu", "phân công"):
        return None
    start = address.end() if address else at
    if start >= end or not is_body(text, low, start):
        return None
    stop = list_end(text, low, start, end)
    if stop <= start or stop - start > 700:
        return None
    if whole and not address and _all_name(low, stop, end):
        stop = end
        while stop > start and text[stop - 1] in " .:;,":
            stop -= 1
    rest_is_duty = bool(_AFTER.match(low, stop, end)) or bool(
        re.compile(r"\s*(?:\([^)]{0,60}\)\s*)?[:,]").match(low, stop, end)
    )
    if (
        not rest_is_duty
        and not (whole and not low[stop:end].strip(" .:;,"))
        and not (address and address["word"] in ("đề nghị", "giao", "yêu cầu"))
    ):
        return None
    spans = _without_relative(low, bodies_in(text, low, start, stop))
    return Subject(
        names=names_in(text, spans),
        spans=spans,
        end=stop,
        asked=bool(address and address["word"] == "đề nghị"),
        addressed=bool(address),
        collective=is_group(text, low, spans[0][0]),
    )


_VERB_INSIDE = re.compile(
    r"\s*,?\s*(?:chủ trì|phối hợp|tham mưu|có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|tập trung|thực hiện|"
    r"tổ chức|tiếp tục|"
    r"tăng cường|"
    r"cần|phải|đẩy mạnh|triển khai|xây dựng|hướng dẫn|chủ động|theo|căn cứ|rà soát|là|ban hành|quản lý)(?!\w)"
)


def _all_name(low: str, stop: int, end: int) -> bool:
    """Whether what follows the bodies of a heading still describes them ("… hoạt động trong lĩnh vực …")."""
    rest = low[stop:end].strip(" .:;,")
    return (
        bool(rest) and not _VERB_INSIDE.match(low, stop, end) and ":" not in rest and len(rest.split()) < 25
    )


def subject_later(text: str, low: str, end: int, whole: bool = False) -> Subject | None:
    """A subject after an opening phrase: "Căn cứ …, các sở, ngành … xây dựng"."""
    opening = _OPENING.match(low)
    if opening is None:
        return None
    limit = min(end, 420)
    for m in re.finditer(r"[,;]\s+|(?:hằng|hàng) năm\s+", low[:limit]):
        gap = _BETWEEN.match(low, m.start() if m.group()[0] in ",;" else m.end())
        at = max(m.end(), gap.end() if gap else 0)
        if at >= end or low[:at].count("(") > low[:at].count(")"):
            continue
        if not (
            text[at].isupper()
            or low.startswith(
                ("các ", "những ", "đề nghị ", "yêu cầu ", "giao ", "thủ trưởng", "giám đốc", "chủ tịch"), at
            )
        ):
            continue
        found = subject_at(text, low, at, end, whole)
        if found is not None and (not whole or found.names):
            return found
    return None


_DUTY = re.compile(
    r"(?:[,;]\s+|\.\s+)(?=(?:các|sở|ủy ban|ubnd|công an|ban|văn phòng|thủ trưởng|giám đốc|người đứng đầu|bộ|"
    r"trung tâm)\b)"
)


_BRACKET = re.compile(
    r"\((?P<lead>[^():]{3,160}?)\s+chủ trì(?:(?:\s*[;,]|\s+và)?\s*(?:phối hợp (?:với|"
    r"cùng)\s+)?(?P<rest>[^()]{3,250}?)"
    r"(?:\s+phối hợp)?)?\)|"
    r"\((?:(?:cơ quan|đơn vị) )?(?:chủ trì|thực hiện)\s*:\s*(?P<lead2>[^():;]{3,160})(?:;\s*(?:(?:cơ quan|"
    r"đơn vị) )?"
    r"phối hợp\s*:\s*(?P<rest2>[^()]{3,250}))?\)"
)


def bracketed(text: str, low: str) -> tuple[list[str], list[str]]:
    """Who leads and who helps where brackets say it: "(Sở … chủ trì; các sở, ngành phối hợp)"."""
    for m in _BRACKET.finditer(low):
        lead, rest = ("lead", "rest") if m["lead"] else ("lead2", "rest2")
        if not is_body(text, low, m.start(lead)):
            continue
        leaders = names_in(text, bodies_in(text, low, m.start(lead), m.end(lead)))
        if not m[rest] or not is_body(text, low, m.start(rest)):
            return leaders, []
        return leaders, names_in(text, bodies_in(text, low, m.start(rest), m.end(rest)))
    return [], []


_LEADS = re.compile(r"[.;]\s+(?=\w)")


def leading_subject(text: str, low: str, any_work: bool = False) -> Subject | None:
    """The named body that a later sentence makes leader ("… . Sở … chủ trì"); `any_work`: gives work."""
    for m in islice(_LEADS.finditer(low), MOST_SUBJECTS):
        if not text[m.end()].isupper():
            continue
        found = subject_at(text, low, m.end(), len(text))
        if found is None or found.collective:
            continue
        rest = low[found.end :].lstrip(" ,")
        if rest.startswith("chủ trì") or (any_work and VERBS.match(rest)):
            return found
    return None


MOST_SUBJECTS = 40


def further_subjects(text: str, low: str, after: int, field: bool = False) -> list[Subject]:
    """More subjects in later clauses: "…; Sở Y tế phối hợp …", "…, các cơ quan phối hợp có trách nhiệm …"; in
    the value of a field groups too.
    """
    found: list[Subject] = []
    for m in islice(_DUTY.finditer(low, after), MOST_SUBJECTS):
        subject = subject_at(text, low, m.end(), len(text))
        if subject is None or subject.end >= len(text):
            continue
        rest = low[subject.end : subject.end + 24].lstrip(" ,")
        obliged = rest.startswith(("có trách nhiệm", "chịu trách nhiệm"))
        named = (
            (field or not subject.collective)
            and m.group()[0] in ";"
            and bool(
                re.match(
                    r"(?:chủ trì|phối hợp|tham mưu|có|chịu|chủ động|thực hiện|tổ chức|triển khai|bố trí|"
                    r"hướng dẫn|rà soát|xây dựng|tiếp tục|theo dõi)",
                    rest,
                )
            )
        )
        if obliged or named:
            found.append(subject)
    return found
