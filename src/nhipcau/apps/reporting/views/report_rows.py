"""The fields of a report's page: each with what stands in it, what is offered, and what was found there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from nhipcau.apps.indicators.models import IndicatorVersion
from nhipcau.apps.indicators.splits import Category, Dimension
from nhipcau.apps.plans.models import Assignment
from nhipcau.apps.plans.views.task_rows import sign_of
from nhipcau.apps.reporting.answering import (
    Answers,
    figure_place,
    row_place,
    section_place,
    task_place,
)
from nhipcau.apps.reporting.asked import Asked, Kind
from nhipcau.apps.reporting.background import Background, completed, computed
from nhipcau.apps.reporting.comparing import Change
from nhipcau.apps.reporting.findings import Finding
from nhipcau.apps.reporting.forms.sheet import Read, is_long, typed_of
from nhipcau.apps.reporting.models import Attachment, Section, SectionIndicator
from nhipcau.apps.reporting.numbers import show_number
from nhipcau.apps.reporting.section_labels import labels
from nhipcau.apps.webkit.outcomes import Outcome

BLANK_ROWS = 2


@dataclass(frozen=True, slots=True)
class Told:
    """A finding with the reason that was given for it; `name` is the field of the reason."""

    words: str
    stop: bool
    name: str
    reason: str


@dataclass(slots=True)
class Around:
    """What is said about places, by place: findings, marks of a return, what somebody else saved."""

    findings: Mapping[str, Sequence[Told]] = field(default_factory=dict)
    marks: Mapping[str, Sequence[str]] = field(default_factory=dict)
    theirs: Mapping[str, str] = field(default_factory=dict)
    who: str = ""
    changes: Mapping[str, Change] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be taken over with one press: `key` tells which."""

    label: str
    text: str
    key: str


@dataclass(slots=True)
class Line:
    """One field."""

    place: str
    label: str
    value: str = ""
    hint: str = ""
    told: Sequence[Told] = ()
    marks: Sequence[str] = ()
    theirs: str | None = None
    offers: list[Offer] = field(default_factory=list)
    last: str = ""
    # What stands there as the last is several years together.
    together: bool = False
    drawn: str = ""
    change: Change | None = None

    @property
    def wrong(self) -> bool:
        return any(each.stop for each in self.told)


@dataclass(slots=True)
class TaskLine:
    part: Assignment
    line: Line
    sign: Outcome


@dataclass(slots=True)
class DifficultyLine:
    line: Line
    addressee: str


@dataclass(slots=True)
class SplitLines:
    """The parts of a figure by one dimension; `rows` where they are typed as name and figure."""

    place: str
    label: str
    exclusive: bool
    lines: list[Line] = field(default_factory=list)
    rows: list[tuple[str, str]] = field(default_factory=list)
    names: str = ""
    told: Sequence[Told] = ()
    open: bool = False


@dataclass(slots=True)
class FigureLine:
    asked: SectionIndicator
    line: Line
    none: bool
    splits: list[SplitLines] = field(default_factory=list)
    computed: bool = False

    @property
    def version(self) -> IndicatorVersion:
        return self.asked.indicator


@dataclass(slots=True)
class SectionLines:
    section: Section
    label: str
    line: Line
    nothing: bool = False
    tasks: list[TaskLine] = field(default_factory=list)
    difficulties: list[DifficultyLine] = field(default_factory=list)
    figures: list[FigureLine] = field(default_factory=list)
    files: list[Attachment] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return self.section.kind

    @property
    def has_lines(self) -> bool:
        """Whether places within it can be marked."""
        return bool(self.tasks or self.difficulties or self.figures)

    @property
    def heading(self) -> str:
        return f"{self.label} {self.section.title}"


