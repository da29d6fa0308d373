"""Somebody begins to answer: an empty version, or a copy of the one that was returned."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db import transaction

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.policies import require
from nhipcau.apps.accounts.models import User
from nhipcau.apps.reporting.answering import emptied, read_answers, without_standing, write_answers
from nhipcau.apps.reporting.holding import hold, is_own, last_sent, may_type, open_draft
from nhipcau.apps.reporting.models import Obligation, Period, Submission
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.apps.reporting.stages import OWED

Via = Submission.Via


def begin_draft(
    obligation: Obligation, *, actor: User, via: str = Via.PAGE, key: UUID | None = None
) -> Submission:
    """The version to write in; the one that is open already, where there is one.

    `key` names what is sent then, so that a program can send it twice. What the lead agency enters for a
    unit is entered from paper, whatever `via` says. Raises Refused: "period-not-open", "no-such-move" when a
    report is received already, "discharged", "waits-for-head", "unit-writes" when the unit itself has begun,
    "key-used".
    """
    require(actor, "write", obligation)
    with transaction.atomic():
        row = hold(obligation)
        if row.state not in OWED:
            raise Refused("no-such-move")
        if row.discharged_by_id is not None:
            raise Refused("discharged")
        if row.period.state != Period.State.OPEN:
            raise Refused("period-not-open")
        found = open_draft(row)
        if found is not None:
            may_type(found, row, actor)
            return _named(found, key)
        with act(actor, "reporting.begin_draft", row, permission="write") as entry:
            made = _make(row, actor, via, key)
            note(entry, submission=made.pk, number=made.number, via=made.via)
    return made


def _named(found: Submission, key: UUID | None) -> Submission:
    """Under the key of the program that goes on with it. Raises Refused("key-used")."""
    if key is not None and found.key != key:
        if Submission.objects.filter(key=key).exists():
            raise Refused("key-used")
        found.key = key
        found.save(update_fields=["key"])
    return found


def _make(row: Obligation, actor: User, via: str, key: UUID | None) -> Submission:
    if key is not None and Submission.objects.filter(key=key).exists():
        raise Refused("key-used")
    before = last_sent(row)
    made = Submission.objects.create(
        obligation=row,
        organisation_id=row.organisation_id,
        number=before.number + 1 if before else 1,
        via=via if is_own(row, actor) else Via.PAPER,
        created_by=actor,
        saved_by=actor,
        key=key or uuid4(),
    )
    if before is not None:
        write_answers(made, emptied(without_standing(read_answers(before))))
        made.save(update_fields=["nothing"])
    return made
