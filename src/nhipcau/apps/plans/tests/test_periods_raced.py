"""The same period opened by two at once, and by a run after a crash: it opens once."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction
from tests.cast import make_cast

from nhipcau.apps.plans import jobs
from nhipcau.apps.plans.actions import open_next_period
from nhipcau.apps.plans.models import Assignment, PeriodPart, Status, Task, TaskPeriod
from nhipcau.apps.plans.tests.test_periods import FIRST, JOB, approved, finish_all, over

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 6


def ripe() -> Task:
    with transaction.atomic():
        cast = make_cast()
        task = approved(cast)
        finish_all(task, cast)
    return task


def test_who_opens_at_once_opens_one_period() -> None:
    task, start = ripe(), Barrier(AT_ONCE)

    def opened() -> bool:
        try:
            start.wait(20)
            with transaction.atomic():
                return open_next_period(Task.objects.get(pk=task.pk), actor=JOB) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        results = [each.result(60) for each in [pool.submit(opened) for _ in range(AT_ONCE)]]
    assert results.count(True) == 1
    assert list(TaskPeriod.objects.filter(task=task).values_list("number", flat=True)) == [1, 2]
    assert PeriodPart.objects.count() == 2
    assert set(Assignment.objects.values_list("status", flat=True)) == {Status.NOT_BEGUN}


def test_a_run_that_dies_in_the_middle_leaves_nothing_half_and_the_next_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    task = ripe()

    def die(*_args: object, **_kwargs: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(sys.modules["nhipcau.apps.plans.actions.open_next_period"], "follow", die)
        with pytest.raises(SystemExit):
            jobs.open_due_periods()
    assert not PeriodPart.objects.exists()
    assert Task.objects.get(pk=task.pk).status == Status.ACCEPTED
    assert jobs.open_due_periods() == 1
    assert jobs.open_due_periods() == 0
    assert TaskPeriod.objects.filter(task=task).count() == 2


def test_the_night_of_many_years_is_made_up_for_once() -> None:
    with transaction.atomic():
        task = approved(make_cast())
    late = over(FIRST.replace(year=FIRST.year + 2))
    assert jobs.open_due_periods(late) == 3
    assert jobs.open_due_periods(late) == 0
    assert Task.objects.get(pk=task.pk).missed == 3
