"""What the figures of a period are, once the units' answers were added up; see `totals`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of a period and the version of its report that counts, where there is one.

    `pk` is the organisation; `submission` the version whose answers count as this unit's (None: none). A unit
    whose report stands in another's (`within`, an organisation) has no answers of its own. `state` is the
    obligation's.
    """

    pk: int
    obligation: int
    name: str
    abbreviation: str
    sort: str
    group: str
    state: str
    nothing: bool = False
    submission: int | None = None
    received_number: str = ""
    received_at: datetime | None = None
    late: bool = False
    digest: str = ""
    within: int | None = None

    @property
    def expected(self) -> bool:
        """Whether an answer of its own is waited for."""
        return self.state != "excused" and self.within is None

    @property
    def answered(self) -> bool:
        return self.expected and self.submission is not None

    @property
    def short(self) -> str:
        """As in small marks."""
        return self.abbreviation or self.name


@dataclass(frozen=True, slots=True)
class Figure:
    """A total with n of N. All tuples hold organisations, in the order of the units.

    `unsent` have sent no report that counts; `blank` sent one without this figure; `no_data` said that they
    have none. `nothing` answered that there was nothing to report: a sum holds them as 0.
    """

    value: Decimal | None
    answered: int
    expected: int
    unsent: tuple[int, ...] = ()
    blank: tuple[int, ...] = ()
    no_data: tuple[int, ...] = ()
    nothing: tuple[int, ...] = ()

    @property
    def missing(self) -> tuple[int, ...]:
        """Who did not answer; those without data are named apart."""
        return self.unsent + self.blank

    @property
    def complete(self) -> bool:
        return self.answered == self.expected


@dataclass(frozen=True, slots=True)
class Part:
    """One category of a split: "group" and "worker", with its name, and each unit's amount."""

    split: str
    split_label: str
    category: str
    label: str
    figure: Figure
    by_unit: Mapping[int, Decimal | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What a total is held against: `year` of a goal; `title` of an earlier period, `comparable` by its
    definition, `complete` when all its units answered.
    """

    value: Decimal
    year: int
    title: str = ""
    comparable: bool = True
    complete: bool = True


@dataclass(frozen=True, slots=True)
class IndicatorTotal:
    """One indicator of the form, over all units, by part, by group of units and by unit."""

    asked: int
    section: int
    code: str
    version: int
    version_number: int
    name: str
    name_en: str
    definition: str
    unit: str
    kind: str
    decimals: int
    over_units: str
    over_time: str
    total: Figure
    parts: tuple[Part, ...] = ()
    by_group: Mapping[str, Figure] = field(default_factory=dict)
    by_unit: Mapping[int, Decimal | None] = field(default_factory=dict)
    baseline: Yardstick | None = None
    target: Yardstick | None = None
    before: Yardstick | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """`units` all of the period, excused ones too, by name within their group."""

    units: tuple[Unit, ...]
    indicators: tuple[IndicatorTotal, ...]

    @property
    def expected(self) -> int:
        return sum(unit.expected for unit in self.units)

    @property
    def answered(self) -> int:
        return sum(unit.answered for unit in self.units)

    @property
    def missing(self) -> tuple[Unit, ...]:
        return tuple(unit for unit in self.units if unit.expected and not unit.answered)

    def of_code(self, code: str) -> IndicatorTotal | None:
        """The first indicator of that code."""
        return next((each for each in self.indicators if each.code == code), None)

    def unit(self, pk: int) -> Unit | None:
        return next((each for each in self.units if each.pk == pk), None)


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a paragraph: words, or a figure in the place of its token.

    `token` as typed ("[[code]]"); a figure that nobody answered, or a token that names nothing, has
    `figure` None and its words say so.
    """

    text: str
    token: str = ""
    code: str = ""
    figure: Figure | None = None
