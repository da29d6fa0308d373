"""One report holds for another obligation of the unit too ("lồng ghép trong báo cáo đối ngoại")."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.policies import require
from nhipcau.apps.accounts.models import User
from nhipcau.apps.reporting.holding import follow, hold
from nhipcau.apps.reporting.models import Obligation
from nhipcau.apps.reporting.refusals import Refused, Stale
from nhipcau.apps.reporting.stages import OWED
from nhipcau.apps.reporting.taking import must_be_taken

State = Obligation.State


def discharge_obligation(obligation: Obligation, by: Obligation, *, version: int, actor: User) -> Obligation:
    """The report of `by` holds for `obligation` too: it is as far as that one from now on. What was drafted
    for it stays a draft.

    Raises Refused: "no-such-move" when a report of its own is received, "not-the-same-unit", "chain" where
    one of the two is discharged itself or holds for a third, "locked"; Stale.
    """
    require(actor, "discharge", obligation)
    require(actor, "discharge", by)
    with transaction.atomic():
        rows = {
            row.pk: row
            for row in Obligation.objects.select_for_update()
            .filter(pk__in=(obligation.pk, by.pk))
            .order_by("pk")
        }
        row, carrier = rows[obligation.pk], rows[by.pk]
        _may_hold(row, carrier, version)
        with act(actor, "reporting.discharge_obligation", row, permission="discharge") as entry:
            note(entry, by=carrier.pk)
            row.discharged_by = carrier
            row.changed_by, row.changed_at = actor, timezone.now()
            row.version += 1
            row.save()
            if carrier.received_at is not None:
                follow(row, carrier)
    return row


def take_back_discharge(obligation: Obligation, *, version: int, actor: User) -> Obligation:
    """The obligation stands by itself again, not sent. Raises Refused("no-such-move"), Stale."""
    require(actor, "discharge", obligation)
    with transaction.atomic():
        row = hold(obligation)
        if row.version != version:
            raise Stale("stale", row.changed_by, row.changed_at)
        if row.discharged_by_id is None or row.state in (State.APPROVED, State.EXCUSED):
            raise Refused("no-such-move")
        with act(actor, "reporting.take_back_discharge", row, permission="discharge") as entry:
            note(entry, by=row.discharged_by_id)
            row.discharged_by, row.state, row.nothing = None, State.WAITING, False
            row.received_at = row.redo_by = None
            row.changed_by, row.changed_at = actor, timezone.now()
            row.version += 1
            row.save()
    return row


def _may_hold(row: Obligation, carrier: Obligation, version: int) -> None:
    if row.version != version:
        raise Stale("stale", row.changed_by, row.changed_at)
    if row.pk == carrier.pk or row.organisation_id != carrier.organisation_id:
        raise Refused("not-the-same-unit")
    if row.state not in OWED or carrier.state == State.EXCUSED:
        raise Refused("no-such-move")
    third = Obligation.objects.filter(discharged_by=row.pk).exists()
    if third or row.discharged_by_id is not None or carrier.discharged_by_id is not None:
        raise Refused("chain")
    must_be_taken(row, timezone.now())
