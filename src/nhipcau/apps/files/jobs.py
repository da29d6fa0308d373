"""Keeping the folder of uploads what the database says it is."""

from __future__ import annotations

from procrastinate.contrib.django import app

from nhipcau.apps.files import removed, store
from nhipcau.apps.files.models import Upload


@app.periodic(cron="17 * * * *", periodic_id="files")
@app.task(name="files.sweep", queue="files", queueing_lock="files.sweep")
def sweep(timestamp: int) -> None:  # noqa: ARG001  # procrastinate passes it by this name
    """Once an hour: remove what uploads that were killed or rolled back left on disk, and add to the list of
    removed files what a killed removal did not.
    """
    removed.remember_missing()
    store.sweep(lambda sha256: Upload.objects.filter(sha256=sha256, state=Upload.State.KEPT).exists())
