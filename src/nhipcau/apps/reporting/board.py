"""How a period stands: every unit with its standing, counted by group; three queries, however many units."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import OrganisationSet, OrganisationVersion, SetMember
from nhipcau.apps.reporting.models import Deferral, Obligation, Period, Standing
from nhipcau.apps.reporting.unit_groups import GROUP_OF, GROUPS, OTHERS
from nhipcau.core.text import fold

HERE = (Standing.IN_TIME, Standing.LATE)
NOT_SENT = (Standing.MISSING, Standing.NOT_DUE)


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit's report. `asks`: more time was asked for and nobody has decided."""

    pk: int
    organisation: int
    name: str
    sort: str
    group: str
    standing: Standing
    stage: str
    came_at: datetime | None
    until: datetime
    asks: bool

    @property
    def needs_hand(self) -> bool:
        """Whether the lead agency has to do something about the unit."""
        return self.asks or self.standing in (Standing.MISSING, Standing.RETURNED)

    @property
    def to_approve(self) -> bool:
        return self.stage == Obligation.State.SENT and self.standing in HERE


@dataclass(frozen=True, slots=True)
class Group:
    """A group of units with its counts by standing; `key` picks it in an address."""

    key: str
    name: str
    counts: Mapping[Standing, int]

    @property
    def expected(self) -> int:
        return sum(self.counts.values()) - self.counts[Standing.EXCUSED]

    @property
    def here(self) -> int:
        return sum(self.counts[each] for each in HERE)


@dataclass(frozen=True, slots=True)
class Board:
    """All units of a period in the user's sight, the most urgent first, then by name."""

    period: Period
    now: datetime
    units: Sequence[Unit]
    counts: Mapping[Standing, int]

    @property
    def expected(self) -> int:
        return len(self.units) - self.counts[Standing.EXCUSED]

    @property
    def here(self) -> int:
        return sum(self.counts[each] for each in HERE)

    @property
    def not_sent(self) -> int:
        return sum(self.counts[each] for each in NOT_SENT)


# Also the order in which the picture of many units shows them.
URGENCY = {
    Standing.MISSING: 0,
    Standing.RETURNED: 1,
    Standing.NOT_DUE: 2,
    Standing.LATE: 3,
    Standing.IN_TIME: 4,
    Standing.EXCUSED: 5,
}


def board_of(period: Period, user: User, now: datetime | None = None) -> Board:
    """Two queries."""
    moment = now or timezone.now()
    asks = Deferral.objects.filter(obligation=OuterRef("pk"), state=Deferral.State.ASKED)
    rows = (
        Obligation.objects.visible_to(user)
        .filter(period=period)
        .standing_at(moment)
        .annotate(asks=Exists(asks))
        .order_by()
        .values_list("pk", "organisation_id", "standing", "stage", "came_at", "until", "asks")
    )
    found = list(rows)
    known = _known({row[1] for row in found}, day_of(period, moment))
    units = [_unit(row, known) for row in found]
    units.sort(key=lambda unit: (URGENCY[unit.standing], not unit.asks, unit.sort, unit.pk))
    return Board(period, moment, units, count(units))


def _unit(row: _Row, known: Mapping[int, _Known]) -> Unit:
    pk, organisation, standing, stage, came_at, until, asks = row
    name, sort, group = known.get(organisation, ("?", "", OTHERS))
    return Unit(pk, organisation, name, sort, group, Standing(standing), stage, came_at, until, asks)


_Known = tuple[str, str, str]
_Row = tuple[int, int, str, str, datetime | None, datetime, bool]


def day_of(period: Period, now: datetime) -> date:
    """The day whose names of units hold: today, of a closed period the day it was closed."""
    return timezone.localdate(period.closed_at or now)


def _known(organisations: Iterable[int], day: date) -> dict[int, _Known]:
    """Name, sort key and group of each as of the day, else of the nearest version. One query."""
    rows = OrganisationVersion.objects.filter(organisation_id__in=set(organisations)).order_by("valid")
    found: dict[int, _Known] = {}
    for pk, name, sort, kind, valid in rows.values_list(
        "organisation_id", "name", "name_sort", "kind", "valid"
    ):
        if pk not in found or valid.lower is None or valid.lower <= day:
            found[pk] = (name, sort, GROUP_OF.get(kind, OTHERS))
    return found


def count(units: Iterable[Unit]) -> Mapping[Standing, int]:
    """Every standing with its number of units, in the order in which they are shown."""
    counted = Counter(unit.standing for unit in units)
    return {each: counted[each] for each in Standing}


def by_kind(units: Iterable[Unit]) -> list[Group]:
    """By kind of organisation, in the order in which offices list them; empty groups are left out."""
    sorted_out: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        sorted_out[unit.group].append(unit)
    return [
        Group(key, str(name), count(sorted_out[key]))
        for key, (name, _kinds) in GROUPS.items()
        if key in sorted_out
    ]


def by_set(units: Sequence[Unit], members: Mapping[str, tuple[str, frozenset[int]]]) -> list[Group]:
    """By named groups; a unit may be in several, and those in none stand last."""
    groups = [
        Group(key, name, count(unit for unit in units if unit.organisation in inside))
        for key, (name, inside) in members.items()
    ]
    named = frozenset().union(*(inside for _name, inside in members.values()))
    rest = [unit for unit in units if unit.organisation not in named]
    if rest:
        groups.append(Group("none", _("In no named group"), count(rest)))
    return groups


def named_groups(user: User, units: Sequence[Unit], day: date) -> dict[str, tuple[str, frozenset[int]]]:
    """Key ("set-3") → name and members of each confirmed group that has a unit here. One query."""
    rows = SetMember.objects.filter(
        set__in=OrganisationSet.objects.visible_to(user)
        .filter(confirmed_at__isnull=False)
        .order_by()
        .values("pk"),
        organisation__in={unit.organisation for unit in units},
        valid__contains=day,
    ).order_by("set__name_fold", "set")
    found: dict[str, tuple[str, set[int]]] = {}
    for pk, name, organisation in rows.values_list("set", "set__name", "organisation"):
        found.setdefault(f"set-{pk}", (name, set()))[1].add(organisation)
    return {key: (name, frozenset(inside)) for key, (name, inside) in found.items()}


TABS = ("hand", "not_sent", "returned", "late", "to_approve", "all")


def in_tab(unit: Unit, tab: str) -> bool:
    """Whether the unit stands in a tab of the list."""
    standings: dict[str, tuple[Standing, ...]] = {
        "not_sent": NOT_SENT,
        "returned": (Standing.RETURNED,),
        "late": (Standing.LATE,),
    }
    if tab in standings:
        return unit.standing in standings[tab]
    return {"hand": unit.needs_hand, "to_approve": unit.to_approve}.get(tab, True)


def matching(units: Iterable[Unit], words: str) -> list[Unit]:
    """Those whose name has every word, marks and case aside."""
    wanted = fold(words).split()[:12]
    return (
        [unit for unit in units if all(word in fold(unit.name) for word in wanted)] if wanted else list(units)
    )


def days_late(unit: Unit, now: datetime) -> int:
    """Whole and begun days past the unit's date: of a report that came late, until it came."""
    came = unit.came_at if unit.standing in HERE else now
    gone = timezone.localdate(came or now) - timezone.localdate(unit.until)
    return max(0, gone // timedelta(days=1))
