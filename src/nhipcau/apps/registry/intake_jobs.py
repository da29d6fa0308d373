"""Work that the worker does: checking lists of people, bringing them in, taking them back."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import structlog
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from nhipcau.apps.access.identity import acting, as_part
from nhipcau.apps.files.models import LongWork, Upload
from nhipcau.apps.registry.actions.confirm_intake import bring_in
from nhipcau.apps.registry.actions.keep_intake import CHECKER, keep_intake, refuse_intake
from nhipcau.apps.registry.actions.put_back_intake import put_back_intake
from nhipcau.apps.registry.actions.undo_intake import leave_register
from nhipcau.apps.registry.intakes.files import forget_old, key_of, original
from nhipcau.apps.registry.intakes.marked import marked
from nhipcau.apps.registry.intakes.queue import ALL, BRING_IN, CHECK, TAKE_BACK
from nhipcau.apps.registry.intakes.reading import Reading, Tables, read, tables
from nhipcau.apps.registry.linking.columns import source_of
from nhipcau.apps.registry.linking.preview import beside
from nhipcau.apps.registry.models import Intake
from nhipcau.core.tablereader import Refusal

_log = structlog.get_logger("nhipcau.registry")
STALLED_AFTER_SECONDS = 30
WORKING = (Intake.State.CHECKING, Intake.State.CONFIRMING, Intake.State.UNDOING)


@contextmanager
def _transaction() -> Iterator[None]:
    """A transaction with the checker's identity; part of the running one where jobs are run at once."""
    if connection.in_atomic_block:
        with transaction.atomic(), as_part(CHECKER.name):
            yield
    else:
        with acting(CHECKER):
            yield


@app.task(name=CHECK, queue="reading")
def check_intake(intake_id: int) -> None:
    """Read the file in a child process and keep what its rows mean. Doing it twice is doing it once."""
    with _transaction():
        begun = _begin(intake_id)
    if begun is None:
        return
    try:
        with original(begun.key, begun.upload) as path:
            found = read(path, begun.digest, known=begun.known, progress=_progress(intake_id))
        wrong = marked(found, begun.language) if found.wrong else b""
        likely = _likely(found, begun.source)
        with _transaction():
            keep_intake(intake_id, found, wrong, begun.key, likely)
    except Refusal as refusal:
        with _transaction():
            refuse_intake(intake_id, refusal.code, refusal.values)
    except Exception:
        # Nobody waits for ever: the log says why, the person what to do.
        _log.exception("list was not checked")
        with _transaction():
            refuse_intake(intake_id, "damaged", {})


@dataclass(frozen=True, slots=True)
class _Begun:
    """What checking needs, read in a transaction of its own. `language` is the sender's."""

    upload: Upload
    key: bytes
    digest: str
    known: Tables
    language: str
    source: str


def _begin(intake_id: int) -> _Begun | None:
    """None when the intake waits for no checking."""
    waiting = Intake.objects.select_for_update(of=("self",)).select_related("upload", "work", "created_by")
    intake = waiting.filter(pk=intake_id, state=Intake.State.CHECKING).first()
    if intake is None:
        return None
    if intake.work is not None:
        intake.work.state = LongWork.State.RUNNING
        intake.work.save(update_fields=["state"])
    known = tables(intake.sender_id, timezone.localdate())
    running = intake.running_source
    return _Begun(
        upload=intake.upload,
        key=key_of(intake),
        digest=intake.digest,
        known=known,
        language=intake.created_by.language,
        source=source_of(running.kind if running else "", intake.sender.realm),
    )


def _likely(found: Reading, source: str) -> dict[tuple[int, int], int]:
    """Sheet and number of each good row that is probably about somebody known → the record it is like."""
    places = array("Q")

    def meanings() -> Iterator[str]:
        for row in found.rows:
            if not row.wrong:
                places.append(row.sheet << 32 | row.number)
                yield row.meaning

    met = beside(meanings(), source)
    return {(places[at] >> 32, places[at] & 0xFFFF_FFFF): record for at, (record, _bits) in met.items()}


def _progress(intake_id: int) -> Callable[[int], None]:
    """Tells the work how many rows are read."""

    def tell(rows: int) -> None:
        with _transaction():
            LongWork.objects.filter(
                pk__in=Intake.objects.filter(pk=intake_id, state=Intake.State.CHECKING).values("work")
            ).update(done=rows)

    return tell


@contextmanager
def _or_back(intake_id: int) -> Iterator[None]:
    """What fails leaves the list where it stood; the log says why, the list's page what to do."""
    try:
        yield
    except Exception:
        _log.exception("work on a list failed", intake=intake_id)
        with _transaction():
            put_back_intake(intake_id)


@app.task(name=BRING_IN, queue="reading")
def bring_in_intake(intake_id: int) -> None:
    """One transaction: what is killed in the middle of it has not begun."""
    with _or_back(intake_id), _transaction():
        bring_in(intake_id)


@app.task(name=TAKE_BACK, queue="reading")
def take_back_intake(intake_id: int) -> None:
    """As bringing in."""
    with _or_back(intake_id), _transaction():
        leave_register(intake_id)


@app.periodic(cron="* * * * *", periodic_id="intakes")
@app.task(
    name="registry.take_up_stalled",
    queue="reading",
    queueing_lock="registry.take_up_stalled",
    pass_context=False,
)
async def take_up_stalled(timestamp: int) -> None:  # noqa: ARG001  # procrastinate passes it by this name
    """Give jobs back that a killed worker had begun: the next worker takes them up."""
    for name in ALL:
        stalled = await app.job_manager.get_stalled_jobs(
            task_name=name, seconds_since_heartbeat=STALLED_AFTER_SECONDS
        )
        for job in stalled:
            await app.job_manager.retry_job(job)


@app.periodic(cron="*/5 * * * *", periodic_id="intakes-without-work")
@app.task(name="registry.put_back_left", queue="reading", queueing_lock="registry.put_back_left")
def put_back_left(timestamp: int) -> None:  # noqa: ARG001  # procrastinate passes it by this name
    """Lists that say they are being worked on, though no job of theirs waits or runs: the database was away
    when one failed.
    """
    with _transaction():
        # The lists first: one that is begun after this has its job.
        found = list(Intake.objects.filter(state__in=WORKING).order_by("pk").values_list("pk", flat=True))
        jobs = ProcrastinateJob.objects.filter(task_name__in=ALL, status__in=("todo", "doing"))
        worked_on = {args.get("intake_id") for args in jobs.values_list("args", flat=True)}
        for pk in found:
            if pk not in worked_on:
                put_back_intake(pk)


@app.periodic(cron="40 2 * * *", periodic_id="wrong-rows")
@app.task(name="registry.forget_wrong_rows", queue="files", queueing_lock="registry.forget_wrong_rows")
def forget_wrong_rows(timestamp: int) -> None:  # noqa: ARG001  # procrastinate passes it by this name
    """Files of wrong rows do not stay for ever (`intakes.files.MARKED_DAYS`)."""
    with _transaction():
        forget_old()
