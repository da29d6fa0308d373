"""Work that the worker does for exports: writing them with progress, deleting them in time."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone, translation
from procrastinate.contrib.django import app

from nhipcau.apps.access.actors import Actor
from nhipcau.apps.access.identity import acting, as_part
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.models import LongWork
from nhipcau.apps.registry.actions.ask_sharing import lapse
from nhipcau.apps.registry.actions.take_export import end_export
from nhipcau.apps.registry.actions.write_export import (
    EXPORTER,
    fail_export,
    keep_export,
    send_back_export,
)
from nhipcau.apps.registry.export_files import keep, path_of, seal_old, sweep
from nhipcau.apps.registry.export_queue import WRITE
from nhipcau.apps.registry.exporting import AT_ONCE, rows_of, usable_for, wanted_people, workbook
from nhipcau.apps.registry.models import Export, Sharing
from nhipcau.apps.registry.recalling import still_usable

_log = structlog.get_logger("nhipcau.registry")
STALLED_AFTER_SECONDS = 30
MOST_TRIES = 3
AN_HOUR = 3600.0


@contextmanager
def _as(actor: Actor) -> Iterator[None]:
    """A transaction with the actor's identity: row security shows the job what its officer may read. Part of
    the running one, which is the officer's, where jobs are run at once.
    """
    if not connection.in_atomic_block:
        with acting(actor):
            yield
    elif actor is EXPORTER:
        with transaction.atomic(), as_part(EXPORTER.name):
            yield
    else:
        with transaction.atomic():
            yield


@app.task(name=WRITE, queue="reading")
def write_export(export_id: int) -> None:
    """Doing it twice is doing it once."""
    with _as(EXPORTER):
        export = (
            Export.objects.select_related("asked_by", "work")
            .filter(pk=export_id, state=Export.State.WRITING)
            .first()
        )
    if export is None:
        return
    try:
        # The marks in the file are in the language of the province.
        with translation.override("vi"):
            _write(export, export.asked_by)
    except Exception:
        _log.exception("export was not written")
        with _as(EXPORTER):
            fail_export(Export.objects.select_related("work").get(pk=export_id))


def _write(export: Export, user: User) -> None:
    """Anew where somebody in it may not be used any more when it is there."""
    for _try in range(MOST_TRIES):
        with _as(user):
            found = wanted_people(user, export.wanted, export.purpose)
            ids = list(found.values_list("pk", flat=True))
        if len(ids) > max(export.people, settings.EXPORT_ALONE if export.sharing_id is None else 0):
            with _as(EXPORTER):
                send_back_export(export, len(ids))
            return
        held: list[int] = []
        file = keep(Export(pk=export.pk), [workbook(export, _chunks(export, user, ids, held))])
        kept = False
        try:
            with _as(user):
                kept = _keep(export, file, held, user)
        finally:
            if not kept:
                path_of(file.file).unlink(missing_ok=True)
        if kept or not _still_writing(export, user):
            return
    raise Changing


class Changing(Exception):
    """Who may be in the file changed each time that it was written."""


def _keep(export: Export, file: Export, held: Sequence[int], user: User) -> bool:
    locked = Export.objects.select_for_update(of=("self",)).select_related("asked_by", "work")
    found = locked.filter(pk=export.pk, state=Export.State.WRITING).first()
    if found is None or not still_usable(held, found.purpose):
        return False
    keep_export(found, file=file, holds=held, actor=user)
    return True


def _still_writing(export: Export, user: User) -> bool:
    with _as(user):
        return Export.objects.filter(pk=export.pk, state=Export.State.WRITING).exists()


def _chunks(export: Export, user: User, ids: Sequence[int], held: list[int]) -> Iterator[list[list[str]]]:
    """Each read anew as the officer: who left her scope is left out. `held` gets who is in the file."""
    for start in range(0, len(ids), AT_ONCE):
        with _as(user):
            part = ids[start : start + AT_ONCE]
            hers = usable_for(export.purpose).in_scope_of(user)
            people = list(hers.filter(pk__in=part).order_by("name_sort", "pk"))
            held += [each.pk for each in people]
            cells = rows_of(people, export.columns)
            if export.work is not None:
                work = LongWork.objects.filter(pk=export.work.pk)
                work.update(done=len(held), state=LongWork.State.RUNNING)
        yield cells


@app.periodic(cron="41 * * * *", periodic_id="registry.end_exports")
@app.task(name="registry.end_exports", queue="registry", queueing_lock="registry.end_exports")
def end_exports(timestamp: int) -> None:  # noqa: ARG001  # procrastinate passes it by this name
    """Once an hour: delete files whose time is over, and what killed jobs left; seal those of an earlier
    version; end requests that lapsed.
    """
    with _as(EXPORTER):
        for export in Export.objects.filter(state=Export.State.READY, expires_at__lte=timezone.now()):
            end_export(export, actor=EXPORTER, why=Export.Why.OVER)
        for sharing in Sharing.objects.filter(
            state__in=(Sharing.State.ASKED, Sharing.State.APPROVED), until__lt=timezone.localdate()
        ):
            lapse(sharing, actor=EXPORTER)
    with _as(EXPORTER):
        seal_old()
    with _as(EXPORTER):
        kept = set(Export.objects.exclude(file="").values_list("file", flat=True))
    sweep(kept, time.time() - AN_HOUR)


@app.periodic(cron="* * * * *", periodic_id="registry.exports")
@app.task(
    name="registry.take_up_exports",
    queue="reading",
    queueing_lock="registry.take_up_exports",
    pass_context=False,
)
async def take_up_exports(timestamp: int) -> None:  # noqa: ARG001  # procrastinate passes it by this name
    """Give jobs back that a killed worker had begun."""
    for job in await app.job_manager.get_stalled_jobs(
        task_name=WRITE, seconds_since_heartbeat=STALLED_AFTER_SECONDS
    ):
        await app.job_manager.retry_job(job)
