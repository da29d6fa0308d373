"""The job of an export by name, and how it is begun."""

from __future__ import annotations

from django.conf import settings
from procrastinate.contrib.django import app

from nhipcau.apps.files.models import LongWork
from nhipcau.apps.registry.models import Export

WRITE = "registry.write_export"


def begin(export: Export) -> None:
    """In the running transaction; at once where settings say so."""
    export.state = Export.State.WRITING
    export.work = LongWork.objects.create(kind="export-people", owner=export.asked_by, total=export.people)
    export.save(update_fields=["state", "work"])
    if getattr(settings, "JOBS_INLINE", False):
        app.tasks[WRITE](export.pk)
    else:
        app.configure_task(WRITE).defer(export_id=export.pk)
