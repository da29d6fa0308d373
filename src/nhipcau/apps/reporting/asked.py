"""What a period asks of a unit: the sections of its form with their figures, and the unit's tasks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from nhipcau.apps.indicators.splits import Category, Dimension, dimension
from nhipcau.apps.plans.models import Assignment, Status
from nhipcau.apps.plans.models.outcome import DELIVERED
from nhipcau.apps.reporting.models import Obligation, Period, Section, SectionIndicator
from nhipcau.core.workdays import Window

MOST_TASKS = 300
Kind = Section.Kind


@dataclass(frozen=True)
class Asked:
    """Sections in their order, with `indicators` and their versions loaded. `tasks` are the unit's parts in
    tasks of the period, each with its task, by the task's id; None where the form asks for none.
    """

    period: Period
    sections: tuple[Section, ...]
    tasks: Mapping[int, Assignment]

    @property
    def window(self) -> Window:
        return window_of_period(self.period)

    @cached_property
    def by_key(self) -> dict[str, Section]:
        return {each.key: each for each in self.sections}

    @cached_property
    def by_pk(self) -> dict[int, Section]:
        return {each.pk: each for each in self.sections}

    @cached_property
    def figures(self) -> dict[int, SectionIndicator]:
        """Every asked figure, in the order of the form."""
        return {
            each.pk: each
            for section in self.sections
            if section.kind == Kind.INDICATORS
            for each in section.indicators.all()
        }

    @cached_property
    def _categories(self) -> dict[str, tuple[Category, ...]]:
        codes = {code for each in self.figures.values() for code in each.splits}
        found = {code: dimension(code) for code in codes}
        return {code: each.categories(self.window) for code, each in found.items() if each is not None}

    def splits_of(self, asked: SectionIndicator) -> list[tuple[Dimension, tuple[Category, ...]]]:
        """The dimensions that a figure is asked by, with their categories in this window."""
        dimensions = [found for found in map(dimension, asked.splits) if found is not None]
        return [(each, self._categories[each.code]) for each in dimensions]


def window_of_period(period: Period) -> Window:
    return Window(period.window_first, period.window_last)


def asked_of(obligation: Obligation) -> Asked:
    """Five queries; one more for the names of countries, when first asked for."""
    period = obligation.period
    sections = tuple(
        period.form_version.sections.prefetch_related(
            "indicators__indicator__indicator__cut_overs",
            "indicators__indicator__numerator",
            "indicators__indicator__denominator",
        )
    )
    wanted = any(each.kind == Kind.TASKS for each in sections)
    return Asked(period, sections, tasks_of(obligation) if wanted else {})


def tasks_of(obligation: Obligation) -> dict[int, Assignment]:
    """The unit's parts in tasks that the period is about: due or done in its window, updated in it, or still
    open and due before its end. Where the period belongs to a plan, of that plan alone.
    """
    period = obligation.period
    first, last = period.window_first, period.window_last
    inside = Q(due_on__range=(first, last)) | Q(done_on__range=(first, last))
    left_open = ~Q(status__in=DELIVERED) & (Q(due_on__lt=first) | Q(due_on=None, status=Status.IN_PROGRESS))
    said = Q(updates__created_at__date__range=(first, last))
    rows = Assignment.objects.filter(inside | left_open | said, organisation=obligation.organisation_id)
    rows = rows.filter(Q(ended_at=None) | Q(ended_at__date__gt=last))
    if period.document_id is not None:
        rows = rows.filter(
            Q(task__document=period.document_id) | Q(task__document__amends=period.document_id)
        )
    found = rows.select_related("task").order_by("task__document", "task__position", "task", "pk").distinct()
    return {row.task_id: row for row in found[:MOST_TASKS]}
