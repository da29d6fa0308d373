"""The reports of one period hold for another too ("lồng ghép"): each unit asked by both writes once."""

from __future__ import annotations

from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.reporting.changing import changed, locked, person
from nhipcau.apps.reporting.holding import follow
from nhipcau.apps.reporting.models import Obligation, Period
from nhipcau.apps.reporting.refusals import Refused

State = Obligation.State


def join_periods(period: Period, main: Period, *, actor: Actor) -> int:
    """From now on the reports of `main` hold for `period`, for the units that both ask; how many these are.
    Who has sent for `period` already keeps that.

    Raises Refused: "same-period", "chain", "period-closed", "nobody-in-both".
    """
    with act(actor, "reporting.join_periods", period, permission="edit") as entry:
        first, second = sorted((period, main), key=lambda each: each.pk)
        held = {each.pk: each for each in (locked(first), locked(second))}
        row, carrier = held[period.pk], held[main.pk]
        _may_join(row, carrier)
        row.joined_to = carrier
        count = discharge_all(row, actor)
        if not count:
            raise Refused("nobody-in-both")
        changed(row, actor)
        note(entry, main=carrier.pk, units=count)
    return count


def _may_join(row: Period, carrier: Period) -> None:
    if row.pk == carrier.pk:
        raise Refused("same-period")
    if Period.State.CLOSED in (row.state, carrier.state):
        raise Refused("period-closed")
    if row.joined_to_id is not None or carrier.joined_to_id is not None or row.joins.exists():
        raise Refused("chain")


def discharge_all(period: Period, actor: Actor) -> int:
    """Units that owe a report of a joined period and are asked by the one it is joined to; how many now."""
    if period.joined_to_id is None:
        return 0
    owed = Obligation.objects.select_for_update().filter(period=period, state=State.WAITING)
    carriers = {
        each.organisation_id: each
        for each in Obligation.objects.filter(period=period.joined_to_id, discharged_by=None).expected()
    }
    count = 0
    for row in owed.filter(discharged_by=None).order_by("pk"):
        carrier = carriers.get(row.organisation_id)
        if carrier is None or row.discharges.exists():
            continue
        row.discharged_by = carrier
        row.version += 1
        row.changed_by, row.changed_at = person(actor), timezone.now()
        row.save()
        if carrier.received_at is not None:
            follow(row, carrier)
        count += 1
    return count


def part_periods(period: Period, *, reason: str, actor: Actor) -> int:
    """Each stands by itself again. What the joined one has by the other's reports is owed anew, but for what
    was approved. How many units owe it again.

    Raises Refused("reason"), Refused("not-joined").
    """
    if not reason.strip():
        raise Refused("reason")
    with act(actor, "reporting.part_periods", period, permission="edit", reason=reason.strip()) as entry:
        found = locked(period)
        if found.joined_to_id is None:
            raise Refused("not-joined")
        rows = Obligation.objects.select_for_update().filter(
            period=found, discharged_by__period=found.joined_to_id
        )
        count = 0
        for row in rows.exclude(state__in=(State.APPROVED, State.EXCUSED)).order_by("pk"):
            row.discharged_by, row.state, row.nothing = None, State.WAITING, False
            row.received_at = row.redo_by = None
            row.version += 1
            row.changed_by, row.changed_at = person(actor), timezone.now()
            row.save()
            count += 1
        found.joined_to = None
        changed(found, actor)
        note(entry, units=count)
    return count
