"""The figures of a period: the units' values by the indicators' rules, with n of N and who is missing.

A unit without a report is never zero. One that reports "nothing" has answered: a sum holds it as 0, an
average or a largest value is made without it. A ratio is computed from the sums of its parts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from nhipcau.apps.indicators.adding import Column, Total, add_up, is_ratio, ratio, ratio_of_units
from nhipcau.apps.indicators.models import Goal, IndicatorVersion
from nhipcau.apps.indicators.splits import dimension
from nhipcau.apps.reporting.counting import units_of
from nhipcau.apps.reporting.figures import Figure, IndicatorTotal, Part, Totals, Unit, Yardstick
from nhipcau.apps.reporting.models import Passage, Period, SectionIndicator, Value
from nhipcau.core.workdays import Window

NOTHING = Decimal(0)
Amounts = Mapping[int, Decimal | None]


@dataclass(slots=True)
class Answers:
    """What the units gave for one indicator: amounts by unit, by (split, category) and unit; who has no
    figures, who has nothing to report.
    """

    total: dict[int, Decimal]
    parts: dict[tuple[str, str], dict[int, Decimal]]
    no_data: set[int]
    nothing: set[int]


def totals_of(period: Period, now: datetime | None = None, *, compare: bool = True) -> Totals:
    """Everything that the period's reports add up to; about ten queries, however many units.

    `compare` also looks up goals and the period before.
    """
    units = units_of(period, now)
    asked = list(
        SectionIndicator.objects.filter(section__version=period.form_version_id)
        .select_related("indicator__indicator", "section")
        .order_by("section__position", "section_id", "position", "pk")
    )
    answers = _answers(units, asked)
    window = Window(period.window_first, period.window_last)
    labels = _labels(asked, answers, window)
    given = {found.indicator.indicator_id: (found.indicator, answers[found.pk]) for found in reversed(asked)}
    found = [_total(each, units, answers[each.pk], given, labels) for each in asked]
    if compare and found:
        found = _compared(period, asked, found, now)
    return Totals(tuple(units), tuple(found))


def _answers(units: Sequence[Unit], asked: Sequence[SectionIndicator]) -> dict[int, Answers]:
    """By what was asked. A report that was written for another form answers what asks for the same."""
    owner = {unit.submission: unit.pk for unit in units if unit.answered and unit.submission}
    nothing = _nothing(units, owner)
    found = {each.pk: Answers({}, {}, set(), nothing(each.section.key)) for each in asked}
    first: dict[int, int] = {}
    for each in asked:
        first.setdefault(each.indicator.indicator_id, each.pk)
    rows = Value.objects.filter(submission__in=owner, asked__indicator__indicator__in=first)
    columns = ("submission_id", "asked_id", "asked__indicator__indicator_id", "split", "category", "amount")
    for submission, asks, indicator, split, category, amount in rows.order_by().values_list(*columns):
        here = found[asks if asks in found else first[indicator]]
        unit = owner[submission]
        if split and amount is not None:
            here.parts.setdefault((split, category), {})[unit] = amount
        elif not split and amount is None:
            here.no_data.add(unit)
        elif not split:
            here.total[unit] = amount
    return found


def _nothing(units: Iterable[Unit], owner: Mapping[int, int]) -> Callable[[str], set[int]]:
    """Who has nothing to report in a section (its key), or at all."""
    rows = Passage.objects.filter(submission__in=owner, nothing=True, section__kind="indicators")
    said = defaultdict(set)
    for submission, key in rows.order_by().values_list("submission_id", "section__key"):
        said[key].add(owner[submission])
    everywhere = {unit.pk for unit in units if unit.nothing}
    return lambda key: everywhere | said[key]


def _labels(
    asked: Iterable[SectionIndicator], answers: Mapping[int, Answers], window: Window
) -> dict[str, dict[str, tuple[int, str]]]:
    """Split → category → its place and name, for the splits that were answered."""
    splits = {split for each in asked for split, _category in answers[each.pk].parts}
    found = {}
    for split in splits:
        known = dimension(split)
        categories = known.categories(window) if known else ()
        found[split] = {each.code: (at, each.label) for at, each in enumerate(categories)}
    return found


Given = Mapping[int, tuple[IndicatorVersion, Answers]]


def _total(
    asked: SectionIndicator,
    units: Sequence[Unit],
    answers: Answers,
    given: Given,
    labels: Mapping[str, Mapping[str, tuple[int, str]]],
) -> IndicatorTotal:
    version = asked.indicator
    expected = [unit for unit in units if unit.expected]
    amounts: Amounts
    if is_ratio(version):
        amounts, make = _ratio_of(version, expected, given)
        no_data = _parts_without_data(version, given)
    else:
        amounts, no_data = _own(version, answers.total, answers.nothing), answers.no_data

        def make(some: Sequence[Unit]) -> Total[int]:
            return add_up(version, {unit.pk: amounts.get(unit.pk) for unit in some})

    groups: dict[str, list[Unit]] = defaultdict(list)
    for unit in expected:
        groups[unit.group].append(unit)
    return IndicatorTotal(
        asked=asked.pk,
        section=asked.section_id,
        code=version.indicator.code,
        version=version.pk,
        version_number=version.number,
        name=version.name,
        name_en=version.name_en,
        definition=version.definition,
        unit=version.unit,
        kind=version.kind,
        decimals=version.decimals,
        over_units=version.over_units,
        over_time=version.over_time,
        total=_figure(make, expected, amounts, no_data, answers.nothing),
        parts=tuple(_parts(version, expected, answers, labels)),
        by_group={
            key: _figure(make, some, amounts, no_data, answers.nothing) for key, some in groups.items()
        },
        by_unit={unit.pk: amounts.get(unit.pk) for unit in expected},
    )


def _own(version: IndicatorVersion, amounts: Amounts, nothing: Iterable[int]) -> dict[int, Decimal | None]:
    """The units' amounts; "nothing to report" is 0 where amounts are summed."""
    found: dict[int, Decimal | None] = dict(amounts)
    if version.over_units == IndicatorVersion.OverUnits.SUM:
        for unit in nothing:
            found.setdefault(unit, NOTHING)
    return found


