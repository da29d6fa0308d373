"""The province's report of a period as it stands: what a document, a page or a file is made from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from django.utils import timezone

from nhipcau.apps.orgs.directory import versions
from nhipcau.apps.plans.models import Outcome, Task, outcome_of
from nhipcau.apps.reporting.counting import day_of_names
from nhipcau.apps.reporting.figures import IndicatorTotal, Run, Totals, Unit
from nhipcau.apps.reporting.gathering import Gathered, Handled, gathered, handled
from nhipcau.apps.reporting.models import Consolidation, Paragraph, ParagraphSource, Passage, Period, Section
from nhipcau.apps.reporting.section_labels import labels
from nhipcau.apps.reporting.tokens import runs_of, unresolved
from nhipcau.apps.reporting.totals import totals_of
from nhipcau.apps.reporting.unit_groups import GROUPS


@dataclass(frozen=True, slots=True)
class Source:
    """A passage, or the piece of it from `start` to `end`, that a paragraph was made from.

    `unit` is the organisation, `name` as it sent the report. `counts` is False where the unit has sent again
    since, or the report went back: then `newer` is the version that counts now, where there is one.
    """

    passage: int
    submission: int
    received_number: str
    unit: int
    name: str
    short: str
    start: int
    end: int
    text: str
    counts: bool = True
    newer: int | None = None


@dataclass(frozen=True, slots=True)
class ParagraphOut:
    """`text` with its figures filled in; `written` as it was typed. `item`: one of a list."""

    pk: int
    text: str
    written: str
    runs: tuple[Run, ...]
    sources: tuple[Source, ...]
    item: bool = False
    task: int | None = None
    task_text: str = ""
    addressee: str = ""
    unresolved: tuple[str, ...] = ()
    version: int = 0
    generated: bool = False

    @property
    def units(self) -> tuple[int, ...]:
        """Organisations that it was made from, each once."""
        return tuple(dict.fromkeys(source.unit for source in self.sources))


@dataclass(frozen=True, slots=True)
class SectionOut:
    """`label` as printed: "I.", "1.", "a)". `indicators` are codes, in the order asked."""

    pk: int
    key: str
    label: str
    level: int
    kind: str
    title: str
    paragraphs: tuple[ParagraphOut, ...] = ()
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Addressed:
    """Difficulties and proposals to one body."""

    addressee: str
    paragraphs: tuple[ParagraphOut, ...]


@dataclass(frozen=True, slots=True)
class NotTaken:
    """A passage that no paragraph was made from. `reason` where it was set aside with one."""

    passage: int
    unit: int
    name: str
    section: int
    section_key: str
    task: int | None
    text: str
    set_aside: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """The four outcomes of one agency or one task, from the reports as they were sent."""

    pk: int
    label: str
    done_in_time: int = 0
    done_late: int = 0
    open_in_time: int = 0
    open_overdue: int = 0

    @property
    def total(self) -> int:
        return self.done_in_time + self.done_late + self.open_in_time + self.open_overdue


@dataclass(frozen=True, slots=True)
class Window:
    """`last` is the cut-off printed on the report; `by` decree | plan | stated."""

    first: date
    last: date
    by: str


@dataclass(frozen=True, slots=True)
class Consolidated:
    """`draft` is the consolidation's pk, None where nobody has begun; `revision` counts its changes.

    `groups` are names of groups of units by key. All texts are in the language of the page.
    """

    period: int
    title: str
    kind: str
    year: int
    number: int
    form_title: str
    form_version: int
    window: Window
    due_on: date
    as_of: datetime
    draft: int | None
    revision: int
    totals: Totals
    sections: tuple[SectionOut, ...] = ()
    difficulties: tuple[Addressed, ...] = ()
    not_taken: tuple[NotTaken, ...] = ()
    by_agency: tuple[OutcomeRow, ...] = ()
    by_task: tuple[OutcomeRow, ...] = ()
    groups: Mapping[str, str] = field(default_factory=dict)
    plan: str = ""
    upward_on: date | None = None
    upward_to: str = ""

    @property
    def units(self) -> tuple[Unit, ...]:
        return self.totals.units

    @property
    def missing(self) -> tuple[Unit, ...]:
        """Units of which no report counts, though one is owed."""
        return self.totals.missing

    @property
    def indicators(self) -> tuple[IndicatorTotal, ...]:
        return self.totals.indicators

    @property
    def unresolved(self) -> tuple[str, ...]:
        """Tokens of figures that name nothing."""
        return tuple(
            token for section in self.sections for each in section.paragraphs for token in each.unresolved
        )


def amount_of(total: IndicatorTotal, unit: int) -> Decimal | None:
    """One unit's figure, for annex tables; None where it gave none."""
    return total.by_unit.get(unit)


