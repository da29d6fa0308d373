"""One indicator over the periods of a form: for the whole province or one unit, as reported.

Of a period that was signed off, the frozen figure counts; of another, what its reports add up to now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from nhipcau.apps.accounts.models import User
from nhipcau.apps.indicators.models import IndicatorVersion
from nhipcau.apps.reporting.background import COUNTED
from nhipcau.apps.reporting.models import Form, Period, SectionIndicator, SignedReport, Value
from nhipcau.apps.reporting.totals import totals_of

MOST_PERIODS = 12
# Amount, units that answered, of how many, whether it was frozen; by period.
Numbers = dict[int, tuple[Decimal | None, int, int, bool]]


@dataclass(frozen=True, slots=True)
class Point:
    """`answered` of `of` units; both 1 for one unit that answered. `frozen`: as it was signed off.

    `comparable`: with the definition of the point before; `note` says what changed in it.
    """

    period: int
    title: str
    first: date
    last: date
    amount: Decimal | None
    answered: int
    of: int
    version: int
    frozen: bool = False
    comparable: bool = True
    note: str = ""

    @property
    def complete(self) -> bool:
        return self.amount is not None and self.answered == self.of


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked at. `unit` is an organisation, None the whole province."""

    form: int
    code: str
    kind: str
    unit: int | None = None


def periods_of(user: User, asked: Asked) -> list[Period]:
    """The last twelve, the earliest first."""
    rows = Period.objects.visible_to(user).filter(form_version__form=asked.form, kind=asked.kind)
    rows = rows.exclude(state=Period.State.PLANNED).order_by("-window_last", "-pk")
    return list(reversed(rows.select_related("form_version__form")[:MOST_PERIODS]))


def series(user: User, asked: Asked) -> list[Point]:
    """The points, the earliest first. Of periods whose form did not ask for it there is none."""
    periods = periods_of(user, asked)
    versions = _versions(periods, asked.code)
    found = _of_unit(user, periods, asked) if asked.unit else _of_province(periods, asked.code, user)
    points = [point for period in periods if (point := _point(period, found, versions)) is not None]
    return _marked(points, asked.code)


def _point(period: Period, found: Numbers, versions: Mapping[int, int]) -> Point | None:
    if period.form_version_id not in versions:
        return None
    amount, answered, of, frozen = found.get(period.pk, (None, 0, 0, False))
    return Point(
        period.pk,
        period.title,
        period.window_first,
        period.window_last,
        amount,
        answered,
        of,
        versions[period.form_version_id],
        frozen,
    )


def _versions(periods: Sequence[Period], code: str) -> dict[int, int]:
    """Version of the form → number of the indicator's version that it asks for."""
    rows = SectionIndicator.objects.filter(
        section__version__in={period.form_version_id for period in periods}, indicator__indicator__code=code
    )
    return dict(rows.order_by("-pk").values_list("section__version", "indicator__number"))


def _of_province(periods: Sequence[Period], code: str, user: User) -> Numbers:
    reports = SignedReport.objects.visible_to(user).filter(period__in=periods)
    frozen: dict[int, Mapping[str, Any]] = {}
    for report in reports.exclude(state=SignedReport.State.WITHDRAWN).order_by("version"):
        frozen[report.period_id] = report.content
    found: Numbers = {}
    for period in periods:
        if period.pk in frozen:
            total = _frozen(frozen[period.pk], code)
            if total is not None:
                found[period.pk] = total
            continue
        live = totals_of(period, compare=False).of_code(code)
        if live is not None:
            found[period.pk] = (live.total.value, live.total.answered, live.total.expected, False)
    return found


def _frozen(content: Mapping[str, Any], code: str) -> tuple[Decimal | None, int, int, bool] | None:
    for each in content.get("indicators", ()):
        if each["code"] == code:
            total = each["total"]
            amount = None if total["amount"] is None else Decimal(total["amount"])
            return amount, total["answered"], total["of"], True
    return None


def _of_unit(user: User, periods: Sequence[Period], asked: Asked) -> Numbers:
    rows = Value.objects.visible_to(user).filter(
        submission__obligation__period__in=periods,
        submission__obligation__organisation=asked.unit,
        submission__state__in=COUNTED,
        asked__indicator__indicator__code=asked.code,
        split="",
    )
    pairs = rows.order_by("submission__number").values_list("submission__obligation__period", "amount")
    given = dict(pairs)
    found: Numbers = {}
    for period in periods:
        amount = given.get(period.pk)
        found[period.pk] = (amount, int(amount is not None), 1, False)
    return found


def _marked(points: Sequence[Point], code: str) -> list[Point]:
    """With what changed in the definition since the point before."""
    known = {
        version.number: version
        for version in IndicatorVersion.objects.filter(indicator__code=code).only(
            "number", "comparable", "change_note"
        )
    }
    marked: list[Point] = []
    for at, point in enumerate(points):
        since = points[at - 1].version if at else point.version
        between = [known[number] for number in sorted(known) if since < number <= point.version]
        notes = "; ".join(each.change_note for each in between if each.change_note)
        fits = all(each.comparable for each in between) and point.version >= since
        marked.append(
            Point(
                point.period, point.title, point.first, point.last, point.amount, point.answered, point.of,
                point.version, point.frozen, fits, notes,
            )
        )  # fmt: skip
    return marked


def change(before: Point | None, point: Point) -> Decimal | None:
    """The difference to the point before; None where the two may not be compared: another definition, or not
    every unit answered.
    """
    if before is None or not point.comparable or before.amount is None or point.amount is None:
        return None
    return point.amount - before.amount if before.complete and point.complete else None


def forms_of(user: User) -> list[Form]:
    """Forms with a period in the user's sight."""
    used = Period.objects.visible_to(user).exclude(state=Period.State.PLANNED).order_by()
    return list(Form.objects.visible_to(user).filter(versions__in=used.values("form_version")).distinct())
