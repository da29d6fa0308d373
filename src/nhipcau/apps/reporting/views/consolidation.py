"""The draft of a period as a whole: how far it is, what is left, how it reads, its tables."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.access.policies import can
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.reporting.actions import begin_consolidation, generate_draft
from nhipcau.apps.reporting.consolidated import Consolidated, consolidated, sections_of
from nhipcau.apps.reporting.counting import units_of
from nhipcau.apps.reporting.figures import IndicatorTotal, Unit
from nhipcau.apps.reporting.gathering import TEXTS, gathered, handled
from nhipcau.apps.reporting.models import Consolidation, Period, Section
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.apps.reporting.section_labels import labels
from nhipcau.apps.reporting.tokens import amount
from nhipcau.apps.reporting.unit_groups import GROUPS
from nhipcau.apps.reporting.views.consolidating import draft_of
from nhipcau.apps.webkit.formats import format_number

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A section of the outline: how many texts came, were taken, were set aside, are left."""

    section: Section
    label: str
    came: int
    taken: int
    aside: int
    paragraphs: int

    @property
    def left(self) -> int:
        return self.came - self.taken - self.aside

    @property
    def done(self) -> bool:
        """Nothing is left to look at, and it says something or nobody wrote anything."""
        return not self.left and bool(self.paragraphs or not self.came or self.aside == self.came)

    @property
    def parts(self) -> list[tuple[str, int]]:
        return [("done", self.taken), ("sunken", self.aside), ("open", self.left)]


def _period(request: HttpRequest, pk: int) -> Period:
    """404 for a period out of sight, 403 for those who do not read drafts."""
    user = user_of(request)
    rows = Period.objects.visible_to(user).select_related("form_version__form", "document")
    period = get_object_or_404(rows.defer("document__reading"), pk=pk)
    if not scope_of(user).has("coordinator", "leader"):
        raise PermissionDenied
    return period