def consolidated(period: Period, now: datetime | None = None) -> Consolidated:
    """Everything of the period as it stands; about 25 queries, however many units and paragraphs."""
    moment = now or timezone.now()
    totals = totals_of(period, moment)
    draft = Consolidation.objects.filter(period=period).first()
    sections = sections_of(period)
    passages = gathered(totals.units, sections)
    paragraphs = paragraphs_out(draft, totals, moment)
    rows = _sections(sections, paragraphs, totals)
    agencies, by_task = outcomes(totals.units, period.window_last)
    version = period.form_version
    return Consolidated(
        period=period.pk,
        title=period.title,
        kind=period.kind,
        year=period.year,
        number=period.number,
        form_title=version.form.title,
        form_version=version.number,
        window=Window(period.window_first, period.window_last, period.window_by),
        due_on=period.due_on,
        as_of=moment,
        draft=draft.pk if draft else None,
        revision=draft.revision if draft else 0,
        totals=totals,
        sections=rows,
        difficulties=_addressed(rows),
        not_taken=not_taken(totals, sections, passages, handled(draft)),
        by_agency=agencies,
        by_task=by_task,
        groups={key: str(name) for key, (name, _kinds) in GROUPS.items()},
        plan=period.document.number if period.document else "",
        upward_on=period.upward_on,
        upward_to=period.upward_to,
    )


def sections_of(period: Period) -> list[Section]:
    return list(Section.objects.filter(version=period.form_version_id).order_by("position", "pk"))


def paragraphs_in(draft: Consolidation, section: int | None = None) -> list[Paragraph]:
    """The paragraphs of the draft, or of one section, with their tasks; one query."""
    rows = Paragraph.objects.filter(consolidation=draft).select_related("task")
    if section is not None:
        rows = rows.filter(section=section)
    return list(rows.order_by("position", "pk"))


def paragraphs_out(
    draft: Consolidation | None, totals: Totals, now: datetime, found: Sequence[Paragraph] | None = None
) -> dict[int, list[ParagraphOut]]:
    """The paragraphs of the draft, or those that were `found`, with figures filled in, by section; at most
    three queries.
    """
    if draft is None:
        return {}
    found = paragraphs_in(draft) if found is None else found
    sources = _sources(found, totals, day_of_names(draft.period, now))
    out: dict[int, list[ParagraphOut]] = defaultdict(list)
    for row in found:
        runs = runs_of(row.text, totals)
        out[row.section_id].append(
            ParagraphOut(
                pk=row.pk,
                text="".join(run.text for run in runs),
                written=row.text,
                runs=tuple(runs),
                sources=tuple(sources[row.pk]),
                item=row.is_item,
                task=row.task_id,
                task_text=row.task.text if row.task else "",
                addressee=row.addressee,
                unresolved=tuple(unresolved(runs)),
                version=row.version,
                generated=row.generated,
            )
        )
    return out


class Named(Protocol):
    """A body as it is called."""

    @property
    def name(self) -> str: ...

    @property
    def abbreviation(self) -> str: ...


def _sources(paragraphs: Sequence[Paragraph], totals: Totals, day: date) -> dict[int, list[Source]]:
    rows = list(
        ParagraphSource.objects.filter(paragraph__in=paragraphs)
        .select_related("passage__submission")
        .order_by("pk")
    )
    named: dict[int, Named] = {unit.pk: unit for unit in totals.units}
    # Who sent it and owes nothing here any more: a body that has ended.
    others = {row.passage.submission.organisation_id for row in rows} - named.keys()
    if others:
        named |= versions(others, day)
    counting = {unit.submission for unit in totals.units}
    newest = {unit.obligation: unit.submission for unit in totals.units}
    found: dict[int, list[Source]] = defaultdict(list)
    for row in rows:
        submission = row.passage.submission
        called = named.get(submission.organisation_id)
        counts = submission.pk in counting
        found[row.paragraph_id].append(
            Source(
                passage=row.passage_id,
                submission=submission.pk,
                received_number=submission.received_number,
                unit=submission.organisation_id,
                name=called.name if called else "?",
                short=(called.abbreviation or called.name) if called else "?",
                start=row.start,
                end=row.end,
                text=row.passage.text[row.start : row.end],
                counts=counts,
                newer=None if counts else newest.get(submission.obligation_id),
            )
        )
    return found


