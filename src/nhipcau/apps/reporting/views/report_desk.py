"""One report as a user has it before her."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from nhipcau.apps.access.policies import may
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.reporting.answering import Answers, emptied, read_answers, without_standing
from nhipcau.apps.reporting.asked import Asked, asked_of
from nhipcau.apps.reporting.background import Background, background_of
from nhipcau.apps.reporting.holding import OPEN, is_head
from nhipcau.apps.reporting.models import Obligation, Period, Submission
from nhipcau.apps.reporting.stages import OWED


@dataclass
class Desk:
    """One report as a user has it before her: `draft` is what she writes in, `last` what was sent last."""

    user: User
    obligation: Obligation
    unit: str
    submissions: Sequence[Submission]
    draft: Submission | None
    last: Submission | None
    asked: Asked

    @cached_property
    def behind(self) -> Background:
        return background_of(self.obligation, self.asked)

    @cached_property
    def stored(self) -> Answers:
        """What the draft says; where none was begun, what it would begin with."""
        if self.draft is not None:
            return read_answers(self.draft)
        if self.last is not None:
            return emptied(without_standing(read_answers(self.last)))
        return Answers()


def obligation_of(request: HttpRequest, pk: int) -> Obligation:
    """The obligation in the user's sight, with its period and form; else 404."""
    rows = Obligation.objects.visible_to(request.user).select_related("period__form_version__form", "through")
    found: Obligation = get_object_or_404(rows, pk=pk)
    return found


def desk_of(user: User, obligation: Obligation) -> Desk:
    """About ten queries."""
    rows = Submission.objects.visible_to(user).filter(obligation=obligation).order_by("number")
    submissions = list(rows.select_related("created_by", "saved_by", "sent_by"))
    drafts = [each for each in submissions if each.state in OPEN]
    sent = [each for each in submissions if each.sent_at is not None]
    unit = names([obligation.organisation_id], timezone.localdate()).get(obligation.organisation_id, "")
    return Desk(
        user,
        obligation,
        unit,
        submissions,
        drafts[-1] if drafts else None,
        sent[-1] if sent else None,
        asked_of(obligation),
    )


def writes(user: User, obligation: Obligation, desk: Desk | None = None) -> bool:
    """Whether the page is one to answer on: something is owed, and it is the user's turn."""
    if obligation.state not in OWED or obligation.discharged_by_id is not None:
        return False
    if obligation.period.state != Period.State.OPEN and obligation.deferred_at is None:
        return False
    if not may(user, "write", obligation):
        return False
    draft = desk.draft if desk else None
    waits = draft is not None and draft.state == Submission.State.TO_APPROVE
    return not waits or is_head(obligation, user)
