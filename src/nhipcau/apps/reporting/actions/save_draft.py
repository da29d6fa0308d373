"""What was typed so far is kept; of two people at once the slower is told, and has her text back."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from nhipcau.apps.access.policies import require
from nhipcau.apps.accounts.models import User
from nhipcau.apps.reporting.answering import LONGEST_TEXT, Answers, emptied, write_answers
from nhipcau.apps.reporting.asked import Asked, Kind, asked_of
from nhipcau.apps.reporting.holding import hold, may_type, open_draft, unchanged
from nhipcau.apps.reporting.models import Submission
from nhipcau.apps.reporting.refusals import Refused

MOST_DIFFICULTIES, MOST_FILES, MOST_FIGURES, LONGEST_REASON = 60, 30, 3000, 500
# Of the database's column.
MOST = 10**16


def save_draft(
    submission: Submission,
    answers: Answers,
    *,
    revision: int,
    actor: User,
    page: UUID | None = None,
    asked: Asked | None = None,
    paper_on: date | None = None,
) -> Submission:
    """The draft with exactly these answers. `revision` is the one that the actor saw; `page` names an open
    page, whose own savings are never stale to it. `asked` spares the queries for it. `paper_on` is the day on
    which it came, of what is entered from paper.

    It writes no event: a draft is a working paper of its unit. Raises Refused: "sent-already",
    "waits-for-head", "unit-writes", "not-of-form", "too-long", "too-many"; Stale with who saved when.
    """
    require(actor, "write", submission.obligation)
    with transaction.atomic():
        row = hold(submission.obligation)
        draft = open_draft(row)
        if draft is None or draft.pk != submission.pk:
            raise Refused("sent-already")
        may_type(draft, row, actor)
        unchanged(draft, revision, page)
        tidied = emptied(answers)
        fits(tidied, asked or asked_of(row))
        write_answers(draft, tidied)
        draft.revision += 1
        draft.paper_on = paper_on if draft.via == Submission.Via.PAPER else None
        draft.saved_by, draft.saved_at, draft.saved_from = actor, timezone.now(), page
        draft.save()
    return draft


def fits(answers: Answers, asked: Asked) -> None:
    """Raises Refused where an answer is to nothing that is asked, or larger than can be kept."""
    if any(len(each.text) > LONGEST_TEXT or len(each.addressee) > 300 for each in answers.texts):
        raise Refused("too-long", n=LONGEST_TEXT)
    if any(len(each.reason) > LONGEST_REASON for each in answers.reasons):
        raise Refused("too-long", n=LONGEST_REASON)
    rows = [each for each in answers.texts if each.task is None]
    if (
        len(rows) > MOST_DIFFICULTIES + len(asked.sections)
        or len(answers.files) > MOST_FILES
        or len(answers.figures) > MOST_FIGURES
        or len(answers.reasons) > MOST_FIGURES
    ):
        raise Refused("too-many")
    if not all((_texts_fit(answers, asked), _figures_fit(answers, asked), _files_fit(answers, asked))):
        raise Refused("not-of-form")


def _texts_fit(answers: Answers, asked: Asked) -> bool:
    for each in answers.texts:
        section = asked.by_pk.get(each.section)
        if section is None or section.kind == Kind.HEADING:
            return False
        if each.task is not None and (section.kind != Kind.TASKS or each.task not in asked.tasks):
            return False
        if each.task is None and section.kind == Kind.TASKS and not each.nothing:
            return False
    return True


def _figures_fit(answers: Answers, asked: Asked) -> bool:
    known = {
        (pk, found.code): {part.code for part in parts}
        for pk, wanted in asked.figures.items()
        for found, parts in asked.splits_of(wanted)
    }
    for each in answers.figures:
        wanted = asked.figures.get(each.asked)
        if wanted is None or (each.amount is None) != each.no_data:
            return False
        if each.amount is not None and abs(each.amount) >= MOST:
            return False
        if each.split and each.category not in known.get((each.asked, each.split), ()):
            return False
    return True


def _files_fit(answers: Answers, asked: Asked) -> bool:
    return all(
        each.section in asked.by_pk and asked.by_pk[each.section].kind == Kind.ATTACHMENTS
        for each in answers.files
    )
