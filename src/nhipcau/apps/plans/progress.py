"""What every change of an assignment has in common: both rows locked, counted, and the task following."""

from __future__ import annotations

from dataclasses import dataclass

from nhipcau.apps.access.actors import Actor
from nhipcau.apps.plans.following import follow
from nhipcau.apps.plans.models import Assignment, Task
from nhipcau.apps.plans.refusals import Refused, Stale
from nhipcau.apps.plans.reviewing import person
from nhipcau.apps.plans.stepping import Step, step_now, steps_for


@dataclass(slots=True)
class Held:
    """The task and one of its assignments, as they are now, locked until the transaction ends."""

    task: Task
    row: Assignment


def hold(assignment: Assignment) -> Held:
    """Lock the task, then the assignment: whoever changes the same task waits.

    Raises Refused("task-ended").
    """
    task = Task.objects.select_for_update().get(pk=assignment.task_id)
    # No joins: who waited for the lock would get others' rows as they were before.
    row = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if task.ended_at is not None or row.ended_at is not None:
        raise Refused("task-ended")
    return Held(task, row)


def settle(held: Held, actor: Actor) -> Assignment:
    """Write the assignment down as changed by the actor, and how far its task is."""
    held.row.version += 1
    held.row.changed_by = person(actor)
    held.row.save()
    follow(held.task)
    return held.row


def unchanged(row: Assignment, version: int, *steps: Step) -> None:
    """Raises Stale with who did what when, unless it is the version that was seen, at one of the steps."""
    if row.version != version or step_now(row, steps_for(row.organisation_id)) not in steps:
        raise Stale("moved", row.changed_by, row.changed_at)


def stepped(held: Held, actor: Actor) -> Assignment:
    """Write down a step inside the agency: the task as a whole does not notice."""
    held.row.version += 1
    held.row.changed_by = person(actor)
    held.row.save()
    return held.row
