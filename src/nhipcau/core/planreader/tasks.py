"""Tasks: items with their agencies, role, partners and deadlines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nhipcau.core.planreader.blocks import Page
from nhipcau.core.planreader.dues import dues_in
from nhipcau.core.planreader.enumerated import names_in
from nhipcau.core.planreader.fields import inline_fields
from nhipcau.core.planreader.guesses import guesses_of
from nhipcau.core.planreader.items import CLOSING, DIFFICULTY, Item
from nhipcau.core.planreader.joining import first_verb
from nhipcau.core.planreader.roles import Work, work_of
from nhipcau.core.planreader.schema import Assignment, Due, Role, Task
from nhipcau.core.planreader.subjects import (
    Subject,
    bodies_in,
    bracketed,
    further_subjects,
    leading_subject,
    ordered_subject,
    sentence_subject,
)
from nhipcau.core.planreader.words import VERBS

_MONEY_ONLY = re.compile(r"(?:nguồn |tổng )?(?:kinh phí|ngân sách|dự toán|nguồn vốn)")
_DESCRIBES = re.compile(
    r"(?:đánh giá cao|ghi nhận|hoan nghênh|(?:cơ bản )?(?:nhất trí|thống nhất) (?:với|chủ trương|nội dung|"
    r"như|về))(?!\w)|"
    r"(?:thời gian|địa điểm|đối tượng|thành phần|số lượng|phạm vi|kinh phí|hình thức|lưu ý|"
    r"ghi chú)(?: \w+){0,3}\s*(?::|sau khi|từ|là|trong|do)"
)
_VERB = re.compile(rf"(?<!\w){VERBS.pattern}")
_DUTY = re.compile(r"có trách nhiệm|chịu trách nhiệm|chủ trì|có nhiệm vụ")


def tasks_of(page: Page, items: list[Item]) -> list[Task]:
    """The items that are tasks, in order."""
    tasks: list[Task] = []
    for item in items:
        task = task_of(page, item)
        if task is not None:
            tasks.append(task)
    return tasks


def task_of(page: Page, item: Item) -> Task | None:
    """The task that an item is, or None: background, money that is only described, closing paragraphs."""
    if item.closing or item.context.purpose == "none":
        return None
    text, low = item.text(page), item.low(page)
    if not text.strip(" .:;-") or _closes(item, low):
        return None
    if not item.fields and len(item.spans) == 1:
        item.fields = inline_fields(page.low, item.start, item.end)
    if item.fields:
        return _from_fields(page, item)
    subject = sentence_subject(text, low)
    if item.context.agencies is None and (subject is None or subject.collective):
        money = item.context.purpose == "money"
        subject = ordered_subject(text, low) or leading_subject(text, low, any_work=money) or subject
    agencies = _agencies(item, text, low, subject)
    if not agencies:
        told = _bracketed(page, item, text, low)
        if told is not None or not _directs(item, low):
            return told
    work = work_of(text, low, subject.end if subject is not None else 0)
    role, partners = _role(work, item, subject, low)
    return _task(page, item, Found(agencies, role, partners, work, subject))


def _closes(item: Item, low: str) -> bool:
    """A closing paragraph, or one about difficulties, that no heading of a body stands above."""
    if item.context.agencies is not None:
        return False
    return bool(CLOSING.match(low)) or (bool(DIFFICULTY.match(low)) and "báo cáo" not in low[:30])


def _directs(item: Item, low: str) -> bool:
    """Whether an item that names nobody is a direction: it has a verb, and does not only describe money or
    time.
    """
    purpose = item.context.purpose
    if purpose in ("money", "report") or _DESCRIBES.match(low) or not _is_prose(low):
        return False
    return purpose == "general" or not _MONEY_ONLY.match(low)


def _is_prose(low: str) -> bool:
    """Whether words make a direction: with a verb, or at least four plain words that are most of the text."""
    if _VERB.search(low):
        return True
    plain = re.findall(r"(?<!\S)[^\W\d_]{2,}(?=[\s,;.:]|$)", low)
    return len(plain) >= 4 and len(plain) * 5 >= len(low.split()) * 4 and not low.startswith("(")


def _bracketed(page: Page, item: Item, text: str, low: str) -> Task | None:
    """A task whose leader stands in brackets at its end."""
    leaders, helpers = bracketed(text, low)
    if not leaders:
        return None
    work = work_of(text, low)
    return _task(page, item, Found(leaders, "lead", helpers or work.partners, work, None))


def _agencies(item: Item, text: str, low: str, subject: Subject | None) -> list[str]:
    """Who is to do it: by the heading, else by the sentence's subject; nobody for a general direction."""
    context = item.context
    if context.agencies is not None:
        return context.agencies.names
    if subject is None:
        return []
    obliged = bool(_DUTY.match(low[subject.end :].lstrip(" ,")))
    if context.purpose == "general" and subject.collective and not obliged and not subject.addressed:
        return []
    names = list(subject.names)
    for more in further_subjects(text, low, subject.end):
        names += [n for n in more.names if n not in names]
    return names


