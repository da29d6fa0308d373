"""Every night: periods are made two years ahead, and those whose day has come open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial

import structlog
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting
from nhipcau.apps.reporting.actions.make_ahead import make_ahead
from nhipcau.apps.reporting.actions.open_period import open_period
from nhipcau.apps.reporting.models import Period, Schedule
from nhipcau.apps.reporting.refusals import Refused

KEEPER = System("report-periods")
_log = structlog.get_logger("nhipcau.reporting")


# Five past midnight in Vietnam; the hours of this table are UTC's.
@app.periodic(cron="5 17 * * *", periodic_id="report-periods")
@app.task(name="reporting.keep_periods", queueing_lock="reporting.keep_periods", pass_context=False)
def keep_periods_nightly(timestamp: int) -> None:
    """Every night."""
    del timestamp
    made, opened = keep_periods()
    _log.info("report periods kept", made=made, opened=opened)


def keep_periods(today: date | None = None) -> tuple[int, int]:
    """How many were made, how many opened. Each in a transaction of its own: one that fails stops no other,
    and running it again goes on where it stopped.
    """
    day = today or timezone.localdate()
    with _transaction():
        schedules = list(Schedule.objects.current().order_by("pk"))
    made = sum(_one(partial(make_ahead, each, actor=KEEPER, today=day)) for each in schedules)
    with _transaction():
        due = list(Period.objects.filter(state=Period.State.PLANNED, opens_on__lte=day).order_by("pk"))
    opened = sum(_one(partial(_opened, each)) for each in due)
    return made, opened


def _opened(period: Period) -> int:
    open_period(period, actor=KEEPER)
    return 1


def _one(do: Callable[[], int]) -> int:
    try:
        with _transaction():
            return do()
    except Refused as refused:
        # The page of the period says the same to the coordinator.
        _log.warning("report period left", code=refused.code)
    except Exception:
        _log.exception("report period failed")
    return 0


@contextmanager
def _transaction() -> Iterator[None]:
    if connection.in_atomic_block:
        with transaction.atomic():
            yield
    else:
        with acting(KEEPER):
            yield
