"""An agency says how far it is with its part of a task, or that it is done."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.policies import require
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.models import Upload
from nhipcau.apps.plans.models import Assignment, Evidence, Update
from nhipcau.apps.plans.progress import Held, hold, settle
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.stages import moved, right_of
from nhipcau.apps.plans.stepping import PASSED_OVER, Step, step_now, steps_for
from nhipcau.apps.plans.telling import followers, tell_overseers, tell_people, tell_posts
from nhipcau.apps.webkit.addresses import is_web_address


@dataclass(frozen=True, slots=True)
class Said:
    """What an update says. `percent` from 0 to 100 or `count` of the task's target; `links` are addresses.

    `done` reports the part as done, on `done_on` where the lead agency enters a report for somebody.
    """

    text: str
    percent: int | None = None
    count: Decimal | None = None
    done: bool = False
    done_on: date | None = None
    links: Sequence[str] = ()
    # Files that passed the gate, each with its name here.
    files: Sequence[tuple[Upload, str]] = ()


def send_update(assignment: Assignment, said: Said, *, actor: User, key: uuid.UUID | None = None) -> Update:
    """The update, sent; a report waits for the agency's head where the agency works so. The same `key` again
    gives the update that it made the first time.

    Raises Refused: "empty-update", "bad-link", "done-day", "not-your-day", "not-your-step", "waits-inside",
    "task-ended"; Stale when the state allows no update.
    """
    _check(said, actor)
    with transaction.atomic():
        require(actor, right_of("report"), assignment)
        held = hold(assignment)
        if key is not None and (known := _known(key, assignment, actor)):
            return known
        with act(actor, "plans.send_update", held.row, permission=right_of("report")) as entry:
            old = held.row.status
            update = _write(held, said, actor, key)
            settle(held, actor)
            note(
                entry,
                old=old,
                new=held.row.status,
                task=held.task.pk,
                update=update.pk,
                inside=update.state != Update.State.SENT,
                percent=update.percent,
                files=len(said.files),
                done_on=update.done_on.isoformat() if update.done_on else None,
            )
        _tell(held, update, actor)
    return update


def _tell(held: Held, update: Update, actor: User) -> None:
    if update.state == Update.State.TO_APPROVE:
        tell_posts(held.row, "approve", "plans.to_approve", key=f"to-approve:{update.pk}", actor=actor)
    elif update.done:
        key = f"reported:{update.pk}"
        tell_overseers(held.row, "plans.reported", key=key, actor=actor)
        tell_people(followers(held.task), held.row, "plans.reported", key=key, actor=actor)


def _check(said: Said, actor: User) -> None:
    if not said.text.strip():
        raise Refused("empty-update")
    if not all(is_web_address(link) for link in said.links):
        raise Refused("bad-link")
    if said.done_on is None:
        return
    if said.done_on > timezone.localdate():
        raise Refused("done-day")
    if said.done_on != timezone.localdate() and not scope_of(actor).has("coordinator"):
        raise Refused("not-your-day")


def _known(key: uuid.UUID, assignment: Assignment, actor: User) -> Update | None:
    found = Update.objects.filter(key=key).first()
    if found is None:
        return None
    if found.assignment_id != assignment.pk or found.created_by_id != actor.pk:
        raise Refused("key-used")
    return found


def _waits_for_head(row: Assignment, said: Said, actor: User) -> bool:
    """Whether the report stays inside until the head approves it.

    Raises Refused where it is not the actor's turn. Who reports for another agency passes its steps over.
    """
    if row.step == Step.TO_APPROVE:
        raise Refused("waits-inside")
    scope = scope_of(actor)
    if row.organisation_id not in scope.organisations("officer", "commune_officer", "coordinator"):
        return False
    if scope.may_as(row.organisation_id, "head"):
        return False
    used = steps_for(row.organisation_id)
    if step_now(row, used) in PASSED_OVER:
        raise Refused("not-your-step")
    return said.done and used.approves


def _write(held: Held, said: Said, actor: User, key: uuid.UUID | None) -> Update:
    row, now = held.row, timezone.now()
    inside = _waits_for_head(row, said, actor)
    sent = said.done and not inside
    row.status = moved(row, "report" if sent else "progress")
    row.done_on = (said.done_on or timezone.localdate()) if sent else None
    row.step = Step.TO_APPROVE if inside else Step.SENT if sent else Step.DRAFTING
    percent = 100 if said.done and said.percent is None and said.count is None else said.percent
    row.percent = row.percent if percent is None else percent
    row.count = row.count if said.count is None else said.count
    update = Update.objects.create(
        assignment=row,
        state=Update.State.TO_APPROVE if inside else Update.State.SENT,
        text=said.text.strip(),
        percent=percent,
        count=said.count,
        done=said.done,
        done_on=row.done_on,
        links=list(said.links),
        key=key or uuid.uuid4(),
        created_by=actor,
        sent_by=None if inside else actor,
        sent_at=None if inside else now,
    )
    Evidence.objects.bulk_create(
        [Evidence(update=update, upload=upload, name=name[:255]) for upload, name in said.files],
        ignore_conflicts=True,
    )
    return update
