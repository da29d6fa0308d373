"""The lead agency returns a report, with the reason; both sides read it for ever."""

from __future__ import annotations

from django.db import transaction

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.policies import require
from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.actions.accept_report import last_report
from nhipcau.apps.plans.models import Assignment, Verdict
from nhipcau.apps.plans.progress import hold, settle
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.stages import moved, right_of
from nhipcau.apps.plans.telling import followers, tell_agency, tell_people


def return_report(assignment: Assignment, *, reason: str, version: int, actor: User) -> Assignment:
    """Return the report, or take back that it was accepted; `version` is the assignment's that the actor saw.

    Raises Refused("reason"), Stale with who did what when.
    """
    require(actor, right_of("return"), assignment)
    reason = reason.strip()
    if not reason:
        raise Refused("reason")
    with transaction.atomic():
        held = hold(assignment)
        status = moved(held.row, "return", version)
        with act(
            actor, "plans.return_report", held.row, permission=right_of("return"), reason=reason
        ) as entry:
            note(entry, old=held.row.status, new=status, task=held.task.pk)
            report = last_report(held.row)
            if report is not None:
                Verdict.objects.create(
                    update=report, what=Verdict.What.RETURNED, reason=reason, created_by=actor
                )
            held.row.status, held.row.done_on = status, None
            held.row.step = Assignment.Step.DRAFTING
            settle(held, actor)
        key = f"returned:{held.row.pk}:{held.row.version}"
        people = followers(held.task)
        tell_agency(held.row, "plans.returned", key=key, actor=actor, reason=reason)
        tell_people(people, held.row, "plans.returned", key=key, actor=actor, reason=reason)
    return held.row
