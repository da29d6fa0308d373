"""A deputy sees and carries out the tasks of the absent one, in that time only."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.cast import Cast
from tests.permissions.world import make_world

from nhipcau.apps.access.policies import can
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import Deputy
from nhipcau.apps.plans.models import Assignment, Task

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("first", "last", "holds"),
    [(-9, -1, False), (-9, 0, True), (0, 9, True), (1, 9, False)],
    ids=["after", "last day", "first day", "before"],
)
def test_tasks_are_seen_and_reported_in_that_time_only(
    cast: Cast, first: int, last: int, holds: bool
) -> None:
    make_world(cast)
    task = Task.objects.get(text="Việc của A")
    given = Assignment.objects.get(task=task, organisation=cast.department_a)
    given.specialist = cast.officer
    given.save()
    today = timezone.localdate()
    period = (today + first * DAY, today + (last + 1) * DAY)
    Deputy.objects.create(absent=cast.officer, deputy=cast.outsider, valid=period, reason="Nghỉ phép")
    someone = User.objects.get(pk=cast.outsider.pk)
    assert can(someone, "view", task) is holds
    assert can(someone, "update", given) is holds
