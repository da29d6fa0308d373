"""More time for one unit's report: asked for by the unit, granted or refused by the lead agency."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.policies import require
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.reporting.holding import hold, settle
from nhipcau.apps.reporting.models import Deferral, Obligation, Period
from nhipcau.apps.reporting.refusals import Refused, Stale
from nhipcau.apps.reporting.stages import OWED
from nhipcau.apps.reporting.telling_reports import tell_reviewers, tell_unit
from nhipcau.apps.webkit.formats import format_date, format_moment
from nhipcau.core.workdays import end_of

State = Deferral.State
LONGEST = 2000


def ask_deferral(obligation: Obligation, until: date, *, reason: str, actor: User) -> Deferral:
    """The request; the coordinators are told. The same request again gives the one that waits.

    Raises Refused: "reason", "too-long", "no-such-move" when nothing is owed, "period-not-open", "too-early",
    "not-ahead", "deferral-waits".
    """
    require(actor, "ask", obligation)
    reason = reason.strip()
    if not reason:
        raise Refused("reason")
    if len(reason) > LONGEST:
        raise Refused("too-long", n=LONGEST)
    with transaction.atomic():
        row = hold(obligation)
        if row.state not in OWED:
            raise Refused("no-such-move")
        if row.period.state != Period.State.OPEN:
            raise Refused("period-not-open")
        new_at = end_of(until)
        if new_at <= timezone.now():
            raise Refused("not-ahead")
        if new_at <= row.due_at:
            raise Refused("too-early", due=format_moment(row.due_at))
        waits = row.deferrals.filter(state=State.ASKED).first()
        if waits is not None and (waits.new_at, waits.reason) == (new_at, reason):
            return waits
        if waits is not None:
            raise Refused("deferral-waits", until=format_date(waits.new_at))
        with act(actor, "reporting.ask_deferral", row, permission="ask") as entry:
            made = Deferral.objects.create(
                obligation=row, old_at=row.due_at, new_at=new_at, reason=reason, asked_by=actor
            )
            note(entry, old=made.old_at.isoformat(), until=new_at.isoformat())
        tell_reviewers(
            row, "reporting.time_asked", key=f"asked:{made.pk}", actor=actor, until=until, reason=reason
        )
    return made


def decide_deferral(deferral: Deferral, *, grant: bool, reason: str, actor: User) -> Deferral:
    """Granted, the report is due at the new moment, also where the period is locked meanwhile.

    Raises Refused: "reason", "own-deferral", "no-such-move" when the report came meanwhile, "not-ahead";
    Stale with who decided when.
    """
    require(actor, "decide", deferral)
    reason = reason.strip()
    if not reason:
        raise Refused("reason")
    if len(reason) > LONGEST:
        raise Refused("too-long", n=LONGEST)
    with transaction.atomic():
        row, now = hold(deferral.obligation), timezone.now()
        fresh = Deferral.objects.select_for_update().get(pk=deferral.pk)
        if fresh.state != State.ASKED:
            raise Stale("decided-by-other", fresh.decided_by, fresh.decided_at)
        _may_decide(row, fresh, actor, grant=grant)
        with act(actor, "reporting.decide_deferral", fresh, permission="decide", reason=reason) as entry:
            fresh.state = State.GRANTED if grant else State.REFUSED
            fresh.decision, fresh.decided_by, fresh.decided_at = reason, actor, now
            fresh.save()
            note(entry, obligation=row.pk, state=fresh.state, until=fresh.new_at.isoformat())
            if grant:
                row.deferred_at = max(filter(None, (row.deferred_at, fresh.new_at)))
                settle(row, actor, now)
        kind = "reporting.time_granted" if grant else "reporting.time_refused"
        tell_unit(row, kind, key=f"deferral:{fresh.pk}", actor=actor, until=fresh.new_at, reason=reason)
    return fresh


def _may_decide(row: Obligation, deferral: Deferral, actor: User, *, grant: bool) -> None:
    own = row.organisation_id in scope_of(actor).organisations()
    if own and deferral.asked_by_id in scope_of(actor).persons(actor) and not settings.ACCEPT_OWN:
        raise Refused("own-deferral")
    if not grant:
        return
    if row.state not in OWED:
        raise Refused("no-such-move")
    if deferral.new_at <= timezone.now():
        raise Refused("not-ahead")
