"""What a submission answers, apart from how it is shown: read from its rows, written to them, digested.

`read_answers` and `write_answers` are the only ways to the rows of answers. Pages, workbooks and programs
make `Answers`; `actions.save_draft` checks who and when, and writes them.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from nhipcau.apps.reporting.models import Attachment, CheckReason, Passage, Submission, Value
from nhipcau.apps.reporting.syncing import make_rows
from nhipcau.core.text import fold, nfc

SCHEMA = "submission/1"
LONGEST_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a section (id): of a `task` (id) in it, or a difficulty with its addressee.

    `nothing`: the unit has nothing to report in the section. Several texts of a section without a task are
    in their order. The last three are the unit's part of the task, written down when the report is sent.
    """

    section: int
    text: str = ""
    task: int | None = None
    addressee: str = ""
    nothing: bool = False
    status: str = ""
    due_on: date | None = None
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """Of an asked indicator (id of the SectionIndicator): its total, or the part of a split and category.

    `amount` None with `no_data`: the unit has none. What was not answered has no Figure.
    """

    asked: int
    split: str = ""
    category: str = ""
    amount: Decimal | None = None
    no_data: bool = False
    drawn_from: str = ""
    drawn_at: datetime | None = None

    @property
    def place(self) -> str:
        return figure_place(self.asked, self.split, self.category)


@dataclass(frozen=True, slots=True)
class File:
    """A file of a section: the key of its upload, and the name it has here."""

    section: int
    upload: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a warning of the checks does not hold."""

    code: str
    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Answers:
    """All of a report. `nothing`: the unit has nothing to report at all."""

    texts: tuple[Text, ...] = ()
    figures: tuple[Figure, ...] = ()
    files: tuple[File, ...] = ()
    reasons: tuple[Reason, ...] = ()
    nothing: bool = False

    def of_section(self, section: int) -> list[Text]:
        """Its texts without a task, in order."""
        return [each for each in self.texts if each.section == section and each.task is None]

    def of_tasks(self, section: int) -> dict[int, Text]:
        return {each.task: each for each in self.texts if each.section == section and each.task is not None}

    def amounts(self) -> dict[str, Decimal | None]:
        """By place."""
        return {each.place: each.amount for each in self.figures}


def section_place(section: int) -> str:
    """Names of places: in pages, marks of a return and reasons."""
    return f"s{section}"


def task_place(section: int, task: int) -> str:
    return f"s{section}.t{task}"


def row_place(section: int, row: int) -> str:
    """A difficulty, counted from 1."""
    return f"s{section}.r{row}"


def figure_place(asked: int, split: str = "", category: str = "") -> str:
    return f"f{asked}.{split}.{category}" if split else f"f{asked}"


def tidy(text: str) -> str:
    """As texts are stored: composed, without control characters, lines ended alike, no blanks around."""
    lines = nfc(text).replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return kept.strip()


def likeness(text: str) -> str:
    """Units that wrote the same words have the same; empty for no words."""
    words = " ".join("".join(c if c.isalnum() else " " for c in fold(text)).split())
    return hashlib.sha256(words.encode()).hexdigest()[:32] if words else ""


def read_answers(submission: Submission) -> Answers:
    """Four queries."""
    return read_many([submission])[submission.pk]


def read_many(submissions: Collection[Submission]) -> dict[int, Answers]:
    """By the submission's id. Four queries, however many."""
    pks = [each.pk for each in submissions]
    texts, figures, files, reasons = (defaultdict(list) for _ in range(4))
    for row in Passage.objects.filter(submission__in=pks).order_by("section", "position", "pk"):
        texts[row.submission_id].append(_text_of(row))
    for value in Value.objects.filter(submission__in=pks).order_by("asked", "split", "category"):
        figures[value.submission_id].append(_figure_of(value))
    for file in Attachment.objects.filter(submission__in=pks).order_by("pk"):
        files[file.submission_id].append(File(file.section_id, file.upload_id, file.name))
    for given in CheckReason.objects.filter(submission__in=pks).order_by("pk"):
        reasons[given.submission_id].append(Reason(given.code, given.place, given.reason))
    return {
        each.pk: Answers(
            tuple(texts[each.pk]),
            tuple(figures[each.pk]),
            tuple(files[each.pk]),
            tuple(reasons[each.pk]),
            each.nothing,
        )
        for each in submissions
    }


def write_answers(submission: Submission, answers: Answers) -> None:
    """Make the rows say this, whatever they said: what is the same is left alone. At most sixteen queries.

    `submission.nothing` is set, not saved: who calls saves the submission. The database refuses a version
    that was sent.
    """
    submission.nothing = answers.nothing
    make_rows(Passage, submission, _passages(submission, answers.texts), _passage_key)
    make_rows(Value, submission, _values(submission, answers.figures), _value_key)
    make_rows(Attachment, submission, _attachments(submission, answers.files), _attachment_key)
    make_rows(CheckReason, submission, _reasons(submission, answers.reasons), _reason_key)


