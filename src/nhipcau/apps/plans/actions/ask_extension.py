"""More time: asked for by the agency, granted or refused by the lead agency; the old date stays readable."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.policies import require
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.models import Assignment, Extension
from nhipcau.apps.plans.progress import Held, hold, settle
from nhipcau.apps.plans.refusals import Refused, Stale
from nhipcau.apps.plans.stages import OPEN
from nhipcau.apps.plans.telling import tell_agency, tell_overseers
from nhipcau.apps.webkit.formats import format_date


def granted(row: Assignment) -> int:
    """How often its date was put off; of a task that comes again, in the open period."""
    period = row.task.periods.filter(closed_at=None).first()
    found = row.extensions.filter(state=Extension.State.GRANTED)
    return found.filter(asked_at__gte=period.opened_at).count() if period else found.count()


def ask_extension(assignment: Assignment, until: date, *, reason: str, actor: User) -> Extension:
    """The request; the coordinators are told. Asking the same again while it waits gives the one that waits.

    Raises Refused: "reason", "no-date", "not-later", "not-ahead", "done-already", "extension-waits",
    "extensions-used".
    """
    if not reason.strip():
        raise Refused("reason")
    require(actor, "update", assignment)
    with transaction.atomic():
        held = hold(assignment)
        old = _due(held.row, until)
        waits = held.row.extensions.filter(state=Extension.State.ASKED).first()
        if waits is not None and (waits.new_due_on, waits.reason) == (until, reason.strip()):
            return waits
        if waits is not None:
            raise Refused("extension-waits", until=format_date(waits.new_due_on))
        if granted(held.row) >= settings.EXTENSIONS:
            raise Refused("extensions-used", n=settings.EXTENSIONS)
        with act(actor, "plans.ask_extension", held.row, permission="update") as entry:
            made = Extension.objects.create(
                assignment=held.row,
                old_due_on=old,
                new_due_on=until,
                reason=reason.strip(),
                asked_by=actor,
            )
            note(entry, task=held.task.pk, old=old.isoformat(), until=until.isoformat())
        tell_overseers(held.row, "plans.extension_asked", key=f"asked:{made.pk}", actor=actor, until=until)
    return made


def _due(row: Assignment, until: date) -> date:
    """The date in force, when it may be put off to `until`."""
    if row.status not in OPEN:
        raise Refused("done-already")
    if row.due_on is None:
        raise Refused("no-date")
    if until <= row.due_on:
        raise Refused("not-later", due=format_date(row.due_on))
    if until <= timezone.localdate():
        raise Refused("not-ahead")
    return row.due_on


def decide_extension(extension: Extension, *, grant: bool, reason: str, actor: User) -> Extension:
    """Granted, the assignment is due on the new date, and its task where it follows.

    Raises Refused("reason"), Refused("own-extension"), Refused("extensions-used"), Refused("done-already"),
    Stale.
    """
    if not reason.strip():
        raise Refused("reason")
    reason = reason.strip()
    require(actor, "decide", extension)
    with transaction.atomic():
        held = hold(extension.assignment)
        fresh = Extension.objects.select_for_update().get(pk=extension.pk)
        if fresh.state != Extension.State.ASKED:
            raise Stale("decided-by-other", fresh.decided_by, fresh.decided_at)
        _may_decide(held, fresh, actor, grant=grant)
        with act(actor, "plans.decide_extension", held.row, permission="view", reason=reason) as entry:
            fresh.state = Extension.State.GRANTED if grant else Extension.State.REFUSED
            fresh.decision, fresh.decided_by, fresh.decided_at = reason.strip(), actor, timezone.now()
            fresh.save()
            note(
                entry,
                task=held.task.pk,
                state=fresh.state,
                old=fresh.old_due_on.isoformat(),
                until=fresh.new_due_on.isoformat(),
            )
            if grant:
                held.row.due_on = fresh.new_due_on
                settle(held, actor)
        kind = "plans.extension_granted" if grant else "plans.extension_refused"
        tell_agency(
            held.row,
            kind,
            key=f"extension:{fresh.pk}",
            actor=actor,
            until=fresh.new_due_on,
            reason=fresh.decision,
        )
    return fresh


def _may_decide(held: Held, extension: Extension, actor: User, *, grant: bool) -> None:
    own = held.row.organisation_id in scope_of(actor).organisations()
    hers = extension.asked_by_id in scope_of(actor).persons(actor)
    if own and hers and not settings.ACCEPT_OWN:
        raise Refused("own-extension")
    if not grant:
        return
    if held.row.status not in OPEN:
        raise Refused("done-already")
    if held.row.due_on is not None and held.row.due_on >= extension.new_due_on:
        raise Refused("not-later", due=format_date(held.row.due_on))
    if granted(held.row) >= settings.EXTENSIONS:
        raise Refused("extensions-used", n=settings.EXTENSIONS)
