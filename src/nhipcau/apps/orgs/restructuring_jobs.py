"""Work of the worker: carrying acts of restructuring out, and undoing them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections, transaction
from django.utils import timezone, translation
from procrastinate.contrib.django import app

from nhipcau.apps.access.actors import Actor, System
from nhipcau.apps.access.identity import acting
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.models import LongWork
from nhipcau.apps.orgs.actions.carry_out_restructuring import carry_out_restructuring
from nhipcau.apps.orgs.actions.refuse_undo import refuse_undo
from nhipcau.apps.orgs.actions.return_restructuring import return_restructuring
from nhipcau.apps.orgs.actions.undo_restructuring import undo_restructuring
from nhipcau.apps.orgs.models import Restructuring
from nhipcau.apps.orgs.restructuring.deferring import CARRY_OUT, UNDO
from nhipcau.apps.orgs.restructuring.sentences import FAILED

ITSELF = System("restructuring")
TRIES = 3
_log = structlog.get_logger("nhipcau.orgs")


@contextmanager
def _transaction(actor: Actor) -> Iterator[None]:
    """One of its own with the actor's identity; part of the running one where jobs are run at once."""
    if connections[DEFAULT_DB_ALIAS].in_atomic_block:
        with transaction.atomic():
            yield
    else:
        with acting(actor):
            yield


@app.task(name=CARRY_OUT, queue="restructuring")
def carry_out(act_id: int, user_id: int) -> None:
    """By the approval of `user_id`. Doing it twice is doing it once; one that cannot be goes back."""

    def do(act: Restructuring, actor: Actor) -> None:
        carry_out_restructuring(act, actor=actor)

    refused = _run(act_id, user_id, do, Restructuring.State.APPROVED)
    if refused:
        with _transaction(ITSELF):
            act = Restructuring.objects.get(pk=act_id)
            if act.state == Restructuring.State.APPROVED:
                return_restructuring(act, reason=refused, actor=ITSELF)


@app.task(name=UNDO, queue="restructuring")
def undo(act_id: int, user_id: int) -> None:
    """By the approval of `user_id`. One that cannot be undone stays carried out; its page says why."""

    def do(act: Restructuring, actor: Actor) -> None:
        undo_restructuring(act, actor=actor)

    refused = _run(act_id, user_id, do, Restructuring.State.UNDO_ASKED)
    if refused:
        with _transaction(ITSELF):
            act = Restructuring.objects.get(pk=act_id)
            if act.state == Restructuring.State.UNDO_ASKED:
                refuse_undo(act, reason=refused, actor=ITSELF)


def _run(act_id: int, user_id: int, do: Callable[[Restructuring, Actor], None], waits: str) -> str:
    """Do it in one transaction and end its long work; returns why not, in the instance's language."""
    actor = User.objects.get(pk=user_id)
    if not _begin(act_id, waits):
        return ""
    refused = ""
    with translation.override("vi"):
        try:
            _tried(act_id, actor, do)
        except Refused as error:
            refused = str(error.why)
        except Exception:
            _log.exception("restructuring failed", act=act_id)
            refused = str(FAILED)
    _end(act_id, refused)
    return refused


def _tried(act_id: int, actor: User, do: Callable[[Restructuring, Actor], None]) -> None:
    """Once more where two waited for each other and the database gave one of them up."""
    for left in reversed(range(TRIES)):
        try:
            with _transaction(actor):
                do(Restructuring.objects.get(pk=act_id), actor)
            return
        except OperationalError:
            if not left or connections[DEFAULT_DB_ALIAS].in_atomic_block:
                raise


def _begin(act_id: int, waits: str) -> bool:
    with _transaction(ITSELF):
        act = Restructuring.objects.select_related("work").get(pk=act_id)
        if act.state != waits:
            return False
        if act.work is not None:
            act.work.state, act.work.done = LongWork.State.RUNNING, 1
            act.work.save()
    return True


def _end(act_id: int, refused: str) -> None:
    with _transaction(ITSELF):
        act = Restructuring.objects.select_related("work").get(pk=act_id)
        if act.work is not None:
            act.work.state = LongWork.State.FAILED if refused else LongWork.State.DONE
            act.work.done, act.work.finished_at = act.work.total, timezone.now()
            act.work.save()
        act.refusal = {"words": refused} if refused else None
        act.save(update_fields=["refusal"])


@app.periodic(cron="10 * * * *", periodic_id="restructuring")
@app.task(name="orgs.carry_out_due", queue="restructuring", queueing_lock="orgs.carry_out_due")
def carry_out_due(timestamp: int) -> None:  # noqa: ARG001  # procrastinate passes it by this name
    """Every hour: approved acts whose day has come, and those whose worker was killed."""
    today = timezone.localdate()
    due = Restructuring.objects.filter(state=Restructuring.State.APPROVED, effective_on__lte=today)
    for act_id, user_id in due.order_by("effective_on", "pk").values_list("pk", "approved_by_id"):
        if user_id is not None:
            carry_out(act_id, user_id)
