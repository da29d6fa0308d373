"""Workbooks on their way out: the form to fill in, and the one that came back with its wrong cells marked."""

from __future__ import annotations

from dataclasses import replace

from django.utils import translation

from nhipcau.apps.orgs.directory import directory
from nhipcau.apps.reporting.answering import Answers, Figure, Text
from nhipcau.apps.reporting.asked import Asked, Kind, asked_of
from nhipcau.apps.reporting.background import (
    Background,
    LastTime,
    background_of,
    completed,
    computed,
)
from nhipcau.apps.reporting.models import Obligation, Workbook
from nhipcau.apps.reporting.workbooks.layout import Form, form_of
from nhipcau.apps.reporting.workbooks.preview import draft_of, preview_of, standing_answers
from nhipcau.apps.reporting.workbooks.seal import Seal, sealed
from nhipcau.apps.reporting.workbooks.writing import Cover, workbook_of
from nhipcau.apps.webkit.formats import format_date, format_moment

# What is asked of the centre more often than of one body.
FIRST_ADDRESSEES = ("Chính phủ", "Bộ Ngoại giao", "Tỉnh ủy", "Ủy ban nhân dân tỉnh")
MOST_ADDRESSEES = 400


def form_as_workbook(obligation: Obligation, unit: str, *, draft: bool, last: bool) -> bytes:
    """`draft`: with what is in the draft; `last`: with the last report's answers where the draft has none."""
    with translation.override("vi"):
        asked = asked_of(obligation)
        behind = background_of(obligation, asked)
        begun = draft_of(obligation) if draft else None
        answers = standing_answers(obligation, begun) if draft else Answers()
        if last and behind.last_time is not None:
            answers = with_last_time(answers, behind.last_time, asked)
        form = _form(asked, completed(answers, asked, behind.drawn), behind)
        return workbook_of(form, cover_of(obligation, unit))


def marked_copy(workbook: Workbook, unit: str) -> bytes:
    """What the unit typed, in the form's sheets: wrong cells coloured, what is wrong as their comments."""
    with translation.override("vi"):
        obligation = workbook.obligation
        asked = asked_of(obligation)
        behind = background_of(obligation, asked)
        shown = preview_of(workbook, behind)
        form = replace(_form(asked, Answers(), behind), lines=list(shown.lines))
        return workbook_of(form, cover_of(obligation, unit), shown.marks)


def _form(asked: Asked, answers: Answers, behind: Background) -> Form:
    closed = [*behind.drawn, *(f"f{pk}" for pk in computed(asked))]
    return form_of(asked, answers, addressees(asked), closed)


def addressees(asked: Asked) -> list[str]:
    """To choose from; anything else may be typed."""
    if not any(each.kind == Kind.DIFFICULTIES for each in asked.sections):
        return []
    bodies = directory(asked.period.opens_on).organisations.values()
    known = sorted((body for body in bodies if body.kind != "commune"), key=lambda body: body.name_sort)
    return list(dict.fromkeys([*FIRST_ADDRESSEES, *(body.name for body in known)]))[:MOST_ADDRESSEES]


def cover_of(obligation: Obligation, unit: str) -> Cover:
    period = obligation.period
    draft = draft_of(obligation)
    seal = Seal(
        period.form_version_id,
        obligation.pk,
        draft.pk if draft else 0,
        draft.revision if draft else -1,
    )
    return Cover(
        title=period.form_version.form.title,
        period=period.title,
        unit=unit,
        due=format_moment(obligation.due_at),
        window=f"{format_date(period.window_first)} – {format_date(period.window_last)}",
        code=sealed(seal),
    )


def with_last_time(answers: Answers, last: LastTime, asked: Asked) -> Answers:
    """Where nothing is answered yet, what the unit said in its last report."""
    told = {each.section for each in answers.texts}
    texts = [
        Text(section.pk, "\n".join(last.texts[section.key]))
        for section in asked.sections
        if section.kind == Kind.NARRATIVE and section.pk not in told and section.key in last.texts
    ]
    known = {each.place for each in answers.figures}
    asked_by = {each.indicator.indicator_id: pk for pk, each in asked.figures.items()}
    figures = [
        Figure(asked_by[indicator], split, category, amount)
        for (indicator, split, category), amount in last.figures.items()
        if indicator in asked_by
    ]
    fresh = [each for each in figures if each.place not in known]
    return replace(answers, texts=(*answers.texts, *texts), figures=(*answers.figures, *fresh))
