"""Work that the worker does: checking a sheet of agencies and people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from django.db import connection, transaction
from procrastinate.contrib.django import app

from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting
from nhipcau.apps.files import store
from nhipcau.apps.files.models import LongWork
from nhipcau.apps.orgs import restructuring_jobs  # noqa: F401  # only the module `jobs` is looked for
from nhipcau.apps.orgs.actions.check_arrival import check_arrival, refuse_arrival
from nhipcau.apps.orgs.arriving import CHECK
from nhipcau.apps.orgs.models import Arrival
from nhipcau.apps.orgs.sheets.layout import understood
from nhipcau.core.tablereader import Refusal, read_tables

CHECKER = System("sheet-checker")
_log = structlog.get_logger("nhipcau.orgs")
STALLED_AFTER_SECONDS = 30
# Entered in one transaction while somebody waits: ten seconds or so.
MOST_ROWS = 2_000


@contextmanager
def _transaction() -> Iterator[None]:
    """A transaction with the checker's identity; part of the running one where jobs are run at once."""
    if connection.in_atomic_block:
        with transaction.atomic():
            yield
    else:
        with acting(CHECKER):
            yield


@app.task(name=CHECK, queue="reading")
def check_arrival_job(arrival_id: int) -> None:
    """Read the sheet in a child process and keep what its rows mean. Doing it twice is doing it once."""
    with _transaction():
        sha256 = _begin(arrival_id)
    if sha256 is None:
        return
    try:
        parts = understood(read_tables(store.path_of(sha256)))
        if not any(part.rows for part in parts):
            raise Refusal("no-table" if not parts else "no-rows")
        if sum(len(part.rows) for part in parts) > MOST_ROWS:
            raise Refusal("too-many-rows", limit=MOST_ROWS)
        with _transaction():
            check_arrival(arrival_id, parts, actor=CHECKER)
    except Refusal as refusal:
        with _transaction():
            refuse_arrival(arrival_id, refusal, actor=CHECKER)
    except Exception:
        # Nobody waits for ever: the log says why, the person what to do.
        _log.exception("sheet was not checked")
        with _transaction():
            refuse_arrival(arrival_id, Refusal("damaged"), actor=CHECKER)


def _begin(arrival_id: int) -> str | None:
    """The hash of the file to check; None when the import waits for no checking."""
    waiting = Arrival.objects.select_for_update(of=("self",)).select_related("upload", "work")
    arrival = waiting.filter(pk=arrival_id, state=Arrival.State.CHECKING).first()
    if arrival is None:
        return None
    if arrival.work is not None:
        arrival.work.state, arrival.work.done = LongWork.State.RUNNING, 1
        arrival.work.save()
    return arrival.upload.sha256


@app.periodic(cron="* * * * *", periodic_id="arrivals")
@app.task(
    name="orgs.take_up_stalled", queue="reading", queueing_lock="orgs.take_up_stalled", pass_context=False
)
async def take_up_stalled(timestamp: int) -> None:  # noqa: ARG001  # procrastinate passes it by this name
    """Give jobs back that a killed worker had begun: the next worker takes them up."""
    stalled = await app.job_manager.get_stalled_jobs(
        task_name=CHECK, seconds_since_heartbeat=STALLED_AFTER_SECONDS
    )
    for job in stalled:
        await app.job_manager.retry_job(job)
