"""Work that the worker does: reading an uploaded document."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog
from django.db import connection, transaction
from procrastinate.contrib.django import app

from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting
from nhipcau.apps.files import store
from nhipcau.apps.files.models import LongWork
from nhipcau.apps.plans.actions.store_reading import refuse_reading, store_reading
from nhipcau.apps.plans.models import Document
from nhipcau.apps.plans.uploads import READ
from nhipcau.core.planreader.child import read_in_child
from nhipcau.core.planreader.refusal import Refusal

READER = System("plan-reader")
_log = structlog.get_logger("nhipcau.plans")
STALLED_AFTER_SECONDS = 30


@contextmanager
def _transaction() -> Iterator[None]:
    """A transaction with the reader's identity; part of the running one where jobs are run at once."""
    if connection.in_atomic_block:
        with transaction.atomic():
            yield
    else:
        with acting(READER):
            yield


@app.task(name=READ, queue="reading")
def read_document(document_id: int) -> None:
    """Read the document in a child process and make its drafts. Doing it twice is doing it once."""
    with _transaction():
        found = _begin(document_id)
    if found is None:
        return
    path, name = found
    try:
        reading = read_in_child(path, name, scratch=store.scratch())
    except Refusal as refusal:
        with _transaction():
            refuse_reading(document_id, refusal.code, refusal.values, actor=READER)
        return
    try:
        with _transaction():
            store_reading(document_id, dict(reading), actor=READER)
    except Exception:
        # Nobody waits for ever: the log says why, the person what to do.
        _log.exception("reading was not stored")
        with _transaction():
            refuse_reading(document_id, "reader-failed", {}, actor=READER)


def _begin(document_id: int) -> tuple[Path, str] | None:
    """The file to read and its name; None when the document waits for no reading."""
    waiting = Document.objects.select_for_update(of=("self",)).select_related("upload", "work")
    document = waiting.filter(pk=document_id, state=Document.State.READING).first()
    if document is None or document.upload is None:
        return None
    if document.work is not None:
        document.work.state, document.work.done = LongWork.State.RUNNING, 1
        document.work.save()
    return store.path_of(document.upload.sha256), document.upload.name


@app.periodic(cron="* * * * *", periodic_id="reading")
@app.task(
    name="plans.take_up_stalled", queue="reading", queueing_lock="plans.take_up_stalled", pass_context=False
)
async def take_up_stalled(timestamp: int) -> None:  # noqa: ARG001  # procrastinate passes it by this name
    """Give jobs back that a killed worker had begun: the next worker takes them up."""
    stalled = await app.job_manager.get_stalled_jobs(
        task_name=READ, seconds_since_heartbeat=STALLED_AFTER_SECONDS
    )
    for job in stalled:
        await app.job_manager.retry_job(job)
