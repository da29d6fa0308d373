"""The answers as a page sends them: read into Answers, with what could not be read said at its place.

Names of fields are places (`answering`): s12, s12.nothing, s12.t34; s12.text and s12.to are the rows of
difficulties; f56, f56.none, f56.sex.male; f56.country and f56.country.n rows of country and figure;
why:CODE:PLACE the reason for a warning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.http import QueryDict
from django.utils.translation import gettext as _

from nhipcau.apps.indicators.splits import Category, Dimension
from nhipcau.apps.reporting.answering import (
    Answers,
    Figure,
    File,
    Reason,
    Text,
    figure_place,
    section_place,
    task_place,
    tidy,
)
from nhipcau.apps.reporting.asked import Asked, Kind
from nhipcau.apps.reporting.background import computed
from nhipcau.apps.reporting.findings import Finding
from nhipcau.apps.reporting.models import SectionIndicator
from nhipcau.apps.reporting.numbers import BadNumber, read_number, show_number
from nhipcau.core.text import fold

MOST_ROWS = 60
# Dimensions with more categories than a page shows: typed as rows of name and figure.
LONG = 15
WHY = "why:"


@dataclass(slots=True)
class Read:
    """`raw` is what was typed, by place, where it could not be read; `rows` rows of name and figure."""

    answers: Answers
    faults: list[Finding] = field(default_factory=list)
    raw: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[tuple[str, str]]] = field(default_factory=dict)


def read_sheet(sent: QueryDict, asked: Asked, files: tuple[File, ...] = ()) -> Read:
    """Everything that was typed. `files` are those the draft has: they are not sent again."""
    found = Read(Answers(nothing="nothing" in sent, files=files))
    texts = list(_texts(sent, asked))
    figures = [figure for each in asked.figures.values() for figure in _figures(sent, each, asked, found)]
    found.answers = Answers(
        tuple(texts), tuple(figures), files, tuple(_reasons(sent)), nothing=found.answers.nothing
    )
    return found


def is_long(categories: tuple[Category, ...]) -> bool:
    return len(categories) > LONG


def _texts(sent: QueryDict, asked: Asked) -> Iterator[Text]:
    for section in asked.sections:
        place = section_place(section.pk)
        if f"{place}.nothing" in sent:
            yield Text(section.pk, nothing=True)
        if section.kind == Kind.NARRATIVE:
            yield Text(section.pk, sent.get(place, ""))
        elif section.kind == Kind.TASKS:
            for task in asked.tasks:
                yield Text(section.pk, sent.get(task_place(section.pk, task), ""), task=task)
        elif section.kind == Kind.DIFFICULTIES:
            rows = zip(sent.getlist(f"{place}.text"), sent.getlist(f"{place}.to"), strict=False)
            for text, addressee in list(rows)[:MOST_ROWS]:
                yield Text(section.pk, text, addressee=addressee[:300])


def _figures(sent: QueryDict, each: SectionIndicator, asked: Asked, found: Read) -> Iterator[Figure]:
    place = figure_place(each.pk)
    if each.pk in computed(asked):
        return
    amount = _amount(sent.get(place, ""), place, found)
    if amount is not None:
        yield Figure(each.pk, amount=amount)
    elif f"{place}.none" in sent and place not in found.raw:
        yield Figure(each.pk, no_data=True)
    for dimension, categories in asked.splits_of(each):
        if is_long(categories):
            yield from _named_rows(sent, each, (dimension, categories), found)
            continue
        for category in categories:
            part = figure_place(each.pk, dimension.code, category.code)
            amount = _amount(sent.get(part, ""), part, found)
            if amount is not None:
                yield Figure(each.pk, dimension.code, category.code, amount)


def _amount(typed: str, place: str, found: Read) -> Decimal | None:
    try:
        return read_number(typed[:60])
    except BadNumber as bad:
        found.raw[place] = typed[:60]
        found.faults.append(Finding("no-number", place, str(bad), stop=True))
        return None


def _named_rows(
    sent: QueryDict,
    each: SectionIndicator,
    split: tuple[Dimension, tuple[Category, ...]],
    found: Read,
) -> Iterator[Figure]:
    dimension, categories = split
    place = f"{figure_place(each.pk)}.{dimension.code}"
    codes = {fold(name): known.code for known in categories for name in (known.vi, known.en, known.code)}
    typed = zip(sent.getlist(place), sent.getlist(f"{place}.n"), strict=False)
    rows = [(name[:200], figure[:60]) for name, figure in typed if name.strip() or figure.strip()]
    seen: set[str] = set()
    before = len(found.faults)
    for name, figure in rows[: len(codes)]:
        code = codes.get(fold(name))
        if code is None or code in seen:
            found.faults.append(Finding("no-category", place, _bad_name(name, code), stop=True))
            continue
        seen.add(code)
        amount = _amount(figure, place, found)
        if amount is not None:
            yield Figure(each.pk, dimension.code, code, amount)
    if len(found.faults) > before:
        found.rows[place] = rows


def _bad_name(name: str, code: str | None) -> str:
    if code is not None:
        return _("“%(name)s” stands in two rows. Add them up in one.") % {"name": name}
    return _("“%(name)s” is not in the list. Choose a name of the list, or “not known”.") % {"name": name}


def _reasons(sent: QueryDict) -> Iterator[Reason]:
    for name in sent:
        if not name.startswith(WHY):
            continue
        code, _colon, place = name.removeprefix(WHY).partition(":")
        reason = tidy(sent.get(name, ""))[:500]
        if reason and len(code) <= 40 and len(place) <= 120:
            yield Reason(code, place, reason)


def typed_of(answers: Answers) -> Mapping[str, str]:
    """Figures as a page shows them in its fields, by place."""
    return {each.place: show_number(each.amount) for each in answers.figures if not each.drawn_from}
