"""The reading's shape: schema plan/1 with what the product adds. Offsets count in `Reading["text"]`."""

from __future__ import annotations

from typing import Literal, TypedDict

Span = tuple[int, int]
Role = Literal["lead", "coordinate", "advise", "request", "responsible"]
Scope = Literal["assigned", "general"]
Every = Literal["month", "quarter", "half", "nine-months", "year"]
ReportKind = Literal["periodic", "midterm", "final", "once", "ad hoc"]
DueKind = Literal["date", "annual", "month-day", "year", "monthly"]


class Signatory(TypedDict):
    """Who signed: name and position as in running text, on whose behalf as printed."""

    name: str | None
    position: str | None
    on_behalf: str | None


class Document(TypedDict):
    """The document's own data; `spans` says where each part stands, when it stands anywhere."""

    number: str | None
    issued: str | None
    year: int | None
    place: str | None
    issuer: str | None
    type: str | None
    title: str | None
    period: list[int] | None
    signatory: Signatory
    recipients: list[str]
    spans: dict[str, list[int]]


class Citation(TypedDict):
    """A cited document that has a number. `span` is its first mention."""

    number: str
    type: str | None
    issued: str | None
    issuer: str | None
    span: list[int]


class Section(TypedDict):
    """A numbered heading; `path` is its labels joined by "."."""

    path: str
    heading: str
    span: list[int]


class Due(TypedDict):
    """A deadline: kind and value as in plan/1; `bound` "before" is the day before the one named at the
    latest.
    """

    kind: DueKind
    value: str
    of: Literal["task", "report"]
    bound: Literal["before", "by"]
    phrase: str
    span: list[int]
    rule: str


class Assignment(TypedDict):
    """The role of one agency in one task."""

    agency: str
    role: Role


Task = TypedDict(
    "Task",
    {
        "id": str, "scope": Scope, "agencies": list[str], "role": Role, "with": list[str], "text": str,
        "due": list[Due],
        "span": list[int], "doubts": list[str], "assignments": list[Assignment],
        "with_spans": list[list[int]], "section": str,
    },
)  # fmt: skip


class ReportRule(TypedDict):
    """By when one turn of a report is due. Kind and value as core.workdays.DueRule understands them; both
    None where the period alone is named. `every`: the period reported on, where the words say it.
    """

    every: Every | None
    kind: str | None
    value: str | None
    bound: Literal["before", "by"]
    phrase: str
    span: list[int]


class Report(TypedDict):
    """A duty to report on carrying the plan out. `every`: the shortest period of its rules; `within`: the
    report in which it may be sent, as written.
    """

    by: str | None
    to: str | None
    via: str | None
    kind: ReportKind
    due: str | None
    every: Every | None
    due_rules: list[ReportRule]
    within: str | None
    text: str
    span: list[int]
    task: str | None


class BlockView(TypedDict):
    """One paragraph of the text, for showing it."""

    span: list[int]
    kind: str
    level: int


class Assigning(TypedDict):
    """A sentence that looks as if it assigned work, and the task it became, if any."""

    span: list[int]
    task: str | None


class Reading(TypedDict):
    schema: str
    text: str
    document: Document
    citations: list[Citation]
    sections: list[Section]
    tasks: list[Task]
    reporting: list[Report]
    places: list[list[int]]
    assigning: list[Assigning]
    blocks: list[BlockView]
    notes: list[str]  # fmt: skip
