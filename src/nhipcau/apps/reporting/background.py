"""What answers are held against: the unit's earlier reports, its tasks' updates, the system's figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from nhipcau.apps.indicators.adding import is_ratio, ratio, rounded
from nhipcau.apps.indicators.drawn import draw
from nhipcau.apps.indicators.models import IndicatorVersion
from nhipcau.apps.plans.models import Update
from nhipcau.apps.reporting.answering import Answers, Figure, read_answers
from nhipcau.apps.reporting.asked import Asked
from nhipcau.apps.reporting.models import Obligation, SectionIndicator, Submission, Value
from nhipcau.apps.reporting.yearly import STAGES, from_years

COUNTED = (Submission.State.SENT, Submission.State.APPROVED)
MOST_PAST = 24


@dataclass(frozen=True, slots=True)
class Past:
    """A figure of an earlier period of the same unit."""

    amount: Decimal
    kind: str
    title: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class LastTime:
    """The unit's last report by the same form: texts by the section's key (without tasks), figures by
    indicator, split and category.
    """

    title: str
    texts: Mapping[str, tuple[str, ...]]
    figures: Mapping[tuple[int, str, str], Decimal]
    # Not one report but those of several years, put together.
    together: bool = False


@dataclass(frozen=True)
class Background:
    """`past` by indicator (id), earliest first; `drawn` by place; `updates` the last one by task."""

    past: Mapping[int, tuple[Past, ...]] = field(default_factory=dict)
    drawn: Mapping[str, Figure] = field(default_factory=dict)
    updates: Mapping[int, Update] = field(default_factory=dict)
    last_time: LastTime | None = None


def background_of(obligation: Obligation, asked: Asked) -> Background:
    """About ten queries, and those of the named counts that figures are drawn from."""
    return Background(
        past_of(obligation, asked),
        drawn_of(obligation.organisation_id, asked),
        updates_of(asked),
        last_time_of(obligation, asked),
    )


def past_of(obligation: Obligation, asked: Asked) -> dict[int, tuple[Past, ...]]:
    """Totals that the unit reported before, of definitions that may be compared. Two queries."""
    versions = {each.indicator.indicator_id: each.indicator for each in asked.figures.values()}
    broken = IndicatorVersion.objects.filter(indicator__in=versions, comparable=False)
    since: dict[int, int] = defaultdict(int)
    for indicator, number in broken.order_by("number").values_list("indicator", "number"):
        if number <= versions[indicator].number:
            since[indicator] = number
    rows = Value.objects.filter(
        submission__obligation__organisation=obligation.organisation_id,
        submission__state__in=COUNTED,
        submission__obligation__period__window_last__lte=asked.period.window_last,
        asked__indicator__indicator__in=versions,
        split="",
        amount__isnull=False,
    ).exclude(submission__obligation=obligation.pk)
    columns = ("kind", "title", "window_first", "window_last")
    found = rows.order_by("submission__obligation__period__window_last", "pk").values_list(
        "asked__indicator__indicator",
        "asked__indicator__number",
        "amount",
        *(f"submission__obligation__period__{name}" for name in columns),
    )
    past: dict[int, list[Past]] = defaultdict(list)
    for indicator, number, *rest in found:
        if number >= since[indicator]:
            past[indicator].append(Past(*rest))
    return {indicator: tuple(each[-MOST_PAST:]) for indicator, each in past.items()}


def drawn_of(organisation: int, asked: Asked) -> dict[str, Figure]:
    """Figures that are not typed in this window: totals and the splits that the system knows."""
    found: dict[str, Figure] = {}
    for each in asked.figures.values():
        whole = draw(each.indicator, asked.window, [organisation])
        amount = whole.values.get(organisation) if whole else None
        if whole is None or amount is None:
            continue
        _add(found, Figure(each.pk, "", "", amount, False, whole.named_count, whole.as_of))
        for dimension, categories in asked.splits_of(each):
            parts = draw(each.indicator, asked.window, [organisation], dimension.code)
            if parts is None:
                continue
            for category in categories:
                part = parts.by_category.get((organisation, category.code), Decimal(0))
                if part or dimension.code != "country":
                    named, at = parts.named_count, parts.as_of
                    _add(found, Figure(each.pk, dimension.code, category.code, part, False, named, at))
    return found


def _add(found: dict[str, Figure], figure: Figure) -> None:
    assert figure.amount is not None
    found[figure.place] = replace(figure, amount=figure.amount.quantize(Decimal("0.0001")))


def updates_of(asked: Asked) -> dict[int, Update]:
    """The last one sent of each of the unit's tasks. One query, none without tasks."""
    if not asked.tasks:
        return {}
    parts = [each.pk for each in asked.tasks.values()]
    rows = Update.objects.filter(assignment__in=parts, state=Update.State.SENT)
    rows = (
        rows.order_by("assignment_id", "-sent_at", "-pk")
        .distinct("assignment_id")
        .select_related("assignment")
    )
    return {row.assignment.task_id: row for row in rows}