def _role(work: Work, item: Item, subject: Subject | None, low: str) -> tuple[Role, list[str]]:
    """The role and the partners, those of a leading line above included."""
    lead_in = item.context.work
    partners = list(work.partners)
    if lead_in is not None:
        partners += [p for p in lead_in.partners if p not in partners]
    asked = item.context.asked or (subject is not None and subject.asked) or low.startswith("đề nghị")
    if work.role == "lead" or (lead_in is not None and lead_in.role == "lead"):
        return "lead", partners
    if asked:
        return "request", partners
    if lead_in is not None and lead_in.role != "responsible":
        return lead_in.role, partners
    return work.role, partners


@dataclass(slots=True)
class Found:
    """What was found out about an item: who, in which role, with whom."""

    agencies: list[str]
    role: Role
    partners: list[str]
    work: Work
    subject: Subject | None


def _task(page: Page, item: Item, found: Found) -> Task:
    text, low = item.text(page), item.low(page)
    due = dues_in(page.text[item.start : item.end], page.low[item.start : item.end], item.start)
    task = Task(
        {
            "id": item.id,
            "scope": "assigned" if found.agencies else "general",
            "agencies": found.agencies,
            "role": found.role,
            "with": found.partners,
            "text": text,
            "due": due,
            "span": [item.start, item.end],
            "doubts": [],
            "assignments": assignments_of(text, low, found),
            "with_spans": with_spans(page, item, found.work),
            "section": item.context.section,
        }
    )
    task["doubts"] = guesses_of(task, item, found.work, found.subject)
    return task


def with_spans(page: Page, item: Item, work: Work) -> list[list[int]]:
    """Where the item itself names its partners, in the whole text (only for items of one paragraph)."""
    if len(item.spans) != 1:
        return []
    lead = len(page.text[item.start : item.end]) - len(page.text[item.start : item.end].lstrip())
    return [[item.start + lead + a, item.start + lead + z] for a, z in work.partner_spans]


def assignments_of(text: str, low: str, found: Found) -> list[Assignment]:
    """The role of each agency; one named in a later clause has the role of that clause."""
    own: dict[str, Role] = {}
    if found.subject is not None:
        for more in further_subjects(text, low, found.subject.end):
            stop = low.find(";", more.end)
            clause = slice(more.spans[0][0], stop if stop >= 0 else len(low))
            theirs = work_of(text[clause], low[clause], more.end - clause.start).role
            own.update(dict.fromkeys(more.names, theirs))
    return [Assignment(agency=a, role=own.get(a, found.role)) for a in found.agencies]


def _from_fields(page: Page, item: Item) -> Task | None:
    """A task from a block of fields: content, who leads, who helps, when."""
    text, low = item.text(page), item.low(page)
    names: list[str] = []
    roles: list[Assignment] = []
    subject: Subject | None = None
    for key in ("lead", "agency"):
        if key in item.fields:
            a, z = item.fields[key]
            found, subject = field_bodies(page, a, z)
            role: Role = "lead" if key == "lead" else work_of(page.text[a:z], page.low[a:z]).role
            roles += [Assignment(agency=n, role=role) for n in found if n not in names]
            names += [n for n in found if n not in names]
    if not names and item.context.agencies is not None:
        names = item.context.agencies.names
        roles = [Assignment(agency=n, role="responsible") for n in names]
    partners: list[str] = []
    if "partner" in item.fields:
        a, z = item.fields["partner"]
        partners = field_bodies(page, a, z)[0]
    work = work_of(text, low)
    role = roles[0]["role"] if roles else work.role
    partners += [p for p in work.partners if p not in partners]
    task = _task(page, item, Found(names, role, partners, work, subject))
    task["assignments"] = roles
    if "time" in item.fields:
        a, z = item.fields["time"]
        known = {(d["kind"], d["value"]) for d in task["due"]}
        task["due"] += [d for d in time_field_dues(page, a, z) if (d["kind"], d["value"]) not in known]
    return task


def time_field_dues(page: Page, start: int, end: int) -> list[Due]:
    """Deadlines in the value of a field "Thời gian": the field itself is the word of limit."""
    lead = "thời gian: năm " if re.fullmatch(r"20\d\d\W*", page.low[start:end]) else "thời gian: "
    found = dues_in(lead + page.text[start:end], lead + page.low[start:end], start - len(lead))
    for due in found:
        due["span"] = [max(start, due["span"][0]), due["span"][1]]
        due["phrase"] = page.text[due["span"][0] : due["span"][1]]
    return found


def field_bodies(page: Page, start: int, end: int) -> tuple[list[str], Subject | None]:
    """The bodies in the value of a field: a plain list, or clauses "X chủ trì …; Y và Z chủ động …"."""
    text = page.text[start:end].replace("\n", ";").rstrip(" .;")
    low = page.low[start:end].replace("\n", ";").rstrip(" .;")
    subject = sentence_subject(text, low)
    if subject is not None and subject.end < len(text) and first_verb(low[subject.end :].lstrip(" ,")):
        names = list(subject.names)
        for more in further_subjects(text, low, subject.end, field=True):
            names += [n for n in more.names if n not in names]
        return names, subject
    stop = subject.end if subject is not None else len(text)
    cut = re.search(
        r"\s+(?:trong phạm vi|theo (?:chức năng|thẩm quyền|phân công))(?!\w)[^;.]*?(?=\s+và các |;|$)", low
    )
    if cut:
        text, low = text[: cut.start()] + text[cut.end() :], low[: cut.start()] + low[cut.end() :]
        stop = len(text)
    return names_in(text, bodies_in(text, low, 0, max(stop, len(text)))), subject