def _figure(
    make: Callable[[Sequence[Unit]], Total[int]],
    units: Sequence[Unit],
    amounts: Amounts,
    no_data: set[int],
    zero: set[int],
) -> Figure:
    """The total of some units; those that answered "nothing" have answered, with an amount or without."""
    total = make(units)
    nothing = [unit.pk for unit in units if unit.pk in zero]
    silent = [unit for unit in units if amounts.get(unit.pk) is None and unit.pk not in zero]
    return Figure(
        value=total.value,
        answered=len(units) - len(silent),
        expected=len(units),
        unsent=tuple(unit.pk for unit in silent if not unit.answered),
        blank=tuple(unit.pk for unit in silent if unit.answered and unit.pk not in no_data),
        no_data=tuple(unit.pk for unit in silent if unit.answered and unit.pk in no_data),
        nothing=tuple(nothing),
    )


def _parts(
    version: IndicatorVersion,
    units: Sequence[Unit],
    answers: Answers,
    labels: Mapping[str, Mapping[str, tuple[int, str]]],
) -> Iterable[Part]:
    """The categories that somebody gave, in the order of their dimension."""
    order = {code: at for at, code in enumerate(version.splits or ())}

    def place(key: tuple[str, str]) -> tuple[int, str, int, str]:
        return order.get(key[0], len(order)), key[0], labels[key[0]].get(key[1], (10**6, ""))[0], key[1]

    for split, category in sorted(answers.parts, key=place):
        amounts = _own(version, answers.parts[split, category], answers.nothing)

        def make(some: Sequence[Unit], amounts: Amounts = amounts) -> Total[int]:
            return add_up(version, {unit.pk: amounts.get(unit.pk) for unit in some})

        known = dimension(split)
        yield Part(
            split=split,
            split_label=known.label if known else split,
            category=category,
            label=labels[split].get(category, (0, category))[1],
            figure=_figure(make, units, amounts, answers.no_data, answers.nothing),
            by_unit={unit.pk: amounts.get(unit.pk) for unit in units},
        )


