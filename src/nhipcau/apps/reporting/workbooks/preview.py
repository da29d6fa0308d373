"""What a workbook would change in the draft, and what is wrong where, for the page and the marked copy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from xlsxwriter.utility import xl_rowcol_to_cell

from nhipcau.apps.reporting.answering import (
    Answers,
    emptied,
    figure_place,
    read_answers,
    row_place,
    section_place,
    task_place,
    without_standing,
)
from nhipcau.apps.reporting.asked import Asked, asked_of
from nhipcau.apps.reporting.background import Background, background_of
from nhipcau.apps.reporting.checking import check
from nhipcau.apps.reporting.findings import Finding
from nhipcau.apps.reporting.models import Obligation, Submission, Workbook
from nhipcau.apps.reporting.numbers import show_number
from nhipcau.apps.reporting.workbooks.layout import BY_KEY, Line, numbered
from nhipcau.apps.reporting.workbooks.reading import unpacked
from nhipcau.apps.reporting.workbooks.understanding import Understood, merged, understand

OPEN = (Submission.State.DRAFT, Submission.State.TO_APPROVE)


@dataclass(frozen=True, slots=True)
class Changed:
    """An answer before and after; `label` says which, in the words of the form."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """A cell with what is wrong. `stop`: nothing of it is taken, or the report cannot be sent so."""

    sheet: str
    cell: str
    label: str
    words: str
    stop: bool
    line: int = -1
    key: str = ""


@dataclass(frozen=True)
class Preview:
    """`revision` of the draft that it was held against, -1 for none."""

    asked: Asked
    lines: Sequence[Line]
    understood: Understood
    answers: Answers
    revision: int
    wrong: Sequence[Wrong] = field(default_factory=list)
    changed: Sequence[Changed] = field(default_factory=list)

    @property
    def only_adds(self) -> bool:
        """Whether nothing that stood in the draft becomes something else or goes."""
        return not any(each.before for each in self.changed)

    @property
    def marks(self) -> dict[tuple[int, str], str]:
        """Of the cells, for the marked copy."""
        found: dict[tuple[int, str], list[str]] = {}
        for each in self.wrong:
            if each.line >= 0:
                found.setdefault((each.line, each.key), []).append(each.words)
        return {place: " ".join(words) for place, words in found.items()}


def draft_of(obligation: Obligation) -> Submission | None:
    return Submission.objects.filter(obligation=obligation, state__in=OPEN).first()


def standing_answers(obligation: Obligation, draft: Submission | None) -> Answers:
    """What a draft says, or would begin with: the version that was returned, else nothing."""
    if draft is not None:
        return read_answers(draft)
    last = Submission.objects.filter(obligation=obligation, sent_at__isnull=False).order_by("-number").first()
    return emptied(without_standing(read_answers(last))) if last else Answers()


def preview_of(workbook: Workbook, behind: Background | None = None) -> Preview:
    """About twenty queries."""
    obligation = workbook.obligation
    asked = asked_of(obligation)
    lines = unpacked(workbook.lines)
    understood = understand(lines, asked)
    draft = draft_of(obligation)
    before = standing_answers(obligation, draft)
    answers = emptied(merged(before, understood))
    names = names_of(asked)
    findings = check(answers, asked, behind or background_of(obligation, asked))
    return Preview(
        asked,
        lines,
        understood,
        answers,
        draft.revision if draft else -1,
        _wrong(lines, understood, findings, names),
        changes(before, answers, names),
    )


def names_of(asked: Asked) -> dict[str, str]:
    """Place → how the form names it."""
    named = {section_place(pk): name for pk, name in numbered(asked).items()}
    for section in asked.sections:
        for task, given in asked.tasks.items():
            named[task_place(section.pk, task)] = given.task.text
    for wanted in asked.figures.values():
        named[figure_place(wanted.pk)] = wanted.indicator.name
        for dimension, parts in asked.splits_of(wanted):
            for part in parts:
                place = figure_place(wanted.pk, dimension.code, part.code)
                named[place] = f"{wanted.indicator.name}: {part.label}"
    return named


def _wrong(
    lines: Sequence[Line], understood: Understood, findings: Sequence[Finding], names: Mapping[str, str]
) -> list[Wrong]:
    found = [
        _at(lines, each.line, each.key, names.get(each.place, ""), each.words, stop=True)
        for each in understood.problems
    ]
    for finding in findings:
        line, key = understood.where.get(finding.place, (-1, ""))
        label = names.get(finding.place, "")
        if line >= 0:
            found.append(_at(lines, line, key, label, finding.words, stop=finding.stop))
        else:
            found.append(Wrong("", "", label, finding.words, finding.stop))
    return found


def _at(lines: Sequence[Line], index: int, key: str, label: str, words: str, *, stop: bool) -> Wrong:
    line = lines[index]
    cell = xl_rowcol_to_cell(max(0, line.row - 1), BY_KEY[line.kind].keys.index(key))
    return Wrong(line.sheet, cell, label or line.cell("label"), words, stop, index, key)


def changes(before: Answers, after: Answers, names: Mapping[str, str]) -> list[Changed]:
    """In the order of the form; what was there and is not comes last."""
    old, new = said(before), said(after)
    places = [*new, *(place for place in old if place not in new)]
    return [
        Changed(names.get(place.split("#")[0], place), old.get(place, ""), new.get(place, ""))
        for place in places
        if old.get(place, "") != new.get(place, "")
    ]


def said(answers: Answers) -> dict[str, str]:
    """Texts and figures as words, by place; a "#" parts the rows of a section and its tick."""
    found = {"#nothing": "✓"} if answers.nothing else {}
    rows: dict[int, int] = {}
    for each in answers.texts:
        if each.task is not None:
            found[task_place(each.section, each.task)] = each.text
            continue
        place = section_place(each.section)
        if each.nothing:
            found[f"{place}#nothing"] = "✓"
        if each.addressee:
            rows[each.section] = rows.get(each.section, 0) + 1
            row = row_place(each.section, rows[each.section])
            found[f"{place}#{row}"] = f"{each.text} ({each.addressee})"
        elif each.text:
            found[place] = each.text
    for figure in answers.figures:
        found[figure.place] = "–" if figure.no_data else show_number(figure.amount)
    return found
