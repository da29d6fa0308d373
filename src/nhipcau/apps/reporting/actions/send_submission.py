"""A unit sends its report: checked, frozen, numbered; or to its head first, where the unit works so."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.policies import require
from nhipcau.apps.accounts.models import User
from nhipcau.apps.reporting.answering import (
    Answers,
    content_of,
    digest_of,
    emptied,
    read_answers,
    write_answers,
)
from nhipcau.apps.reporting.asked import Asked, asked_of
from nhipcau.apps.reporting.background import background_of, completed
from nhipcau.apps.reporting.checking import check, unanswered
from nhipcau.apps.reporting.findings import Finding
from nhipcau.apps.reporting.holding import hold, is_head, may_type, needs_head, open_draft, settle, unchanged
from nhipcau.apps.reporting.models import Obligation, Submission, Verdict
from nhipcau.apps.reporting.paper import came_at
from nhipcau.apps.reporting.receiving import take_number, with_standing
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.apps.reporting.stages import moved
from nhipcau.apps.reporting.taking import must_be_taken
from nhipcau.apps.reporting.telling_reports import tell_heads, tell_people, tell_reviewers

Inner = Submission.State


class ChecksFailed(Refused):
    """Errors, or warnings without a reason: `findings` say where."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("checks", n=len(findings))
        self.findings = findings


def send_submission(submission: Submission, *, revision: int, actor: User) -> Submission:
    """The version as it was sent, with its received number; or as it waits for the head.

    `revision` is the one that the sender saw. Sending a version twice is sending it once: the second time
    gives what the first made. The instant of receipt is when the obligation's lock is held; of what is
    entered from paper the day on which it came, if one was given. Raises ChecksFailed, Refused: "locked",
    "period-not-open", "no-such-move", "unit-writes", "paper-day"; Stale with who was faster.
    """
    require(actor, "write", submission.obligation)
    with transaction.atomic():
        row = hold(submission.obligation)
        now = timezone.now()
        draft = Submission.objects.select_for_update().get(pk=submission.pk, obligation=row.pk)
        if draft.sent_at is not None:
            return draft
        if draft.state == Inner.TO_APPROVE and not is_head(row, actor):
            return draft
        may_type(draft, row, actor)
        move = "send_below" if row.through_id is not None else "send"
        state = moved(row, move)
        unchanged(draft, revision)
        must_be_taken(row, now)
        asked = asked_of(row)
        answers = _checked(draft, row, asked)
        if needs_head(row, actor):
            return _to_head(draft, row, actor)
        row.state, row.received_at, row.nothing = state, came_at(draft, row, now), draft.nothing
        _send(draft, row, with_standing(answers, asked), actor, now)
    return draft


def _checked(draft: Submission, row: Obligation, asked: Asked) -> Answers:
    """The answers with what nobody types, as of now."""
    behind = background_of(row, asked)
    answers = emptied(read_answers(draft))
    left = unanswered(check(answers, asked, behind), answers)
    if left:
        raise ChecksFailed(left)
    return completed(answers, asked, behind.drawn)


def _to_head(draft: Submission, row: Obligation, actor: User) -> Submission:
    with act(actor, "reporting.ask_head", row, permission="write") as entry:
        note(entry, submission=draft.pk, number=draft.number)
        draft.state = Inner.TO_APPROVE
        draft.revision += 1
        draft.save()
    tell_heads(row, "reporting.to_approve", key=f"to-approve:{draft.pk}:{draft.revision}", actor=actor)
    return draft


def _send(draft: Submission, row: Obligation, answers: Answers, actor: User, now: datetime) -> None:
    """The obligation says already what it becomes, and when it came."""
    by_head = draft.state == Inner.TO_APPROVE
    with act(actor, "reporting.send_submission", row, permission="write") as entry:
        draft.organisation_id = row.organisation_id
        write_answers(draft, answers)
        if by_head:
            Verdict.objects.create(submission=draft, what=Verdict.What.PASSED_HEAD, created_by=actor)
        draft.digest = digest_of(content_of(draft))
        settle(row, actor, now)
        draft.state, draft.sent_at, draft.sent_by = Inner.SENT, now, actor
        draft.revision += 1
        # Last, since everybody who sends waits for this row.
        draft.received_number = take_number(now)
        draft.save()
        note(
            entry,
            submission=draft.pk,
            number=draft.number,
            received=draft.received_number,
            digest=draft.digest,
            via=draft.via,
        )
    kind = "reporting.to_review" if row.state == Obligation.State.BELOW else "reporting.received"
    tell_reviewers(row, kind, key=f"sent:{draft.pk}", actor=actor, number=draft.received_number)


def give_back(submission: Submission, *, reason: str, actor: User) -> Submission:
    """Inside the unit: the head gives the draft back to who wrote it, with the reason. Nobody else sees it.

    Raises Refused("reason"), Refused("no-such-move").
    """
    require(actor, "approve_inside", submission.obligation)
    if not reason.strip():
        raise Refused("reason")
    with transaction.atomic():
        row = hold(submission.obligation)
        draft = open_draft(row)
        if draft is None or draft.pk != submission.pk or draft.state != Inner.TO_APPROVE:
            raise Refused("no-such-move")
        with act(actor, "reporting.give_back", row, permission="approve_inside") as entry:
            note(entry, submission=draft.pk, number=draft.number)
            draft.state = Inner.DRAFT
            draft.revision += 1
            draft.save()
            said = Verdict.objects.create(
                submission=draft, what=Verdict.What.GIVEN_BACK, reason=reason.strip(), created_by=actor
            )
        from_whom = [person for person in {draft.created_by, draft.saved_by} if person is not None]
        tell_people(
            from_whom,
            row,
            "reporting.given_back",
            key=f"given-back:{said.pk}",
            actor=actor,
            reason=said.reason,
        )
    return draft
