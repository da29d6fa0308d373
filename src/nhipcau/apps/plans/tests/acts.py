"""Acts of restructuring for tests: stated, submitted, approved and carried out by the cast."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from tests.cast import Cast

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.orgs.actions import (
    Body,
    Stated,
    approve_restructuring,
    ask_undo,
    begin_restructuring,
    preview_restructuring,
    state_step,
    submit_restructuring,
    undo_restructuring,
)
from nhipcau.apps.orgs.models import Organisation, Restructuring
from nhipcau.apps.plans.following import follow
from nhipcau.apps.plans.models import Assignment, Document, Role, Task


def yesterday() -> date:
    return timezone.localdate() - timedelta(days=1)


def old(*organisations: Organisation) -> list[Body]:
    return [Body(organisation=each.pk) for each in organisations]


def new(name: str, kind: str = "department", **more: Any) -> Body:
    return Body(name=name, kind=kind, **more)


def stated(
    cast: Cast, *steps: Stated, day: date | None = None, title: str = "Sắp xếp các sở"
) -> Restructuring:
    """By the coordinator; still being stated."""
    act = begin_restructuring(
        title,
        effective_on=day or yesterday(),
        legal_basis="Nghị quyết số 12/NQ-HĐND ngày 20/02/2025",
        actor=cast.coordinator,
    )
    for step in steps:
        state_step(act, step, actor=cast.coordinator)
    act.refresh_from_db()
    return act


def merged(cast: Cast, olds: Sequence[Organisation], to: Body, **more: Any) -> Restructuring:
    return stated(cast, Stated("merge", old(*olds), [to]), **more)


def submitted(cast: Cast, act: Restructuring) -> Restructuring:
    act = preview_restructuring(act, actor=cast.coordinator)
    assert act.preview["faults"] == []
    return submit_restructuring(act, revision=act.revision, actor=cast.coordinator)


def carried_out(cast: Cast, act: Restructuring) -> Restructuring:
    """Submitted by the coordinator, approved by the other one, and done at once."""
    act = submitted(cast, act)
    act = approve_restructuring(act, revision=act.revision, actor=cast.second_coordinator)
    assert act.state == "carried_out", (act.state, act.reason)
    for user in cast.people().values():
        user.__dict__.pop("_scope", None)
        scope_of(user)
    return act


def undone(cast: Cast, act: Restructuring, reason: str = "Nhầm nghị quyết") -> Restructuring:
    """Asked for by the coordinator, granted by the leader."""
    return undo_restructuring(ask_undo(act, reason=reason, actor=cast.coordinator), actor=cast.leader)


def made_body(act: Restructuring) -> Organisation:
    """The body that an act of one step made."""
    unit = act.steps.get().units.get(made=True)
    assert unit.organisation is not None
    return unit.organisation


def approved_plan(cast: Cast, number: str = "1/KH-UBND") -> Document:
    return Document.objects.create(
        number=number,
        title="Kế hoạch",
        state=Document.State.APPROVED,
        created_by=cast.coordinator,
        approved_by=cast.coordinator,
        approved_at=timezone.now(),
    )


def task_of(
    plan: Document, text: str, *bodies: Organisation | None, roles: Sequence[str] = (), **more: Any
) -> Task:
    """A task with an assignment for each body: the first leads, the others help."""
    task = Task.objects.create(document=plan, text=text, created_by=plan.created_by)
    for number, body in enumerate(bodies):
        role = roles[number] if number < len(roles) else (Role.COORDINATE if number else Role.LEAD)
        Assignment.objects.create(
            task=task, organisation=body, role=role, partner=number > 0, phrase="Sở", **more
        )
    return follow(task)


def owners(task: Task) -> list[int | None]:
    """Bodies of the assignments in force, in the order of rows."""
    rows = task.assignments.filter(ended_at=None).order_by("pk")
    return list(rows.values_list("organisation_id", flat=True))
