"""What is kept of plans and tasks between requests (audit.editions)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.audit.editions import Editions, Kept
from nhipcau.apps.orgs.models import OrganisationSet, OrganisationVersion
from nhipcau.apps.plans.comparing import OfAgency, by_agency, overdue_by_month
from nhipcau.apps.plans.models import (
    Assignment,
    Course,
    CourseParticipants,
    Dissemination,
    Document,
    DraftTask,
    Headline,
    Inspection,
    InspectionFinding,
    Obstacle,
    OutcomeCounts,
    PeriodPart,
    Review,
    Task,
    TaskPeriod,
)
from nhipcau.apps.webkit.controls import Options

MOST_PLANS = 200
# Over a list, and the outcomes of earlier periods.
HEADLINES: Kept[tuple[Headline, OutcomeCounts | None]] = Kept(
    Task, Assignment, TaskPeriod, PeriodPart, most=2000
)
# How many tasks a list has; and the rows of a page of it (views.task_rows.Row), only to be read.
PICKED: Kept[int] = Kept(Task, Assignment, TaskPeriod, PeriodPart, most=2000)
ON_PAGE: Kept[tuple[Any, ...]] = Kept(
    *(Task, Assignment, TaskPeriod, PeriodPart, Obstacle, Document, OrganisationVersion, OrganisationSet),
    most=300,
)
PLANS: Kept[Options] = Kept(Document, most=20)
# The list of plans: how many of which state there are; of those on a page (ids) the drafts, all and accepted,
# and the tasks in force.
PLAN_STATES: Kept[dict[str, int]] = Kept(Document, most=100)
PLAN_COUNTS: Kept[tuple[dict[int, tuple[int, int]], dict[int, int]]] = Kept(
    DraftTask, Task, Assignment, most=500
)
# Of a kind's records: the agencies (ids) that keep some; how many a list has, and what they come to in words.
_RECORDS = (Course, CourseParticipants, Dissemination, Inspection, InspectionFinding, Review)
KEEPING: Kept[frozenset[int]] = Kept(*_RECORDS, most=500)
RECORDS: Kept[tuple[int, str]] = Kept(*_RECORDS, Task, Assignment, most=500)
# The leader's page.
COUNTS: Kept[OutcomeCounts] = Kept(Task, Assignment, most=100)
BY_AGENCY: Kept[tuple[OfAgency, ...]] = Kept(Task, Assignment, most=100)
BY_MONTH: Kept[dict[int, list[int]]] = Kept(Task, Assignment, most=100)


def plans_to_choose(user: object, seen: Editions | None = None) -> Options:
    """The newest approved plans."""

    def made() -> Options:
        rows = Document.objects.visible_to(user).filter(state=Document.State.APPROVED)
        newest = rows.order_by("-issued_on", "-pk").values_list("pk", "number", "title")[:MOST_PLANS]
        return Options.of((pk, plan_name(number, title)) for pk, number, title in newest)

    # Whoever has a role sees the approved ones.
    return PLANS.get(bool(scope_of(user).roles), made, seen)


def counts_of(
    user: User, today: date, due: tuple[date, date] | None = None, seen: Editions | None = None
) -> OutcomeCounts:
    """The four outcomes of the tasks in force in her sight, of all or of those due between two days."""

    def made() -> OutcomeCounts:
        tasks = Task.objects.visible_to(user, in_force=True)
        return (tasks.due_between(*due) if due else tasks).outcome_counts(today)

    return COUNTS.get((scope_of(user).key, today, due), made, seen)


def agencies_compared(user: User, today: date, seen: Editions | None = None) -> tuple[OfAgency, ...]:
    """`comparing.by_agency` of the tasks in force in her sight."""

    def made() -> tuple[OfAgency, ...]:
        return tuple(by_agency(Task.objects.visible_to(user, in_force=True), today))

    return BY_AGENCY.get((scope_of(user).key, today), made, seen)


def overdue_compared(
    user: User, ends: Sequence[date], seen: Editions | None = None
) -> Mapping[int, Sequence[int]]:
    """`comparing.overdue_by_month` of the tasks in force in her sight."""

    def made() -> dict[int, list[int]]:
        return overdue_by_month(Task.objects.visible_to(user, in_force=True), ends)

    return BY_MONTH.get((scope_of(user).key, tuple(ends)), made, seen)


def plan_name(number: str, title: str) -> str:
    """A plan as one line of a list to choose from."""
    return f"{number} {title}"[:60] if number else title[:60]
