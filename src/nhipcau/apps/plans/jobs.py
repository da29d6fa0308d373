"""Work that the worker does: reading an uploaded document."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import structlog
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting
from nhipcau.apps.files import store
from nhipcau.apps.files.models import LongWork
from nhipcau.apps.plans.actions.add_consultation_draft import READ as CONSULTED
from nhipcau.apps.plans.actions.open_next_period import open_next_period
from nhipcau.apps.plans.actions.store_reading import refuse_reading, store_reading
from nhipcau.apps.plans.dates import Reckoning, reckoning
from nhipcau.apps.plans.models import ConsultationDraft, Document, Task
from nhipcau.apps.plans.periods import begin_missing, waiting_tasks
from nhipcau.apps.plans.uploads import READ
from nhipcau.core.planreader.child import read_in_child
from nhipcau.core.planreader.refusal import Refusal

READER = System("plan-reader")
PERIODS = System("periods")
_log = structlog.get_logger("nhipcau.plans")
STALLED_AFTER_SECONDS = 30
MOST_PARAGRAPHS = 5000


@contextmanager
def _transaction(actor: System = READER) -> Iterator[None]:
    """A transaction with the actor's identity; part of the running one where jobs are run at once."""
    if connection.in_atomic_block:
        with transaction.atomic():
            yield
    else:
        with acting(actor):
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


@app.task(name=CONSULTED, queue="reading")
def read_consultation_draft(draft_id: int) -> None:
    """Read the paragraphs that remarks point to. A file without text has none, and remarks name places."""
    draft = ConsultationDraft.objects.select_related("upload").filter(pk=draft_id, paragraphs=[]).first()
    if draft is None:
        return
    try:
        reading = read_in_child(
            store.path_of(draft.upload.sha256), draft.upload.name, scratch=store.scratch()
        )
    except Refusal:
        return
    paragraphs = [" ".join(line.split()) for line in reading["text"].split("\n") if line.strip()]
    with _transaction():
        ConsultationDraft.objects.filter(pk=draft_id).update(paragraphs=paragraphs[:MOST_PARAGRAPHS])


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


# Ten past midnight in Vietnam; the hours of this table are UTC's.
@app.periodic(cron="10 17 * * *", periodic_id="periods")
@app.task(name="plans.open_periods", queueing_lock="plans.open_periods", pass_context=False)
def open_periods(timestamp: int) -> None:
    """Every night: tasks that come again go on to their next period."""
    del timestamp
    opened = open_due_periods()
    _log.info("periods opened", opened=opened)


def open_due_periods(today: date | None = None) -> int:
    """Open all periods whose turn it is; returns how many. Each task is a transaction of its own, so that a
    crash leaves whole tasks, and running it again goes on where it stopped.
    """
    day = today or timezone.localdate()
    with _transaction(PERIODS):
        begin_missing(timezone.now())
        by, waiting = reckoning(), waiting_tasks(day)
    return sum(_open_all(task, day, by) for task in waiting)


def _open_all(task_id: int, day: date, by: Reckoning) -> int:
    """What was slept through is made up for, one period after the other."""
    opened = 0
    try:
        with _transaction(PERIODS):
            task = Task.objects.get(pk=task_id)
            while open_next_period(task, actor=PERIODS, today=day, by=by) is not None:
                opened += 1
    except Exception:
        # One task must not keep the others waiting; the next night tries it again.
        _log.exception("a period was not opened", task=task_id)
        return 0
    return opened
