"""The lead agency accepts what an agency reported as done: only now it is."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.policies import require
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.models import Assignment, Update, Verdict
from nhipcau.apps.plans.progress import Held, hold, settle
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.stages import moved, right_of
from nhipcau.apps.plans.telling import followers, tell_agency, tell_people


def accept_report(assignment: Assignment, *, version: int, actor: User) -> Assignment:
    """Accept the report; `version` is the assignment's that the actor saw.

    Raises Stale with who did what when, Refused("own-report") where a second coordinator has to accept.
    """
    require(actor, right_of("accept"), assignment)
    with transaction.atomic():
        held = hold(assignment)
        status = moved(held.row, "accept", version)
        report = last_report(held.row)
        if report is not None and _is_her_own(held, report, actor):
            raise Refused("own-report")
        with act(actor, "plans.accept_report", held.row, permission=right_of("accept")) as entry:
            note(entry, old=held.row.status, new=status, task=held.task.pk)
            if report is not None:
                Verdict.objects.create(update=report, what=Verdict.What.ACCEPTED, created_by=actor)
            held.row.status = status
            settle(held, actor)
        key = f"accepted:{held.row.pk}:{held.row.version}"
        tell_agency(held.row, "plans.accepted", key=key, actor=actor)
        tell_people(followers(held.task), held.row, "plans.accepted", key=key, actor=actor)
    return held.row


def last_report(row: Assignment) -> Update | None:
    """The report that waits, or was accepted last."""
    return row.updates.filter(done=True, state=Update.State.SENT).order_by("-pk").first()


def _is_her_own(held: Held, report: Update, actor: User) -> bool:
    """Her own report on a task of her own agency. One that she entered for another agency was that
    agency's.
    """
    if settings.ACCEPT_OWN or held.row.organisation_id not in scope_of(actor).organisations():
        return False
    return bool(scope_of(actor).persons(actor) & {report.created_by_id, report.sent_by_id})
