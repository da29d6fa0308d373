"""Figures that plans and tasks count themselves, each in one query: (organisation, category) → figure.

What is due counts in the window of its day, however it stands at the moment of counting; what happened counts
in the window of the day on which it happened, in Vietnam's time. Plans know of no person's group, sex or
country: the one split that is true of them is the year.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Count, Exists, Expression, F, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast, Coalesce, ExtractYear
from django.utils import timezone

from nhipcau.apps.indicators.registers import Counts
from nhipcau.apps.plans.models import (
    Assignment,
    ConsultationAnswer,
    Course,
    Dissemination,
    EstimateAmount,
    Extension,
    Inspection,
    Obstacle,
    Outcome,
    OwnPlan,
    PeriodPart,
    Review,
    Update,
    outcome_q,
)
from nhipcau.core.workdays import Window

Figures = Mapping[tuple[int, str], Decimal]
NUMBER = Count("pk", distinct=True)
YEAR = "year"
NONE = Value("")


def _category(day: str, split: str | None) -> Expression:
    """Of a row with this day or moment: its year where that is asked for, else none."""
    return Cast(ExtractYear(day), CharField()) if split == YEAR else Value("")


def _grouped(
    rows: QuerySet[Any],
    organisations: Collection[int] | None,
    path: str = "organisation",
    measure: Any = NUMBER,
    category: Expression = NONE,
) -> Figures:
    """Of organisations that have some; who has none is left out."""
    found = rows.filter(**{f"{path}__isnull": False})
    if organisations is not None:
        found = found.filter(**{f"{path}__in": organisations})
    cells = found.order_by().annotate(category=category).values_list(path, "category")
    cells = cells.annotate(figure=measure).values_list(path, "category", "figure")
    return {(pk, part): Decimal(figure) for pk, part, figure in cells if figure}


def _inside(field: str, window: Window) -> Q:
    """A moment, or a day, of the window."""
    return Q(**{f"{field}__range": (window.first, window.last)})


# Tasks. A task that comes again counts once a period: closed ones as they were, the open one as it is.


def due(condition: Callable[[date], Q] | None = None) -> Counts:
    """Parts of tasks that are due in the window, partners aside; with `condition`, of a day, only those."""

    def counts(window: Window, organisations: Collection[int] | None, split: str | None) -> Figures:
        wanted = Q(partner=False, organisation__isnull=False) & _inside("due_on", window)
        if condition is not None:
            wanted &= condition(timezone.localdate())
        if organisations is not None:
            wanted &= Q(organisation__in=organisations)
        figures: dict[tuple[int, str], Decimal] = {}
        now = Assignment.objects.filter(wanted, ended_at=None, task__ended_at=None)
        both = (now, PeriodPart.objects.filter(wanted))
        by = _category("due_on", split)
        cells = [
            each.order_by().annotate(category=by).values_list("organisation", "category") for each in both
        ]
        first, second = (each.annotate(n=NUMBER) for each in cells)
        for pk, part, n in first.union(second, all=True):
            figures[pk, part] = figures.get((pk, part), Decimal(0)) + n
        return figures

    return counts


def outcome(which: Outcome) -> Counts:
    return due(lambda today: outcome_q(which, today))


def reported(window: Window, organisations: Collection[int] | None, _split: str | None) -> Figures:
    """Parts of tasks that were reported done in the window, each once however often it was sent."""
    sent = Update.objects.filter(
        _inside("sent_at__date", window), done=True, state=Update.State.SENT, assignment__partner=False
    )
    each = Count("assignment", distinct=True)
    return _grouped(sent, organisations, "assignment__organisation", each)


def stuck(window: Window, organisations: Collection[int] | None, _split: str | None) -> Figures:
    """Parts of tasks with an obstacle that was not cleared when the window's last day ended."""
    return _held_up(_open_at(window.last), organisations)


