"""Work that the worker does: reading filled-in workbooks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from django.db import connection, transaction
from procrastinate.contrib.django import app

from nhipcau.apps.access.actors import Actor
from nhipcau.apps.access.identity import acting
from nhipcau.apps.files import store
from nhipcau.apps.files.models import LongWork
from nhipcau.apps.reporting.actions.store_workbook import READER, refuse_workbook, store_workbook
from nhipcau.apps.reporting.actions.take_workbook import take_workbook
from nhipcau.apps.reporting.models import Workbook
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.apps.reporting.workbooks.preview import preview_of
from nhipcau.apps.reporting.workbooks.queue import READ
from nhipcau.apps.reporting.workbooks.reading import came_back
from nhipcau.core.tablereader import Refusal, read_tables

_log = structlog.get_logger("nhipcau.reporting")
STALLED_AFTER_SECONDS = 30


@contextmanager
def _transaction(actor: Actor = READER) -> Iterator[None]:
    """A transaction with the actor's identity; part of the running one where jobs are run at once."""
    if connection.in_atomic_block:
        with transaction.atomic():
            yield
    else:
        with acting(actor):
            yield


@app.task(name=READ, queue="reading")
def read_workbook(workbook_id: int) -> None:
    """Read the file in a child process; where it only adds to the draft, take it over at once. Doing it twice
    is doing it once.
    """
    with _transaction():
        sha256 = _begin(workbook_id)
    if sha256 is None:
        return
    try:
        came = came_back(read_tables(store.path_of(sha256)))
        with _transaction():
            found = store_workbook(workbook_id, came)
    except Refusal as refusal:
        with _transaction():
            refuse_workbook(workbook_id, refusal.code, refusal.values)
        return
    except Exception:
        # Nobody waits for ever: the log says why, the person what to do.
        _log.exception("workbook was not read")
        with _transaction():
            refuse_workbook(workbook_id, "damaged", {})
        return
    if found is not None and found.state == Workbook.State.READ:
        _take(found)


def _begin(workbook_id: int) -> str | None:
    """The hash of the file to read; None when it waits for no reading."""
    waiting = Workbook.objects.select_for_update(of=("self",)).select_related("upload", "work")
    found = waiting.filter(pk=workbook_id, state=Workbook.State.READING).first()
    if found is None:
        return None
    if found.work is not None:
        found.work.state, found.work.done = LongWork.State.RUNNING, 1
        found.work.save()
    return found.upload.sha256


def _take(found: Workbook) -> None:
    """For who sent it, when nothing is wrong and nothing of the draft is overwritten. Else she decides."""
    rows = Workbook.objects.select_related("created_by", "obligation__period__form_version")
    workbook = rows.get(pk=found.pk)
    try:
        with _transaction(workbook.created_by):
            preview = preview_of(workbook)
            if preview.only_adds and not preview.understood.problems:
                take_workbook(workbook, revision=preview.revision, actor=workbook.created_by, preview=preview)
    except Refused as refusal:
        _log.info("workbook waits for its sender", workbook=workbook.pk, why=refusal.code)


@app.periodic(cron="* * * * *", periodic_id="workbooks")
@app.task(
    name="reporting.take_up_stalled",
    queue="reading",
    queueing_lock="reporting.take_up_stalled",
    pass_context=False,
)
async def take_up_stalled(timestamp: int) -> None:  # noqa: ARG001  # procrastinate passes it by this name
    """Give jobs back that a killed worker had begun: the next worker takes them up."""
    stalled = await app.job_manager.get_stalled_jobs(
        task_name=READ, seconds_since_heartbeat=STALLED_AFTER_SECONDS
    )
    for job in stalled:
        await app.job_manager.retry_job(job)
