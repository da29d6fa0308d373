"""What the lines of a workbook answer, and which cells say nothing that could be kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from nhipcau.apps.indicators.splits import Category
from nhipcau.apps.reporting.answering import (
    LONGEST_TEXT,
    Answers,
    Figure,
    Text,
    figure_place,
    row_place,
    section_place,
    task_place,
)
from nhipcau.apps.reporting.asked import Asked, Kind
from nhipcau.apps.reporting.numbers import BadNumber, read_number
from nhipcau.apps.reporting.workbooks.layout import (
    DIFFICULTIES,
    FIGURES,
    MOST_LISTED,
    SPLITS,
    TASKS,
    TEXTS,
    WHOLE,
    Line,
    split_labels,
)
from nhipcau.core.tablereader.schema import MOST_CHARACTERS
from nhipcau.core.text import fold

YES = frozenset(("x", "co", "1", "true", "v", "✓", "✔", "×"))
NO = frozenset(("", "khong", "0", "false", "-"))
MOST_ADDRESSEE = 300


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that cannot be taken: index of its line, key of the cell, words. `place` keeps what it was."""

    line: int
    key: str
    words: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Understood:
    """`where`: the cell of each place that was answered, as index of the line and key."""

    answers: Answers
    problems: list[Problem]
    where: Mapping[str, tuple[int, str]]


class Bad(ValueError):
    """A cell that cannot be taken, in words."""


def understand(lines: Sequence[Line], asked: Asked) -> Understood:
    """In the language of the page."""
    return _Reader(asked).read(lines)


class _Reader:
    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.texts: list[Text] = []
        self.figures: list[Figure] = []
        self.problems: list[Problem] = []
        self.where: dict[str, tuple[int, str]] = {}
        self.nothing = False
        self.rows: dict[int, int] = {}
        self.choices = {fold(label): chosen for label, chosen in split_labels(asked)}
        self.parts = {
            dimension.code: _by_name(parts)
            for wanted in asked.figures.values()
            for dimension, parts in asked.splits_of(wanted)
        }
        self.places = dict(self._known())

    def _known(self) -> Iterator[tuple[str, tuple[int, int | str, str]]]:
        """Place → what it is of: section and task; or asked figure, split and category."""
        for section in self.asked.sections:
            if section.kind == Kind.TASKS:
                for task in self.asked.tasks:
                    yield task_place(section.pk, task), (section.pk, task, "")
            if section.kind != Kind.HEADING:
                yield section_place(section.pk), (section.pk, "", "")
        for wanted in self.asked.figures.values():
            yield figure_place(wanted.pk), (wanted.pk, "", "")
            for dimension, parts in self.asked.splits_of(wanted):
                for part in parts if len(parts) <= MOST_LISTED else ():
                    yield (
                        figure_place(wanted.pk, dimension.code, part.code),
                        (
                            wanted.pk,
                            dimension.code,
                            part.code,
                        ),
                    )

    def read(self, lines: Sequence[Line]) -> Understood:
        by_kind = {
            TEXTS.key: self._text,
            TASKS.key: self._task,
            FIGURES.key: self._figure,
            SPLITS.key: self._split,
            DIFFICULTIES.key: self._difficulty,
        }
        for index, line in enumerate(lines):
            by_kind[line.kind](index, line)
        answers = Answers(tuple(self.texts), tuple(self.figures), nothing=self.nothing)
        return Understood(answers, self.problems, self.where)

    def _bad(self, index: int, key: str, words: str, place: str = "") -> None:
        self.problems.append(Problem(index, key, words, place))

    def _place(self, index: int, line: Line, key: str) -> str:
        """The place that the line is of; empty when it is none of this form's, or came before."""
        place = line.cell("code").strip()
        typed = bool(line.cell(key).strip())
        if place not in self.places and place != WHOLE:
            if typed:
                self._bad(index, key, _none_of_the_form())
            return ""
        if place in self.where and line.kind != DIFFICULTIES.key:
            self._bad(index, key, _("This row stands twice in the workbook: keep one of them."), place)
            return ""
        self.where[place] = (index, key)
        return place

    def _text(self, index: int, line: Line) -> None:
        place = self._place(index, line, "text")
        if not place:
            return
        try:
            nothing = _tick(line.cell("nothing"))
        except Bad as bad:
            self._bad(index, "nothing", str(bad), place)
            return
        if place == WHOLE:
            self.nothing = nothing
            return
        section = int(self.places[place][0])
        kind = self.asked.by_pk[section].kind
        text = line.cell("text")
        if text and kind != Kind.NARRATIVE:
            self._bad(index, "text", _("Nothing is written here: the section has its own sheet."), place)
            text = ""
        if self._fits(index, "text", text, place) and (text or nothing):
            self.texts.append(Text(section, text, nothing=nothing))

    def _fits(self, index: int, key: str, text: str, place: str) -> bool:
        """Whether the text came whole."""
        if len(text) >= MOST_CHARACTERS or len(text) > LONGEST_TEXT:
            words = _("Longer than %(n)s characters: put it into a file.") % {"n": "20.000"}
            self._bad(index, key, words, place)
            return False
        return True

    def _task(self, index: int, line: Line) -> None:
        place = self._place(index, line, "text")
        if (
            place
            and place != WHOLE
            and line.cell("text")
            and self._fits(index, "text", line.cell("text"), place)
        ):
            section, task, _none = self.places[place]
            self.texts.append(Text(section, line.cell("text"), task=int(task)))

    def _figure(self, index: int, line: Line) -> None:
        place = self._place(index, line, "amount")
        if not place or place == WHOLE:
            return
        asked, split, category = self.places[place]
        try:
            none = _tick(line.cell("no_data"))
        except Bad as bad:
            self._bad(index, "no_data", str(bad), place)
            return
        amount = self._amount(index, line, place)
        if amount is None and not none:
            return
        if amount is not None and none:
            self._bad(index, "no_data", _("A figure and “no figure” at once: keep one of them."), place)
            return
        self.figures.append(Figure(asked, str(split), category, amount, no_data=none))

    def _amount(self, index: int, line: Line, place: str) -> Decimal | None:
        try:
            return amount_of(line.cell("amount"), is_number="amount" in line.numbers)
        except Bad as bad:
            self._bad(index, "amount", str(bad), place)
            return None

    def _split(self, index: int, line: Line) -> None:
        chosen = self.choices.get(fold(line.cell("label")))
        if chosen is None:
            self._bad(index, "label", _("Choose the indicator from the list."))
            return
        wanted, dimension = chosen
        names, typed = self.parts[dimension.code], line.cell("category")
        category = names.get(typed.casefold()) or names.get(fold(typed))
        if category is None:
            self._bad(index, "category", _("There is none of this name: choose one of the list."))
            return
        place = figure_place(wanted.pk, dimension.code, category)
        if place in self.where:
            self._bad(index, "category", _("This one stands twice: put both figures into one row."), place)
            return
        self.where[place] = (index, "amount")
        amount = self._amount(index, line, place)
        if amount is not None:
            self.figures.append(Figure(wanted.pk, dimension.code, category, amount))

    def _difficulty(self, index: int, line: Line) -> None:
        text, addressee = line.cell("text"), line.cell("addressee")
        place = line.cell("code").strip()
        found = self.places.get(place)
        own = [each.pk for each in self.asked.sections if each.kind == Kind.DIFFICULTIES]
        section = int(found[0]) if found else own[0] if len(own) == 1 else 0
        if section not in own:
            self._bad(index, "text", _none_of_the_form())
            return
        at = self.rows[section] = self.rows.get(section, 0) + 1
        self.where[row_place(section, at)] = (index, "text" if text else "addressee")
        if len(addressee) > MOST_ADDRESSEE:
            self._bad(index, "addressee", _("Longer than %(n)s characters.") % {"n": MOST_ADDRESSEE})
            addressee = addressee[:MOST_ADDRESSEE]
        if self._fits(index, "text", text, ""):
            self.texts.append(Text(section, text, addressee=addressee))