def _ratio_of(
    version: IndicatorVersion, units: Sequence[Unit], given: Given
) -> tuple[dict[int, Decimal | None], Callable[[Sequence[Unit]], Total[int]]]:
    """Each unit's ratio, and how that of several is made; without figures where a part is not asked."""
    columns = []
    for part in (version.numerator_id, version.denominator_id):
        if part is None or part not in given:
            return {}, lambda some: Total(None, 0, len(some), tuple(unit.pk for unit in some))
        definition, answers = given[part]
        columns.append((definition, _own(definition, answers.total, answers.nothing)))
    (over, upper), (under, lower) = columns
    amounts = {unit.pk: ratio(version, upper.get(unit.pk), lower.get(unit.pk)) for unit in units}

    def make(some: Sequence[Unit]) -> Total[int]:
        keys = [unit.pk for unit in some]
        return ratio_of_units(
            version,
            Column(over, {key: upper.get(key) for key in keys}),
            Column(under, {key: lower.get(key) for key in keys}),
            keys,
        )

    return amounts, make


def _parts_without_data(version: IndicatorVersion, given: Given) -> set[int]:
    """Who said that there are no figures for one of the parts of a ratio."""
    parts = (part for part in (version.numerator_id, version.denominator_id) if part in given)
    return {unit for part in parts if part is not None for unit in given[part][1].no_data}


def _compared(
    period: Period,
    asked: Sequence[SectionIndicator],
    found: Sequence[IndicatorTotal],
    now: datetime | None,
) -> list[IndicatorTotal]:
    """With the province's baseline and target, and the period before."""
    goals = _goals(period, [each.indicator.indicator_id for each in asked])
    earlier = period_before(period)
    before = totals_of(earlier, now, compare=False) if earlier else None
    compared = []
    for each, total in zip(asked, found, strict=True):
        baseline, target = goals.get(each.indicator.indicator_id, (None, None))
        last = before.of_code(total.code) if before else None
        compared.append(replace(total, baseline=baseline, target=target, before=_before(earlier, last, each)))
    return compared


def period_before(period: Period) -> Period | None:
    """The period of the same form and kind that ended last before this one begins."""
    return (
        Period.objects.filter(
            form_version__form__versions=period.form_version_id,
            kind=period.kind,
            window_last__lt=period.window_first,
        )
        .exclude(state=Period.State.PLANNED)
        .order_by("-window_last", "-pk")
        .first()
    )


def _before(earlier: Period | None, last: IndicatorTotal | None, now: SectionIndicator) -> Yardstick | None:
    if earlier is None or last is None or last.total.value is None:
        return None
    same = last.version == now.indicator_id
    follows = now.indicator.comparable and now.indicator.number == last.version_number + 1
    return Yardstick(
        last.total.value,
        earlier.year,
        earlier.title,
        comparable=same or follows,
        complete=last.total.complete,
    )


def _goals(period: Period, indicators: Iterable[int]) -> dict[int, tuple[Yardstick | None, Yardstick | None]]:
    """The province's last baseline up to the period's year, and its next target from that year on."""
    rows = Goal.objects.current().filter(indicator__in=set(indicators), organisation=None)
    found: dict[int, list[Yardstick | None]] = defaultdict(lambda: [None, None])
    # The last baseline stays, and the first target.
    for goal in rows.order_by("year", "period_end", "pk"):
        here = found[goal.indicator_id]
        if goal.kind == Goal.Kind.BASELINE and goal.year <= period.year:
            here[0] = Yardstick(goal.value, goal.year)
        elif goal.kind == Goal.Kind.TARGET and goal.year >= period.year and here[1] is None:
            here[1] = Yardstick(goal.value, goal.year)
    return {pk: (baseline, target) for pk, (baseline, target) in found.items()}
