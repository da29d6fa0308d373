"""Who judges a report returns it, with the reason and what is wrong where; both sides read it for ever."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.policies import require
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.audit.record import Entry
from nhipcau.apps.plans.heirs import in_office
from nhipcau.apps.reference.calendars import calendar_of, newest
from nhipcau.apps.reporting.holding import counting, hold, settle
from nhipcau.apps.reporting.models import Obligation, Submission, Verdict
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.apps.reporting.stages import moved
from nhipcau.apps.reporting.telling_reports import tell_unit
from nhipcau.core.workdays import end_of

REDO_DAYS = 2
MOST_MARKS, LONGEST_MARK, LONGEST_REASON = 100, 500, 5000
Marks = Sequence[tuple[str, str]]


def redo_by(now: datetime, working_days: int = REDO_DAYS) -> datetime:
    """The end of the working day so many working days from now, by the calendar in force. Two queries."""
    today = timezone.localtime(now).date()
    return end_of(calendar_of(newest(), first=today).add(today, working_days))


def return_submission(
    obligation: Obligation,
    *,
    reason: str,
    version: int,
    actor: User,
    marks: Marks = (),
    until: datetime | None = None,
) -> Obligation:
    """Return the report that was received, or take back that it was approved. `marks` are pairs of a place
    and words; `until` is by when it is to be sent again: two working days, unless said. Where the unit has
    ended meanwhile, who took over owes it from now on; what was sent keeps the name of who sent it.

    Raises Refused: "reason", "too-long", "not-ahead"; Stale with who did what when.
    """
    require(actor, "judge", obligation)
    reason = reason.strip()
    if not reason:
        raise Refused("reason")
    if len(reason) > LONGEST_REASON or len(marks) > MOST_MARKS:
        raise Refused("too-long", n=LONGEST_REASON)
    with transaction.atomic():
        heirs = in_office([obligation.organisation_id])
        row, now = hold(obligation), timezone.now()
        again = until or redo_by(now)
        if again <= now:
            raise Refused("not-ahead")
        state = moved(row, "return", version)
        _only_while_below(row, actor)
        with act(actor, "reporting.return_submission", row, permission="judge", reason=reason) as entry:
            judged = counting(row)
            note(entry, submission=judged.pk, old=row.state, marks=len(marks), until=again.isoformat())
            said = Verdict.objects.create(
                submission=judged,
                what=Verdict.What.RETURNED,
                reason=reason,
                marks=[
                    {"place": place[:120], "words": words.strip()[:LONGEST_MARK]}
                    for place, words in marks
                    if words.strip()
                ],
                redo_by=again,
                created_by=actor,
            )
            judged.state = Submission.State.RETURNED
            judged.save(update_fields=["state"])
            row.state, row.redo_by = state, again
            _to_heir(row, heirs.get(row.organisation_id), entry)
            settle(row, actor, now)
        tell_unit(
            row, "reporting.returned", key=f"returned:{said.pk}", actor=actor, reason=reason, until=again
        )
    return row


def _to_heir(row: Obligation, heir: int | None, entry: Entry) -> None:
    """Who owes a report of this period already is not asked for a second one: then the lead agency enters
    from paper what it is given.
    """
    if heir is None or Obligation.objects.filter(period=row.period_id, organisation=heir).exists():
        return
    note(entry, unit=row.organisation_id, heir=heir)
    row.organisation_id = heir


def _only_while_below(row: Obligation, actor: User) -> None:
    """The unit that reviews first has no say once it was passed on."""
    if not scope_of(actor).has("coordinator") and row.state != Obligation.State.BELOW:
        raise Refused("no-such-move")
