"""Periods laid side by side: one indicator, the whole province or one unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.indicators.models import IndicatorVersion
from nhipcau.apps.orgs.models import OrganisationVersion
from nhipcau.apps.reporting.content import amount
from nhipcau.apps.reporting.document import shown
from nhipcau.apps.reporting.models import OVERSEEING, WORKING, Form, Obligation, Period, SectionIndicator
from nhipcau.apps.reporting.over_time import Asked, Point, change, forms_of, series
from nhipcau.apps.webkit.addresses import typed, whole

MOST_UNITS = 1500
Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen, and what is: the first of each where the address names none that is there."""

    forms: list[Form]
    kinds: list[Choice]
    indicators: list[Choice]
    units: list[Choice]
    asked: Asked | None


@for_roles("coordinator", "leader", "reader", "officer", "commune_officer")
@require_GET
def over_time(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    choices = choices_of(user, request)
    points = series(user, choices.asked) if choices.asked else []
    version = _version(user, choices.asked)
    rows = _rows(points, version)
    context = {
        "choices": choices,
        "rows": rows,
        "version": version,
        "heading": _heading(points, version),
        "oversees": scope_of(user).has(*OVERSEEING),
        "tab": "over_time",
        "partial": any(point.amount is not None and not point.complete for point in points),
    }
    return render(request, "reporting/over_time.html", context)


def choices_of(user: User, request: HttpRequest) -> Choices:
    """Six queries."""
    forms = forms_of(user)
    form = next(
        (each for each in forms if each.pk == whole(typed(request, "form"))), forms[0] if forms else None
    )
    if form is None:
        return Choices([], [], [], [], None)
    periods = (
        Period.objects.visible_to(user).filter(form_version__form=form).exclude(state=Period.State.PLANNED)
    )
    used = set(periods.order_by().values_list("kind", flat=True))
    kinds = [(value, str(label)) for value, label in Period.Kind.choices if value in used]
    indicators = _indicators(user, form)
    units = _units(user, form)
    if not kinds or not indicators:
        return Choices(forms, kinds, indicators, units, None)
    overseeing = scope_of(user).has(*OVERSEEING)
    unit = _picked(units, str(whole(typed(request, "unit")) or ""))
    if not overseeing and not unit:
        unit = units[0][0] if units else ""
    if not overseeing and not unit:
        return Choices(forms, kinds, indicators, units, None)
    asked = Asked(
        form.pk,
        _picked(indicators, typed(request, "indicator", 80)) or indicators[0][0],
        _picked(kinds, typed(request, "kind", 20)) or kinds[0][0],
        int(unit) if unit else None,
    )
    return Choices(forms, kinds, indicators, units, asked)


def _picked(choices: Sequence[Choice], value: str) -> str:
    return value if any(value == known for known, _label in choices) else ""


def _indicators(user: User, form: Form) -> list[Choice]:
    rows = SectionIndicator.objects.visible_to(user).filter(section__version__form=form)
    pairs = rows.order_by("section__version__number", "section__position", "position").values_list(
        "indicator__indicator__code", "indicator__name"
    )
    return list(dict(pairs).items())


def _units(user: User, form: Form) -> list[Choice]:
    """Units that were asked; for officers their own alone."""
    rows = Obligation.objects.visible_to(user).filter(period__form_version__form=form).order_by()
    scope = scope_of(user)
    if not scope.has(*OVERSEEING):
        rows = rows.filter(organisation__in=scope.organisations(*WORKING))
    found = OrganisationVersion.objects.visible_to(user).filter(
        organisation__in=rows.values("organisation"), valid__contains=timezone.localdate()
    )
    pairs = found.order_by("name_sort").values_list("organisation", "name")[:MOST_UNITS]
    return [(str(pk), name) for pk, name in pairs]


def _version(user: User, asked: Asked | None) -> IndicatorVersion | None:
    """The newest definition in her sight."""
    if asked is None:
        return None
    rows = IndicatorVersion.objects.visible_to(user).filter(indicator__code=asked.code)
    rows = rows.select_related("indicator")
    return rows.exclude(state=IndicatorVersion.State.DRAFT).order_by("-number").first()


def _heading(points: Sequence[Point], version: IndicatorVersion | None) -> str:
    """The answer: the last figure and how it changed."""
    given = [point for point in points if point.amount is not None]
    if not given or version is None:
        return _("No period has a figure yet")
    last = given[-1]
    words = f"{shown(amount(last.amount), version.decimals)} {version.unit}"
    difference = change(given[-2] if len(given) > 1 else None, last)
    if difference is None:
        return words
    sign = "+" if difference > 0 else "−" if difference < 0 else "±"
    return f"{words} ({sign}{shown(amount(abs(difference)), version.decimals)})"


def _rows(points: Sequence[Point], version: IndicatorVersion | None) -> list[dict[str, Any]]:
    """The newest first, each with its bar in thousandths of the largest."""
    decimals = version.decimals if version else 0
    largest = max((abs(point.amount) for point in points if point.amount is not None), default=Decimal(0))
    rows = []
    for at, point in enumerate(points):
        difference = change(points[at - 1] if at else None, point)
        share = int(1000 * max(point.amount or 0, 0) / largest) if largest else 0
        text = shown(amount(point.amount), decimals)
        rows.append(
            {
                "point": point,
                "amount": text,
                "change": _signed(difference, decimals),
                "parts": [("cham" if point.complete else "tint", share), ("sunken", 1000 - share)],
                "label": text,
            }
        )
    return rows[::-1]


def _signed(value: Decimal | None, decimals: int) -> str:
    if value is None:
        return ""
    text = shown(amount(abs(value)), decimals)
    return f"+{text}" if value > 0 else f"−{text}" if value < 0 else text
