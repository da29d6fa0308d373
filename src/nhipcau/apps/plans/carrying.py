"""What the relations of plans and tasks do when a body has a successor."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.orgs.carrying import Facets, Model, Rule, Values, declare
from nhipcau.apps.plans import joining
from nhipcau.apps.plans.following import due_of, whole_of
from nhipcau.apps.plans.models import (
    AgencySteps,
    Assignment,
    ConsultationAnswer,
    Course,
    CourseParticipants,
    Dissemination,
    Document,
    DraftAssignment,
    DraftTask,
    EstimateRound,
    Inspection,
    InspectionFinding,
    Obstacle,
    OwnPlan,
    PeriodPart,
    ReportingDuty,
    Review,
    Role,
    RoundAgency,
    Status,
    Task,
    VisitedUnit,
)

# An officer's work goes on after the act, and is no reason not to undo it.
PROGRESS = ("status", "done_on", "due_on")


def still_open(_day: date) -> Q:
    """In force and not accepted yet: what was accepted keeps the name it was reported under.

    Of a task that comes again the body is charged with the periods to come, whatever of this one is accepted.
    """
    ahead = ~Q(status=Status.ACCEPTED) | Q(task__period__isnull=False)
    return Q(ended_at=None, task__ended_at=None) & ahead


def in_draft(_day: date) -> Q:
    waits = (Document.State.DRAFT, Document.State.READING)
    return Q(draft__document__state__in=waits) & ~Q(draft__state=DraftTask.State.DROPPED)


def duty_ahead(day: date) -> Q:
    """Of an approved plan; one that was due on a certain day that has passed is history."""
    fixed = Q(reportingduty__due__regex=r"^\d{4}-\d{2}-\d{2}$")
    past = fixed & Q(reportingduty__due__lt=day.isoformat())
    return Q(reportingduty__document__state=Document.State.APPROVED) & ~past


def not_held_yet(day: date) -> Q:
    """What was held stays with the body that held it."""
    return Q(ended_at=None, task__ended_at=None) & (Q(day=None) | Q(day__gt=day))


def not_issued(_day: date) -> Q:
    return Q(issued_on=None, excused_reason="")


def not_answered(_day: date) -> Q:
    return Q(kind="", remarks=None, consultation__closed_at=None)


def not_sent(_day: date) -> Q:
    return Q(sent_at=None, round__closed_at=None)


def not_closed(_day: date) -> Q:
    return Q(closed_at=None)


def without_task(_day: date) -> Q:
    return Q(ended_at=None, task=None)


def not_cleared(_day: date) -> Q:
    return Q(cleared_at=None)


def end_assignment(_reason: str) -> Values:
    return {"ended_at": timezone.now(), "ended_reason": joining.ABOLISHED}


def end_record(reason: str) -> Values:
    return {"ended_at": timezone.now(), "ended_reason": reason[:300]}


def without_body(_reason: str) -> Values:
    """It stays, and names nobody."""
    return {"organisation_id": None}


def excuse(reason: str) -> Values:
    return {"excused_reason": reason[:300]}


def whole_tasks(keys: Collection[Any]) -> Mapping[tuple[Model, Any], Values]:
    """Tasks whose own status and date change with their assignments."""
    tasks = Task.objects.filter(assignments__in=keys, ended_at=None).distinct()
    found: dict[tuple[Model, Any], Values] = {}
    for task in tasks.prefetch_related("assignments"):
        rows = [row for row in task.assignments.all() if row.ended_at is None]
        if rows:
            status, done_on = whole_of(rows)
            due_on = due_of(rows, task.due_on)
            if (task.status, task.done_on, task.due_on) != (status, done_on, due_on):
                found[Task, task.pk] = {"status": str(status), "done_on": done_on, "due_on": due_on}
    return found


declare(
    Assignment,
    "organisation",
    Rule.MOVES,
    _("open assignments"),
    open=still_open,
    owner="task",
    join=joining.join_assignments,
    end=end_assignment,
    after=whole_tasks,
    soft=PROGRESS,
    facets=Facets(
        text="task__text",
        words="task__text_fold",
        plan="task__document_id",
        plan_name="task__document__number",
        role="role",
        role_names=dict(Role.choices),
    ),
)
declare(
    ReportingDuty.organisations.through,
    "organisation",
    Rule.MOVES,
    _("duties to report"),
    open=duty_ahead,
    join=joining.join_duties,
    facets=Facets(
        text="reportingduty__text",
        plan="reportingduty__document_id",
        plan_name="reportingduty__document__number",
    ),
)
declare(
    OwnPlan,
    "organisation",
    Rule.MOVES,
    _("units' own plans not issued yet"),
    open=not_issued,
    join=joining.join_own_plans,
    end=excuse,
    facets=Facets(text="duty__document__title", plan="duty__document_id", plan_name="duty__document__number"),
)
declare(
    ConsultationAnswer,
    "organisation",
    Rule.MOVES,
    _("consultations not answered yet"),
    open=not_answered,
    join=joining.join_answers,
    facets=Facets(text="consultation__title", plan="consultation__document_id"),
)
declare(
    RoundAgency,
    "organisation",
    Rule.MOVES,
    _("estimates not sent yet"),
    open=not_sent,
    join=joining.join_rounds,
    facets=Facets(text="round__year"),
)
declare(
    EstimateRound,
    "finance",
    Rule.MOVES,
    _("estimate rounds that they appraise"),
    open=not_closed,
    facets=Facets(text="year"),
)
_RECORDS: dict[Model, str | Promise] = {
    Course: _("courses not held yet"),
    Review: _("reviews not made yet"),
    Inspection: _("inspections not made yet"),
    Dissemination: _("sessions not held yet"),
}
for record, label in _RECORDS.items():
    declare(
        record,
        "organisation",
        Rule.MOVES,
        label,
        open=not_held_yet,
        end=end_record,
        facets=Facets(
            text="topic", words="text_fold", plan="task__document_id", plan_name="task__document__number"
        ),
    )
declare(
    InspectionFinding,
    "organisation",
    Rule.MOVES,
    _("findings of inspections without a task"),
    open=without_task,
    end=without_body,
    facets=Facets(text="text"),
)
declare(
    Obstacle,
    "clearer",
    Rule.MOVES,
    _("obstacles that they are to clear"),
    open=not_cleared,
    end=lambda _reason: {"clearer_id": None},
    facets=Facets(text="text"),
)
declare(
    DraftAssignment,
    "organisation",
    Rule.ASKED,
    _("phrases in drafts"),
    open=in_draft,
)
declare(AgencySteps, "organisation", Rule.STAYS, _("steps inside an agency"))
declare(PeriodPart, "organisation", Rule.STAYS, _("closed periods"))
declare(VisitedUnit, "organisation", Rule.STAYS, _("units that were visited"))
declare(CourseParticipants, "organisation", Rule.STAYS, _("units that sent participants"))