def _sections(
    sections: Sequence[Section], paragraphs: Mapping[int, Sequence[ParagraphOut]], totals: Totals
) -> tuple[SectionOut, ...]:
    """With their labels. Of a section of tasks what is of the whole section comes first, then task by task in
    the order of the plan; of one of difficulties body by body, in the order in which they first come.
    """
    wanted = {row.task for rows in paragraphs.values() for row in rows if row.task}
    tasks = Task.objects.filter(pk__in=wanted).order_by("document_id", "position", "pk")
    order = {pk: at for at, pk in enumerate(tasks.values_list("pk", flat=True))} if wanted else {}
    found = []
    for section, label in zip(sections, labels([each.level for each in sections]), strict=True):
        rows = sorted(paragraphs.get(section.pk, ()), key=lambda row: order.get(row.task or 0, -1))
        if section.kind == Section.Kind.DIFFICULTIES:
            bodies = list(dict.fromkeys(row.addressee for row in rows))
            rows.sort(key=lambda row, bodies=bodies: bodies.index(row.addressee))  # type: ignore[misc]
        codes = tuple(each.code for each in totals.indicators if each.section == section.pk)
        kind, title = section.kind, section.title
        found.append(
            SectionOut(section.pk, section.key, label, section.level, kind, title, tuple(rows), codes)
        )
    return tuple(found)


def _addressed(sections: Iterable[SectionOut]) -> tuple[Addressed, ...]:
    bodies: dict[str, list[ParagraphOut]] = defaultdict(list)
    for section in sections:
        if section.kind == Section.Kind.DIFFICULTIES:
            for each in section.paragraphs:
                bodies[each.addressee].append(each)
    return tuple(Addressed(body, tuple(rows)) for body, rows in bodies.items())


def not_taken(
    totals: Totals, sections: Iterable[Section], passages: Iterable[Gathered], known: Handled
) -> tuple[NotTaken, ...]:
    """What no paragraph was made from, in the order of sections and units; one query for the words."""
    left = [each for each in passages if each.pk not in known.taken]
    texts = dict(Passage.objects.filter(pk__in=[each.pk for each in left]).values_list("pk", "text"))
    names = {unit.pk: unit.name for unit in totals.units}
    order = {section.pk: (at, section.key) for at, section in enumerate(sections)}
    left.sort(key=lambda each: order[each.place.section][0])
    return tuple(
        NotTaken(
            passage=each.pk,
            unit=each.unit,
            name=names[each.unit],
            section=each.place.section,
            section_key=order[each.place.section][1],
            task=each.place.task,
            text=texts[each.pk],
            set_aside=each.pk in known.aside,
            reason=known.aside.get(each.pk, ""),
        )
        for each in left
    )


def outcomes(units: Iterable[Unit], day: date) -> tuple[tuple[OutcomeRow, ...], tuple[OutcomeRow, ...]]:
    """By agency and by task: the units' parts as they stood when they were sent, judged by `day`."""
    some = list(units)
    owner = {unit.submission: unit for unit in some if unit.submission}
    rows = Passage.objects.filter(submission__in=owner, task__isnull=False).exclude(status="")
    columns = ("submission_id", "task_id", "status", "due_on", "done_on")
    by_unit: dict[int, Counter[str]] = defaultdict(Counter)
    by_task: dict[int, Counter[str]] = defaultdict(Counter)
    for submission, task, status, due_on, done_on in rows.order_by().values_list(*columns):
        outcome = str(outcome_of(status, due_on, done_on, day))
        by_unit[owner[submission].pk][outcome] += 1
        if task is not None:
            by_task[task][outcome] += 1
    tasks = Task.objects.filter(pk__in=by_task).order_by("document_id", "position", "pk")
    agencies = [_outcome_row(unit.pk, unit.name, by_unit[unit.pk]) for unit in some if unit.pk in by_unit]
    each = [_outcome_row(pk, text, by_task[pk]) for pk, text in tasks.values_list("pk", "text")]
    return tuple(agencies), tuple(each)


def _outcome_row(pk: int, label: str, counts: Mapping[str, int]) -> OutcomeRow:
    return OutcomeRow(pk, label, **{str(each): counts.get(str(each), 0) for each in Outcome})