@for_roles()
@require_GET
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the draft is, section by section."""
    period = _period(request, pk)
    draft = Consolidation.objects.visible_to(user_of(request)).filter(period=period).first()
    units = units_of(period)
    lines = _lines(period, draft, units)
    left = sum(line.left for line in lines)
    text_lines = [line for line in lines if line.section.kind in TEXTS]
    context = {
        "period": period,
        "draft": draft,
        "heading": _heading(draft, left, text_lines),
        "lines": lines,
        "left": left,
        "came": sum(line.came for line in lines),
        "done": sum(line.done for line in text_lines),
        "texts": len(text_lines),
        "next": next((line for line in lines if line.left), None),
        "expected": sum(unit.expected for unit in units),
        "answered": sum(unit.answered for unit in units),
        "missing": [unit for unit in units if unit.expected and not unit.answered],
        "can_edit": can(user_of(request), "consolidate", period),
    }
    return render(request, "reporting/consolidation.html", context)


def _heading(draft: Consolidation | None, left: int, lines: list[Line]) -> str:
    if draft is None:
        return _("The reports are not put together yet")
    if left:
        open_sections = sum(bool(line.left) for line in lines)
        words = ngettext(
            "%(n)s text not looked at yet, in %(sections)s of %(all)s sections",
            "%(n)s texts not looked at yet, in %(sections)s of %(all)s sections",
            left,
        )
        numbers = {"n": left, "sections": open_sections, "all": len(lines)}
        return words % {name: format_number(value) for name, value in numbers.items()}
    return _("Every text was looked at")


def _lines(period: Period, draft: Consolidation | None, units: list[Unit]) -> list[Line]:
    sections = sections_of(period)
    passages, known = gathered(units, sections), handled(draft)
    came = Counter(each.place.section for each in passages)
    taken = Counter(each.place.section for each in passages if each.pk in known.taken)
    aside = Counter(
        each.place.section for each in passages if each.pk in known.aside and each.pk not in known.taken
    )
    rows = draft.paragraphs.order_by().values_list("section_id", flat=True) if draft else ()
    written = Counter(rows)
    return [
        Line(each, label, came[each.pk], taken[each.pk], aside[each.pk], written[each.pk])
        for each, label in zip(sections, labels([each.level for each in sections]), strict=True)
    ]


@for_roles()
@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """The coordinator begins, with `generate` from a first draft."""
    period = _period(request, pk)
    if not can(user_of(request), "consolidate", period):
        raise PermissionDenied
    try:
        draft = begin_consolidation(period, actor=user_of(request))
        if request.POST.get("generate"):
            made = generate_draft(draft, actor=user_of(request))
            words = ngettext(
                "%(n)s paragraph was made. What you write yourself is never overwritten.",
                "%(n)s paragraphs were made. What you write yourself is never overwritten.",
                made,
            )
            messages.success(request, words % {"n": format_number(made)})
    except Refused as refusal:
        messages.error(request, refusal.message())
    return redirect("reporting:consolidation", pk)


@for_roles()
@require_GET
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """How the draft reads, to be printed: every paragraph with its sources."""
    draft = draft_of(request, pk)
    out = consolidated(draft.period)
    context = {"period": draft.period, "out": out, "subject": draft.subject or out.title}
    return render(request, "reporting/consolidation_preview.html", context)


@for_roles()
@require_GET
def left(request: HttpRequest, pk: int) -> HttpResponse:
    """What no paragraph was made from, by section, with names: nothing is dropped silently."""
    draft = draft_of(request, pk)
    out = consolidated(draft.period)
    groups = [
        {
            "section": section,
            "open": [each for each in out.not_taken if each.section == section.pk and not each.set_aside],
            "aside": [each for each in out.not_taken if each.section == section.pk and each.set_aside],
        }
        for section in out.sections
    ]
    units = {each.unit for each in out.not_taken if not each.set_aside}
    words = ngettext(
        "%(n)s text of %(units)s units was not taken",
        "%(n)s texts of %(units)s units were not taken",
        len(out.not_taken),
    )
    open_ones = [each for each in out.not_taken if not each.set_aside]
    numbers = {"n": format_number(len(open_ones)), "units": format_number(len(units))}
    context = {
        "period": draft.period,
        "heading": words % numbers if open_ones else _("Nothing was left out"),
        "groups": [group for group in groups if group["open"] or group["aside"]],
    }
    return render(request, "reporting/consolidation_left.html", context)


@for_roles()
@require_GET
def figures(request: HttpRequest, pk: int) -> HttpResponse:
    """The annex tables: indicators by group and by unit, the four outcomes by agency and by task."""
    period = _period(request, pk)
    out = consolidated(period)
    rows = Paginator(_by_unit(out), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "period": period,
        "out": out,
        "groups": [(key, str(GROUPS[key][0])) for key in GROUPS if _used(out, key)],
        "indicators": [_indicator(out, at) for at in range(len(out.indicators))],
        "by_unit": rows,
    }
    return render(request, "reporting/consolidation_figures.html", context)


def _used(out: Consolidated, group: str) -> bool:
    return any(unit.group == group and unit.expected for unit in out.units)


def _by_unit(out: Consolidated) -> list[tuple[Unit, list[str]]]:
    return [
        (unit, [_shown(each, each.by_unit.get(unit.pk)) for each in out.indicators])
        for unit in out.units
        if unit.expected
    ]


def _shown(indicator: IndicatorTotal, value: Decimal | None) -> str:
    return "" if value is None else amount(indicator, value)


def _indicator(out: Consolidated, at: int) -> dict[str, Any]:
    each = out.indicators[at]
    names = {unit.pk: unit.name for unit in out.units}

    def shown(value: Decimal | None) -> str:
        return _shown(each, value)

    groups = [key for key in GROUPS if _used(out, key)]
    return {
        "it": each,
        "value": shown(each.total.value),
        "by_group": [shown(each.by_group[key].value) if key in each.by_group else "" for key in groups],
        "missing": [names[pk] for pk in each.total.missing],
        "no_data": [names[pk] for pk in each.total.no_data],
        "baseline": shown(each.baseline.value) if each.baseline else "",
        "target": shown(each.target.value) if each.target else "",
        "before": shown(each.before.value) if each.before else "",
        "parts": [
            (part.split_label, part.label, shown(part.figure.value), part.figure) for part in each.parts
        ],
    }