class Rows:
    """Builds the lines of one report."""

    def __init__(
        self,
        asked: Asked,
        read: Read,
        behind: Background,
        around: Around,
        files: Iterable[Attachment] = (),
        *,
        blank: int = BLANK_ROWS,
    ) -> None:
        self.asked, self.read, self.behind, self.around = asked, read, behind, around
        self.answers = read.answers
        self.whole = {each.place: each for each in completed(read.answers, asked, behind.drawn).figures}
        self.typed = typed_of(read.answers)
        self.files, self.blank = list(files), blank

    def lines(self) -> list[SectionLines]:
        marks = labels([each.level for each in self.asked.sections])
        return [self._section(each, mark) for each, mark in zip(self.asked.sections, marks, strict=True)]

    def _line(self, place: str, label: str, value: str = "", hint: str = "") -> Line:
        return Line(
            place,
            label,
            value,
            hint,
            self.around.findings.get(place, ()),
            self.around.marks.get(place, ()),
            self.around.theirs.get(place),
            change=self.around.changes.get(place),
        )

    def _section(self, section: Section, label: str) -> SectionLines:
        place, texts = section_place(section.pk), self.answers.of_section(section.pk)
        found = SectionLines(section, label, self._line(place, f"{label} {section.title}"))
        found.nothing = any(each.nothing for each in texts)
        if section.kind == Kind.NARRATIVE:
            said = [each for each in texts if not each.nothing]
            found.line.value = said[0].text if said else ""
            found.line.offers = self._last_text(section, place)
        elif section.kind == Kind.TASKS:
            found.tasks = self._tasks(section)
        elif section.kind == Kind.DIFFICULTIES:
            found.difficulties = self._difficulties(section)
            found.line.offers = []
        elif section.kind == Kind.INDICATORS:
            found.figures = [self._figure(each) for each in section.indicators.all()]
        elif section.kind == Kind.ATTACHMENTS:
            found.files = [each for each in self.files if each.section_id == section.pk]
        return found

    def _last_text(self, section: Section, place: str) -> list[Offer]:
        last = self.behind.last_time
        texts = last.texts.get(section.key, ()) if last else ()
        if last is None or not texts:
            return []
        return [Offer(_("As in: %(title)s") % {"title": last.title}, "\n".join(texts), f"{place}|last")]

    def _tasks(self, section: Section) -> list[TaskLine]:
        texts = self.answers.of_tasks(section.pk)
        found = []
        for task, part in self.asked.tasks.items():
            place = task_place(section.pk, task)
            line = self._line(place, part.task.text, texts[task].text if task in texts else "")
            update = self.behind.updates.get(task)
            if update is not None and update.text != line.value:
                line.offers = [Offer(_("The last update"), update.text, f"{place}|update")]
            found.append(TaskLine(part, line, sign_of(part, localdate())))
        return found

    def _difficulties(self, section: Section) -> list[DifficultyLine]:
        said = [each for each in self.answers.of_section(section.pk) if not each.nothing]
        said = [each for each in said if each.text or each.addressee]
        found = []
        for at in range(len(said) + self.blank):
            each = said[at] if at < len(said) else None
            label = _("Difficulty or proposal %(n)s") % {"n": at + 1}
            line = self._line(row_place(section.pk, at + 1), label, each.text if each else "")
            found.append(DifficultyLine(line, each.addressee if each else ""))
        return found

    def _figure(self, asked: SectionIndicator) -> FigureLine:
        place, version = figure_place(asked.pk), asked.indicator
        line = self._number(asked, version.name, "", "")
        none = any(each.asked == asked.pk and each.no_data for each in self.answers.figures)
        found = FigureLine(asked, line, none, computed=asked.pk in computed(self.asked))
        if found.computed and place in self.whole:
            line.value = show_number(self.whole[place].amount)
        for dimension, categories in self.asked.splits_of(asked):
            found.splits.append(self._split(asked, dimension, categories))
        return found

    def _number(self, asked: SectionIndicator, label: str, split: str, category: str) -> Line:
        place = figure_place(asked.pk, split, category)
        line = self._line(place, label, self.read.raw.get(place, self.typed.get(place, "")))
        drawn = self.behind.drawn.get(place)
        if drawn is not None:
            line.drawn = show_number(drawn.amount)
        last = self.behind.last_time
        before = last.figures.get((asked.indicator.indicator_id, split, category)) if last else None
        line.last, line.together = show_number(before), bool(last and last.together)
        return line

    def _split(
        self, asked: SectionIndicator, dimension: Dimension, categories: tuple[Category, ...]
    ) -> SplitLines:
        place = f"{figure_place(asked.pk)}.{dimension.code}"
        found = SplitLines(place, dimension.label, dimension.exclusive)
        found.told = self.around.findings.get(place, ())
        if is_long(categories):
            names = {each.code: each.label for each in categories}
            own = [each for each in self.answers.figures if each.asked == asked.pk]
            rows = [
                (names.get(each.category, each.category), show_number(each.amount))
                for each in own
                if each.split == dimension.code
            ]
            found.rows = [*self.read.rows.get(place, rows), *[("", "")] * self.blank]
            found.names = f"names-{dimension.code}"
            found.open = len(found.rows) > self.blank or bool(found.told)
            return found
        for category in categories:
            found.lines.append(self._number(asked, category.label, dimension.code, category.code))
        found.open = any(each.value or each.drawn or each.told or each.marks for each in found.lines)
        found.open = found.open or bool(found.told)
        return found


def told_by_place(findings: Iterable[Finding], answers: Answers) -> dict[str, list[Told]]:
    """What was found, with the reasons that were given."""
    given = {(each.code, each.place): each.reason for each in answers.reasons}
    found: dict[str, list[Told]] = {}
    for each in findings:
        name = f"why:{each.code}:{each.place}"
        told = Told(each.words, each.stop, name, given.get((each.code, each.place), ""))
        found.setdefault(each.place, []).append(told)
    return found


def labels_by_place(sections: Iterable[SectionLines]) -> dict[str, str]:
    """What each place is called, for summaries and marks."""
    found: dict[str, str] = {"nothing": _("Nothing to report")}
    for section in sections:
        found[section.line.place] = found[f"{section.line.place}.nothing"] = section.heading
        for task in section.tasks:
            found[task.line.place] = task.line.label
        for difficulty in section.difficulties:
            found[difficulty.line.place] = difficulty.line.label
        for figure in section.figures:
            found[figure.line.place] = figure.line.label
            for split in figure.splits:
                found[split.place] = f"{figure.line.label}: {split.label}"
                found |= {each.place: f"{figure.line.label}: {each.label}" for each in split.lines}
    return found
