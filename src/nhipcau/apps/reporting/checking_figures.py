"""The checks of figures: required, parts and totals, and whether they are likely against earlier ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from statistics import median

from django.utils.translation import gettext as _

from nhipcau.apps.indicators.models import IndicatorVersion
from nhipcau.apps.indicators.splits import Dimension, check
from nhipcau.apps.reporting.answering import Answers, Figure, figure_place
from nhipcau.apps.reporting.asked import Asked
from nhipcau.apps.reporting.background import Background, Past, computed
from nhipcau.apps.reporting.findings import Finding
from nhipcau.apps.reporting.models import Section, SectionIndicator
from nhipcau.apps.reporting.numbers import show_number

MOST = Decimal(10) ** 16
# A figure half as large again or more, or half as small, and by at least this much.
JUMP, LEAST = Decimal("0.5"), Decimal(10)
# At least so many earlier figures tell what is usual; so many scaled deviations from the median are not.
ENOUGH, FAR, SCALE = 4, Decimal("3.5"), Decimal("1.4826")


def check_figures(
    section: Section, answers: Answers, asked: Asked, behind: Background, *, nothing: bool
) -> list[Finding]:
    """Of one section."""
    figures = {each.place: each for each in answers.figures}
    found: list[Finding] = []
    for each in section.indicators.all():
        found += _bounds(each, figures, asked)
        found += _required(each, figures, asked, nothing=nothing)
        found += _parts(each, figures, asked)
        found += _drawn(each, figures, behind)
        found += _likely(each, figures.get(figure_place(each.pk)), asked, behind)
    return found


def _of(each: SectionIndicator, figures: Mapping[str, Figure]) -> Iterator[Figure]:
    for figure in figures.values():
        if figure.asked == each.pk:
            yield figure


def _bounds(each: SectionIndicator, figures: Mapping[str, Figure], asked: Asked) -> Iterator[Finding]:
    version = each.indicator
    for figure in _of(each, figures):
        amount = figure.amount
        if amount is None or figure.drawn_from or each.pk in computed(asked):
            continue
        if amount < 0:
            yield Finding("negative", figure.place, _("A figure cannot be below 0."), stop=True)
        elif amount >= MOST:
            yield Finding("too-large", figure.place, _("The figure is too large."), stop=True)
        elif amount != amount.quantize(Decimal(1).scaleb(-version.decimals)):
            yield Finding("decimals", figure.place, _decimals(version), stop=True)
        elif version.kind == version.Kind.PERCENT and amount > 100:
            words = _("More than 100 percent. Correct it, or give the reason.")
            yield Finding("over-hundred", figure.place, words)


def _decimals(version: IndicatorVersion) -> str:
    if version.decimals == 0:
        return _("It is counted in whole numbers: no decimals.")
    return _("At most %(n)s decimals.") % {"n": version.decimals}


def _required(
    each: SectionIndicator, figures: Mapping[str, Figure], asked: Asked, *, nothing: bool
) -> Iterator[Finding]:
    place = figure_place(each.pk)
    if place in figures or nothing or each.pk in computed(asked):
        return
    parts = any(figure.amount is not None for figure in _of(each, figures))
    if parts:
        yield Finding("no-total", place, _("Parts were entered: enter the total too."), stop=True)
    elif each.required:
        words = _("Enter the figure. 0 means that you counted and there were none; else tick “no figure”.")
        yield Finding("required", place, words, stop=True)


def _parts(each: SectionIndicator, figures: Mapping[str, Figure], asked: Asked) -> Iterator[Finding]:
    whole = figures.get(figure_place(each.pk))
    for dimension, categories in asked.splits_of(each):
        parts = {
            figure.category: figure.amount for figure in _of(each, figures) if figure.split == dimension.code
        }
        adds = each.indicator.over_time == "sum" if dimension.code == "year" else True
        known = [category.code for category in categories]
        total = whole.amount if whole else None
        for fault in check(dimension, total, parts, known=known, adds=adds):
            if fault.code == "negative":
                continue
            place = figure_place(each.pk, dimension.code, fault.category) if fault.category else ""
            yield Finding(
                fault.code,
                place or f"{figure_place(each.pk)}.{dimension.code}",
                fault.words,
                stop=_stops(dimension, fault.code),
            )


def _stops(dimension: Dimension, code: str) -> bool:
    """Where people can be in several parts, one that is larger than the total may have its reason."""
    return dimension.exclusive or code != "part-over-total"


def _drawn(each: SectionIndicator, figures: Mapping[str, Figure], behind: Background) -> Iterator[Finding]:
    for figure in _of(each, figures):
        known = behind.drawn.get(figure.place)
        if known is None or figure.drawn_from:
            continue
        words = _("The system counts %(known)s. Take that, or say why it is wrong.") % {
            "known": show_number(known.amount)
        }
        yield Finding("not-as-drawn", figure.place, words)


def _likely(
    each: SectionIndicator, figure: Figure | None, asked: Asked, behind: Background
) -> Iterator[Finding]:
    if figure is None or figure.amount is None or figure.drawn_from:
        return
    past = behind.past.get(each.indicator.indicator_id, ())
    same = [found for found in past if found.kind == asked.period.kind and found.last < asked.window.last]
    amounts = [found.amount for found in same]
    if is_outlier(figure.amount, amounts):
        words = _("Far from what your unit reported before (%(before)s). Correct it, or give the reason.") % {
            "before": "; ".join(show_number(amount) for amount in amounts[-4:])
        }
        yield Finding("outlier", figure.place, words)
    elif same and is_jump(figure.amount, amounts[-1]):
        words = _("%(title)s: %(before)s. Is the difference right? Correct it, or give the reason.") % {
            "title": same[-1].title,
            "before": show_number(amounts[-1]),
        }
        yield Finding("jump", figure.place, words)
    yield from _cumulative(each, figure, asked, past)


def is_outlier(amount: Decimal, before: Sequence[Decimal]) -> bool:
    """By median and median deviation, which one odd figure among the earlier ones does not move. A unit whose
    figures were always alike is allowed a tenth of them, or one.
    """
    if len(before) < ENOUGH:
        return False
    middle = Decimal(median(before))
    spread = Decimal(median([abs(each - middle) for each in before])) * SCALE
    return abs(amount - middle) > FAR * max(spread, abs(middle) / 10, Decimal(1))


def is_jump(amount: Decimal, before: Decimal) -> bool:
    """Against the last period alone, where too few tell what is usual."""
    return abs(amount - before) > max(before * JUMP, LEAST)


def _cumulative(
    each: SectionIndicator, figure: Figure, asked: Asked, past: Sequence[Past]
) -> Iterator[Finding]:
    """A longer period holds at least what its parts were reported to hold."""
    assert figure.amount is not None
    window, rule = asked.window, each.indicator.over_time
    inside = [
        found
        for found in past
        if found.first >= window.first and found.last <= window.last and found.kind != asked.period.kind
    ]
    by_kind: dict[str, list[Decimal]] = {}
    for found in inside:
        by_kind.setdefault(found.kind, []).append(found.amount)
    if rule == "sum":
        least = max((sum(amounts, Decimal(0)) for amounts in by_kind.values()), default=None)
    elif rule == "max":
        least = max((found.amount for found in inside), default=None)
    else:
        return
    if least is not None and figure.amount < least:
        words = _(
            "The periods before within this one already make %(sum)s (%(titles)s). "
            "Correct it, or give the reason."
        ) % {"sum": show_number(least), "titles": "; ".join(found.title for found in inside[-3:])}
        yield Finding("under-cumulative", figure.place, words)