def emptied(answers: Answers) -> Answers:
    """Without texts that say nothing: an empty field is no answer. Those of a version that was sent stay."""
    kept = [replace(each, text=tidy(each.text), addressee=tidy(each.addressee)) for each in answers.texts]
    said = tuple(each for each in kept if each.text or each.addressee or each.nothing or each.status)
    return replace(answers, texts=said)


def content_of(submission: Submission, answers: Answers | None = None) -> dict[str, Any]:
    """The report as plain values, in one order: what the digest is made of."""
    found = answers or read_answers(submission)
    sections = dict(submission.obligation.period.form_version.sections.order_by().values_list("pk", "key"))
    uploads = dict(
        Attachment.objects.filter(submission=submission).order_by().values_list("upload", "upload__sha256")
    )
    codes = dict(
        Value.objects.filter(submission=submission)
        .order_by()
        .values_list("asked", "asked__indicator__indicator__code")
    )
    return {
        "schema": SCHEMA,
        "obligation": submission.obligation_id,
        "organisation": submission.organisation_id,
        "number": submission.number,
        "nothing": found.nothing,
        "texts": _in_order(_text_content(each, at, sections) for at, each in enumerate(found.texts)),
        "figures": _in_order(
            {
                "indicator": codes[each.asked],
                "split": each.split,
                "category": each.category,
                "amount": plain(each.amount),
                "no_data": each.no_data,
                "drawn_from": each.drawn_from,
            }
            for each in found.figures
        ),
        "files": _in_order(
            {"section": sections[each.section], "sha256": uploads[each.upload], "name": each.name}
            for each in found.files
        ),
        "reasons": _in_order(
            {"code": each.code, "place": each.place, "reason": each.reason} for each in found.reasons
        ),
    }


def digest_of(content: Mapping[str, Any]) -> str:
    """sha256 of the canonical JSON: keys sorted, no blanks, UTF-8."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def canonical(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def plain(amount: Decimal | None) -> str | None:
    """Without an exponent, without zeros at the end: the same figure is the same text."""
    if amount is None:
        return None
    text = f"{amount:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _in_order(found: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(found, key=canonical)


def _text_content(each: Text, at: int, sections: Mapping[int, str]) -> dict[str, Any]:
    return {
        "section": sections[each.section],
        "position": 0 if each.task else at,
        "task": each.task,
        "text": each.text,
        "addressee": each.addressee,
        "nothing": each.nothing,
        "status": each.status,
        "due_on": each.due_on.isoformat() if each.due_on else None,
        "done_on": each.done_on.isoformat() if each.done_on else None,
    }


def _text_of(row: Passage) -> Text:
    return Text(
        row.section_id,
        row.text,
        row.task_id,
        row.addressee,
        row.nothing,
        row.status,
        row.due_on,
        row.done_on,
    )


def _figure_of(row: Value) -> Figure:
    return Figure(
        row.asked_id, row.split, row.category, row.amount, row.no_data, row.drawn_from, row.drawn_at
    )


def _passages(submission: Submission, texts: Sequence[Text]) -> list[Passage]:
    rows, next_place = [], defaultdict[int, int](int)
    for each in texts:
        position = next_place[each.section]
        next_place[each.section] += 1
        rows.append(
            Passage(
                submission=submission,
                section_id=each.section,
                position=position,
                task_id=each.task,
                text=each.text,
                nothing=each.nothing,
                likeness=likeness(each.text),
                addressee=each.addressee[:300],
                status=each.status,
                due_on=each.due_on,
                done_on=each.done_on,
            )
        )
    return rows


def _values(submission: Submission, figures: Sequence[Figure]) -> list[Value]:
    return [
        Value(
            submission=submission,
            asked_id=each.asked,
            split=each.split,
            category=each.category,
            amount=each.amount,
            no_data=each.no_data,
            drawn_from=each.drawn_from,
            drawn_at=each.drawn_at,
        )
        for each in figures
    ]


def _attachments(submission: Submission, files: Sequence[File]) -> list[Attachment]:
    return [
        Attachment(
            submission=submission, section_id=each.section, upload_id=each.upload, name=each.name[:255]
        )
        for each in files
    ]


def _reasons(submission: Submission, reasons: Sequence[Reason]) -> list[CheckReason]:
    return [
        CheckReason(submission=submission, code=each.code, place=each.place, reason=each.reason[:500])
        for each in reasons
    ]


def _passage_key(row: Passage) -> tuple[object, ...]:
    return (row.section_id, row.task_id, None if row.task_id else row.position)


def _value_key(row: Value) -> tuple[object, ...]:
    return (row.asked_id, row.split, row.category)


def _attachment_key(row: Attachment) -> tuple[object, ...]:
    return (row.section_id, row.upload_id)


def _reason_key(row: CheckReason) -> tuple[object, ...]:
    return (row.code, row.place)


def without_standing(answers: Answers) -> Answers:
    """As a draft has them: how tasks stood when an earlier version was sent is not carried on."""
    texts = [replace(each, status="", due_on=None, done_on=None) for each in answers.texts]
    return replace(answers, texts=tuple(texts))