def _by_name(parts: Sequence[Category]) -> dict[str, str]:
    """Name as it is, in either language, then without marks → code. The Vietnamese name goes first, and codes
    are no names: without its mark "Bỉ" would be the code of Burundi.
    """
    found: dict[str, str] = {}
    for named in (
        [part.vi.casefold() for part in parts],
        [part.en.casefold() for part in parts],
        [fold(part.vi) for part in parts],
        [fold(part.en) for part in parts],
    ):
        for name, part in zip(named, parts, strict=True):
            found.setdefault(name, part.code)
    return found


def _none_of_the_form() -> str:
    return _("This row is none of the form: copy what it says into a row of the form.")


def _tick(text: str) -> bool:
    word = fold(text).strip()
    if word in YES:
        return True
    if word in NO:
        return False
    raise Bad(_("Put an x here, or leave it empty."))


def amount_of(text: str, *, is_number: bool) -> Decimal | None:
    """A number of the sheet as it is; text as officials type figures in Vietnamese. Raises Bad."""
    if not text.strip():
        return None
    try:
        if not is_number:
            return read_number(text, vietnamese=True)
        amount = Decimal(text)
        return amount if amount == amount.to_integral_value() else round(amount, 10).normalize()
    except (BadNumber, InvalidOperation) as bad:
        raise Bad(str(bad) if isinstance(bad, BadNumber) else _("This is no figure.")) from bad


def merged(draft: Answers, sheet: Understood) -> Answers:
    """The draft with what the workbook says: files and reasons stay, and what stood where a cell is wrong."""
    kept = {problem.place for problem in sheet.problems if problem.place}
    texts = [*sheet.answers.texts, *(each for each in draft.texts if _text_place(each) in kept)]
    said = {each.place for each in sheet.answers.figures}
    figures = [
        *sheet.answers.figures,
        *(each for each in draft.figures if each.place in kept and each.place not in said),
    ]
    return replace(draft, texts=tuple(texts), figures=tuple(figures), nothing=sheet.answers.nothing)


def _text_place(text: Text) -> str:
    if text.task is not None:
        return task_place(text.section, text.task)
    return section_place(text.section)
