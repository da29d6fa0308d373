"""What the confirmation of a set does to tasks that were approved before it."""

from __future__ import annotations

from nhipcau.apps.access.actors import Actor
from nhipcau.apps.orgs.directory import members
from nhipcau.apps.orgs.models import OrganisationSet
from nhipcau.apps.plans.heirs import in_office, members_in_office
from nhipcau.apps.plans.models import Assignment


def give_to_members(confirmed: OrganisationSet, _actor: Actor) -> None:
    """Each task that waits for the set (one row without organisation) gets a row for every member on its
    document's day; those who have a role in the task already keep that one.
    """
    waiting = Assignment.objects.filter(set=confirmed, organisation=None, ended_at=None, task__ended_at=None)
    rows = list(waiting.select_related("task__document"))
    taken: set[tuple[int, int | None]] = set(
        Assignment.objects.filter(task__in=[row.task_id for row in rows], ended_at=None).values_list(
            "task_id", "organisation_id"
        )
    )
    found: dict[object, list[int]] = {}
    made = []
    for row in rows:
        day = row.task.document.dated
        if day not in found:
            mine = members([confirmed.pk], day)[confirmed.pk]
            found[day] = members_in_office(mine, in_office(mine))
        for organisation in found[day]:
            if (row.task_id, organisation) not in taken:
                taken.add((row.task_id, organisation))
                made.append(_copy(row, organisation))
    Assignment.objects.bulk_create(made)
    done = [row.pk for row in rows if found[row.task.document.dated]]
    Assignment.objects.filter(pk__in=done).delete()


def _copy(row: Assignment, organisation: int) -> Assignment:
    return Assignment(
        task_id=row.task_id,
        phrase=row.phrase,
        role=row.role,
        partner=row.partner,
        organisation_id=organisation,
        set_id=row.set_id,
        due_on=row.due_on,
    )