def last_time_of(obligation: Obligation, asked: Asked) -> LastTime | None:
    """At most eight queries; one where there is none. A mid-term or final report starts from its years."""
    period = asked.period
    if period.kind in STAGES and (years := from_years(obligation, asked, COUNTED)) is not None:
        return LastTime(*years, together=True)
    before = Submission.objects.filter(
        obligation__organisation=obligation.organisation_id,
        state__in=COUNTED,
        obligation__period__form_version__form=period.form_version.form_id,
        obligation__period__window_last__lt=period.window_last,
    ).exclude(obligation=obligation.pk)
    found = (
        before.select_related("obligation__period")
        .order_by("-obligation__period__window_last", "-number")
        .first()
    )
    if found is None:
        return None
    said, period = read_answers(found), found.obligation.period
    keys = dict(period.form_version.sections.order_by().values_list("pk", "key"))
    texts: dict[str, list[str]] = defaultdict(list)
    for each in said.texts:
        if each.task is None and each.text:
            texts[keys[each.section]].append(each.text)
    indicators = dict(
        SectionIndicator.objects.filter(section__in=keys).order_by().values_list("pk", "indicator__indicator")
    )
    figures = {
        (indicators[each.asked], each.split, each.category): each.amount
        for each in said.figures
        if each.amount is not None
    }
    return LastTime(period.title, {key: tuple(each) for key, each in texts.items()}, figures)


def completed(answers: Answers, asked: Asked, drawn: Mapping[str, Figure]) -> Answers:
    """With the figures that nobody types: drawn ones, and ratios whose parts are asked too.

    A figure that was typed over a drawn one stays where it differs: the checks ask for its reason.
    """
    figures = {each.place: each for each in answers.figures if not each.drawn_from}
    for place, figure in drawn.items():
        typed = figures.get(place)
        if typed is None or typed.amount == figure.amount:
            figures[place] = figure
    for ratio_figure in _ratios(figures, asked):
        figures.setdefault(ratio_figure.place, ratio_figure)
    return replace(answers, figures=tuple(figures.values()))


def computed(asked: Asked) -> dict[int, tuple[SectionIndicator, SectionIndicator]]:
    """Asked ratios (ids) whose parts are asked in the same form, with these."""
    by_indicator = {each.indicator.indicator_id: each for each in asked.figures.values()}
    found = {}
    for pk, each in asked.figures.items():
        if not is_ratio(each.indicator):
            continue
        over = by_indicator.get(each.indicator.numerator_id or 0)
        under = by_indicator.get(each.indicator.denominator_id or 0)
        if over is not None and under is not None:
            found[pk] = (over, under)
    return found


def _ratios(figures: Mapping[str, Figure], asked: Asked) -> list[Figure]:
    made = []
    for pk, parts in computed(asked).items():
        above, below = (figures[f"f{part.pk}"].amount if f"f{part.pk}" in figures else None for part in parts)
        value = ratio(asked.figures[pk].indicator, above, below)
        if value is not None:
            made.append(Figure(pk, amount=rounded(asked.figures[pk].indicator, value)))
    return made
