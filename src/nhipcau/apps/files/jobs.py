"""Keeping the folder of uploads what the database says it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from django.db import connection, transaction
from procrastinate.contrib.django import app

from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting
from nhipcau.apps.files import removed, store
from nhipcau.apps.files.actions.attach_file import LOOK
from nhipcau.apps.files.actions.lock_away import lock_away
from nhipcau.apps.files.marks import second_look
from nhipcau.apps.files.models import Upload
from nhipcau.core.planreader.refusal import Refusal

LOOKER = System("secrecy")
_log = structlog.get_logger("nhipcau.files")


@app.periodic(cron="17 * * * *", periodic_id="files")
@app.task(name="files.sweep", queue="files", queueing_lock="files.sweep")
def sweep(timestamp: int) -> None:  # noqa: ARG001  # procrastinate passes it by this name
    """Once an hour: remove what uploads that were killed or rolled back left on disk, and add to the list of
    removed files what a killed removal did not.
    """
    removed.remember_missing()
    store.sweep(lambda sha256: Upload.objects.filter(sha256=sha256, state=Upload.State.KEPT).exists())


@app.task(name=LOOK, queue="files")
def look_for_mark(upload_id: str) -> None:
    """In a scan or an old Word file. Where the machine cannot read those, the log says that nobody looked."""
    upload = Upload.objects.filter(pk=upload_id, state=Upload.State.KEPT).first()
    if upload is None:
        return
    try:
        mark = second_look(upload.sha256, upload.format)
    except Refusal as refusal:
        _log.warning("not looked for a mark", upload=upload_id, why=refusal.code)
        return
    if mark:
        with _transaction():
            lock_away(upload, mark, actor=LOOKER)


@contextmanager
def _transaction() -> Iterator[None]:
    """One of its own with the looker's identity; part of the running one where jobs are run at once."""
    if connection.in_atomic_block:
        with transaction.atomic():
            yield
    else:
        with acting(LOOKER):
            yield
