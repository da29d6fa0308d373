"""A report is approved level by level: passed on by the unit that reviews first, then by the province."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.policies import require
from nhipcau.apps.accounts.models import User
from nhipcau.apps.reporting.holding import counting, hold, settle
from nhipcau.apps.reporting.models import Obligation, Submission, Verdict
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.apps.reporting.stages import moved
from nhipcau.apps.reporting.telling_reports import tell_reviewers, tell_unit


def approve_submission(obligation: Obligation, *, version: int, actor: User) -> Obligation:
    """By the province. `version` is the obligation's that the actor saw. Raises Stale, Refused."""
    require(actor, "approve", obligation)
    with transaction.atomic():
        row = hold(obligation)
        state = moved(row, "approve", version)
        with act(actor, "reporting.approve_submission", row, permission="approve") as entry:
            judged = counting(row)
            note(entry, submission=judged.pk, number=judged.number, received=judged.received_number)
            said = _say(judged, Verdict.What.APPROVED, actor)
            judged.state = Submission.State.APPROVED
            judged.save(update_fields=["state"])
            row.state = state
            settle(row, actor)
        tell_unit(row, "reporting.approved", key=f"approved:{said.pk}", actor=actor)
    return row


def pass_below(obligation: Obligation, *, version: int, actor: User) -> Obligation:
    """By the unit that reviews first: it goes on to the province. Raises Stale, Refused."""
    require(actor, "pass_below", obligation)
    with transaction.atomic():
        row = hold(obligation)
        state = moved(row, "pass_below", version)
        with act(actor, "reporting.pass_below", row, permission="pass_below") as entry:
            judged = counting(row)
            note(entry, submission=judged.pk, number=judged.number)
            said = _say(judged, Verdict.What.PASSED_BELOW, actor)
            row.state = state
            settle(row, actor)
        tell_reviewers(
            row, "reporting.received", key=f"passed:{said.pk}", actor=actor, number=judged.received_number
        )
        tell_unit(row, "reporting.passed_below", key=f"passed:{said.pk}", actor=actor)
    return row


def _say(judged: Submission, what: str, actor: User) -> Verdict:
    return Verdict.objects.create(submission=judged, what=what, created_by=actor)


@dataclass(frozen=True, slots=True)
class Approved:
    """`left` are those that were not, each with why."""

    done: list[Obligation] = field(default_factory=list)
    left: list[tuple[Obligation, Refused]] = field(default_factory=list)


def approve_many(versions: Mapping[int, int], *, actor: User) -> Approved:
    """Reports by the obligation's id, each with the version that was seen. Each stands by itself: one that
    changed meanwhile is left, the others are approved. In the order of ids, as everybody locks them.
    """
    result = Approved()
    for found in Obligation.objects.visible_to(actor).filter(pk__in=versions).order_by("pk"):
        try:
            result.done.append(approve_submission(found, version=versions[found.pk], actor=actor))
        except Refused as refusal:
            result.left.append((found, refusal))
    return result
