"""The steps inside an agency as tables: which it uses, who takes which, where an assignment is now.

The clerk receives → the head assigns → the specialist drafts → the head approves → it is sent.
"""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

from nhipcau.apps.plans.models import AgencySteps, Assignment

Step = Assignment.Step
# Steps before the work that an agency may pass over, and the field that says that it takes them.
PASSED_OVER = {Step.TO_RECEIVE: "receives", Step.TO_ASSIGN: "assigns"}
BEFORE_WORK = (Step.TO_RECEIVE, Step.TO_ASSIGN, Step.DRAFTING)


def steps_of(organisations: Collection[int]) -> dict[int, AgencySteps]:
    """What each agency uses; one that said nothing uses none. One query."""
    known = {row.organisation_id: row for row in AgencySteps.objects.filter(organisation__in=organisations)}
    return {pk: known.get(pk) or AgencySteps(organisation_id=pk) for pk in organisations}


def steps_for(organisation: int | None) -> AgencySteps:
    """Of one agency."""
    return steps_of([organisation])[organisation] if organisation else AgencySteps()


def step_now(row: Assignment, used: AgencySteps) -> Step:
    """Where the assignment is, steps that the agency does not use passed over."""
    step = Step(row.step)
    if step not in PASSED_OVER:
        return step
    ahead = BEFORE_WORK[BEFORE_WORK.index(step) :]
    return next(each for each in ahead if each not in PASSED_OVER or getattr(used, PASSED_OVER[each]))


def at_step(step: Step, used: Collection[AgencySteps]) -> Q:
    """Assignments of these agencies that are at the step; `step_now` says the same of one."""
    found = Q(pk__in=())
    for each in used:
        raw = [known for known in Step if step_now(Assignment(step=known), each) == step]
        found |= Q(organisation=each.organisation_id, step__in=raw)
    return found