def beyond(window: Window, organisations: Collection[int] | None, _split: str | None) -> Figures:
    """Those of them that waited for a body above to decide."""
    waits = Q(escalated_at__date__lte=window.last) & (Q(decided_on=None) | Q(decided_on__gt=window.last))
    return _held_up(_open_at(window.last) & waits, organisations)


def _open_at(day: date) -> Q:
    return Q(raised_at__date__lte=day) & (Q(cleared_at=None) | Q(cleared_at__date__gt=day))


def _held_up(condition: Q, organisations: Collection[int] | None) -> Figures:
    held = Obstacle.objects.filter(condition, assignment=OuterRef("pk"))
    rows = Assignment.objects.filter(Exists(held), ended_at=None, task__ended_at=None)
    return _grouped(rows, organisations)


def obstacles(field: str) -> Counts:
    """Obstacles that were raised, or cleared, in the window."""

    def counts(window: Window, organisations: Collection[int] | None, split: str | None) -> Figures:
        rows = Obstacle.objects.filter(_inside(f"{field}__date", window))
        by = _category(field, split)
        return _grouped(rows, organisations, "assignment__organisation", category=by)

    return counts


def extensions_asked(window: Window, organisations: Collection[int] | None, split: str | None) -> Figures:
    rows = Extension.objects.filter(_inside("asked_at__date", window))
    by = _category("asked_at", split)
    return _grouped(rows, organisations, "assignment__organisation", category=by)


def extensions_granted(window: Window, organisations: Collection[int] | None, split: str | None) -> Figures:
    rows = Extension.objects.filter(_inside("decided_at__date", window), state=Extension.State.GRANTED)
    by = _category("decided_at", split)
    return _grouped(rows, organisations, "assignment__organisation", category=by)


# Records of the kinds: they count in the window in which they ended.


def records(model: type[Any], measure: Any = NUMBER, **more: Any) -> Counts:
    """Records that were held, or finished, in the window."""

    def counts(window: Window, organisations: Collection[int] | None, split: str | None) -> Figures:
        rows = model.objects.filter(ended_at=None, **more).annotate(over=Coalesce("last_day", "day"))
        found, by = rows.filter(_inside("over", window)), _category("over", split)
        return _grouped(found, organisations, measure=measure, category=by)

    return counts


def proposals(window: Window, organisations: Collection[int] | None, split: str | None) -> Figures:
    """Reviews whose proposal to change something was sent in the window."""
    rows = Review.objects.filter(_inside("sent_on", window), ended_at=None)
    found = rows.exclude(proposal__in=("", Review.Proposal.KEEP))
    return _grouped(found, organisations, category=_category("sent_on", split))


def answered_in_time(window: Window, organisations: Collection[int] | None, split: str | None) -> Figures:
    """Consultations that were answered in the window, by the day that was set."""
    rows = ConsultationAnswer.objects.filter(_inside("answered_on", window))
    found = rows.filter(answered_on__lte=F("consultation__due_on"))
    return _grouped(found, organisations, category=_category("answered_on", split))


def own_plans(window: Window, organisations: Collection[int] | None, split: str | None) -> Figures:
    """Plans of their own that units issued in the window."""
    rows = OwnPlan.objects.filter(_inside("issued_on", window))
    return _grouped(rows, organisations, category=_category("issued_on", split))


def spent(window: Window, organisations: Collection[int] | None, split: str | None) -> Figures:
    """Đồng spent on tasks, by the day that was entered with the amount."""
    rows = EstimateAmount.objects.filter(
        _inside("decided_on", window), stage=EstimateAmount.Stage.SPENT, replaced_at=None
    )
    by = _category("decided_on", split)
    return _grouped(rows, organisations, "line__estimate__asked__organisation", Sum("amount"), by)


courses = records(Course)
participants = records(Course, Sum("participants__count"))
sessions = records(Dissemination)
people_reached = records(Dissemination, Sum("attendance"))
laws = records(Review, what=Review.What.LAW)
procedures = records(Review, what=Review.What.PROCEDURE)
inspections = records(Inspection)
