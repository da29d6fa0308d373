"""How the figures of units, and of periods, become one. Pure: no database.

Missing is never zero: a total says how many of how many answered, and who did not. What nobody answered has
no value. A ratio is computed from the totals of its parts over the units that gave both, never averaged.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from typing import Generic, Protocol, TypeVar

Key = TypeVar("Key", bound=Hashable)
# Wide enough that sums of amounts are exact in whatever order they are added.
EXACT = Context(prec=60)
HUNDRED = Decimal(100)


class Adds(Protocol):
    """What adding up must know of a definition; IndicatorVersion has it."""

    @property
    def kind(self) -> str: ...
    @property
    def decimals(self) -> int: ...
    @property
    def over_units(self) -> str: ...
    @property
    def over_time(self) -> str: ...
    @property
    def numerator_id(self) -> int | None: ...
    @property
    def denominator_id(self) -> int | None: ...


class NeedsParts(ValueError):
    """The definition is a ratio: `ratio_of_units` and `ratio_over_periods` compute it."""


@dataclass(frozen=True, slots=True)
class Total(Generic[Key]):
    """`value` None: nobody answered, or the definition is not added up. `missing` in the order asked."""

    value: Decimal | None
    answered: int
    expected: int
    missing: tuple[Key, ...] = ()

    @property
    def complete(self) -> bool:
        return self.answered == self.expected


@dataclass(frozen=True, slots=True)
class Column(Generic[Key]):
    """One part of a ratio: its own definition, and its figures by unit or by period."""

    version: Adds
    values: Mapping[Key, Decimal | None]


def is_ratio(version: Adds) -> bool:
    """Whether it is computed from two other indicators."""
    return version.numerator_id is not None and version.denominator_id is not None


def add_up(version: Adds, values: Mapping[Key, Decimal | None]) -> Total[Key]:
    """Figures of units, by the definition's rule; None is a unit that did not answer.

    Raises NeedsParts for a ratio.
    """
    _not_ratio(version)
    return _total(version.over_units, values)


def over_periods(version: Adds, values: Mapping[Key, Decimal | None]) -> Total[Key]:
    """Figures of one unit (or totals) by period, first period first.

    "last" takes the last period's figure and no earlier one in its place. Raises NeedsParts for a ratio.
    """
    _not_ratio(version)
    return _total(version.over_time, values)


def ratio_of_units(
    version: Adds, numerator: Column[Key], denominator: Column[Key], units: Sequence[Key] | None = None
) -> Total[Key]:
    """The ratio of the parts' totals over the units that gave both; None where the denominator is 0."""
    return _ratio(version, numerator, denominator, units, add_up)


def ratio_over_periods(
    version: Adds, numerator: Column[Key], denominator: Column[Key], periods: Sequence[Key] | None = None
) -> Total[Key]:
    """The same over the periods, first period first."""
    return _ratio(version, numerator, denominator, periods, over_periods)


def ratio(version: Adds, numerator: Decimal | None, denominator: Decimal | None) -> Decimal | None:
    """One unit's ratio, in percent where the kind says so; None where a part is missing or 0 divides."""
    if numerator is None or denominator is None or denominator == 0:
        return None
    with localcontext(EXACT):
        return numerator / denominator * (HUNDRED if version.kind == "percent" else 1)


def rounded(version: Adds, value: Decimal | None) -> Decimal | None:
    """As printed: halves away from zero. Totals are made of figures that were not rounded."""
    if value is None:
        return None
    return value.quantize(Decimal(1).scaleb(-version.decimals), rounding=ROUND_HALF_UP, context=EXACT)


def _not_ratio(version: Adds) -> None:
    if is_ratio(version):
        raise NeedsParts("a ratio is computed from the sums of its parts")


def _total(rule: str, values: Mapping[Key, Decimal | None]) -> Total[Key]:
    missing = tuple(key for key, value in values.items() if value is None)
    given = [value for value in values.values() if value is not None]
    return Total(_RULES[rule](list(values.values()), given), len(given), len(values), missing)


def _ratio(
    version: Adds,
    numerator: Column[Key],
    denominator: Column[Key],
    asked: Sequence[Key] | None,
    total: Callable[[Adds, Mapping[Key, Decimal | None]], Total[Key]],
) -> Total[Key]:
    keys = list(dict.fromkeys([*numerator.values, *denominator.values] if asked is None else asked))
    both = [
        key
        for key in keys
        if numerator.values.get(key) is not None and denominator.values.get(key) is not None
    ]
    missing = tuple(key for key in keys if key not in set(both))
    over = total(numerator.version, {key: numerator.values[key] for key in both})
    under = total(denominator.version, {key: denominator.values[key] for key in both})
    return Total(ratio(version, over.value, under.value), len(both), len(keys), missing)


def _sum(_all: Sequence[Decimal | None], given: Sequence[Decimal]) -> Decimal | None:
    with localcontext(EXACT):
        return sum(given, Decimal(0)) if given else None


def _average(_all: Sequence[Decimal | None], given: Sequence[Decimal]) -> Decimal | None:
    with localcontext(EXACT):
        return sum(given, Decimal(0)) / len(given) if given else None


def _largest(_all: Sequence[Decimal | None], given: Sequence[Decimal]) -> Decimal | None:
    return max(given, default=None)


def _last(every: Sequence[Decimal | None], _given: Sequence[Decimal]) -> Decimal | None:
    return every[-1] if every else None


def _none(_all: Sequence[Decimal | None], _given: Sequence[Decimal]) -> Decimal | None:
    return None


_RULES: dict[str, Callable[[Sequence[Decimal | None], Sequence[Decimal]], Decimal | None]] = {
    "sum": _sum,
    "average": _average,
    "max": _largest,
    "last": _last,
    "none": _none,
}
