"""The cases in which the reader's own rules are known to guess; one of the signs that `doubts` weighs."""

from __future__ import annotations

import re

from nhipcau.core.planreader.items import Item
from nhipcau.core.planreader.joining import first_verb
from nhipcau.core.planreader.roles import Work
from nhipcau.core.planreader.schema import Task
from nhipcau.core.planreader.subjects import Subject

LATE = 70
# Role words that a "responsible" item holds although no rule took them.
_STRONG = re.compile(
    r"(?<!cơ quan )(?<!đơn vị )(?<!được giao )(?<!phân công )chủ trì|"
    r"(?<!công tác )(?<!cơ quan )(?<!để )(?<!, )(?<!và )tham mưu|phối hợp với"
)


def guesses_of(task: Task, item: Item, work: Work, subject: Subject | None) -> list[str]:
    """The fields among "role", "agencies", "scope" for which a rule guessed, in that order."""
    found = []
    if role_doubtful(task, item, work, subject):
        found.append("role")
    if agencies_doubtful(task, item, subject):
        found.append("agencies")
    if scope_doubtful(task, item, subject):
        found.append("scope")
    return found


def role_doubtful(task: Task, item: Item, work: Work, subject: Subject | None) -> bool:
    """Role words that compete, stand late, or say something else than the line above the items."""
    if item.fields:
        return False
    if work.lead_later:
        return True
    if task["role"] == "lead":
        start = subject.end if subject else 0
        return work.role_at is not None and work.role_at - start > LATE
    if task["role"] in ("coordinate", "advise") and work.role_at is not None:
        return work.role_at > LATE + (subject.end if subject else 0) or (
            work.rivals > 1 and work.role == "advise"
        )
    if task["role"] == "request" and item.context.asked:
        return work.role_at == 0
    return task["role"] == "responsible" and bool(_STRONG.search(task["text"].lower()))


def agencies_doubtful(task: Task, item: Item, subject: Subject | None) -> bool:
    """A list that is long or reads oddly, or a sentence whose subject is another body than the heading's."""
    if item.context.agencies is not None:
        own = (
            subject is not None
            and not subject.collective
            and subject.names
            and subject.names[0] not in task["agencies"]
        )
        return own or any(odd(a) for a in task["agencies"])
    late = subject is not None and bool(subject.spans) and subject.spans[0][0] > 120
    return late or any(odd(a) for a in task["agencies"]) or len(task["agencies"]) > 4


def odd(agency: str) -> bool:
    """Whether a name reads oddly: too long, a bracket left open, a small generic word alone."""
    words = agency.split()
    return (
        len(words) > 16 or agency.count("(") != agency.count(")") or (len(words) == 1 and words[0].islower())
    )


def scope_doubtful(task: Task, item: Item, subject: Subject | None) -> bool:
    """A part whose heading says nothing about its purpose; an assignment found in a part with general
    directions.
    """
    low = task["text"].lower()
    if task["scope"] == "general":
        unlike = not first_verb(low) and subject is None
        held = subject is not None and not item.context.agencies
        return item.context.purpose in ("assign", "report", "money") or unlike or held
    if item.context.agencies is None and item.context.purpose == "general":
        return subject is not None and (subject.collective or len(subject.names) > 1)
    return False
