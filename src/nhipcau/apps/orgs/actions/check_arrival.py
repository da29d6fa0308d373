"""What the reader found in a sheet is kept: a row each, with what it means. Or the reason it was refused."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.models import LongWork
from nhipcau.apps.orgs.arriving import as_rows, parts_of, roles_of
from nhipcau.apps.orgs.models import Arrival, ArrivalRow
from nhipcau.apps.orgs.sheets.findings import check
from nhipcau.apps.orgs.sheets.layout import Part
from nhipcau.core.tablereader import Refusal


@transaction.atomic
def check_arrival(arrival_id: int, parts: Sequence[Part], *, actor: Actor) -> Arrival:
    """Keep the findings of an import that is being checked. A second time changes nothing."""
    arrival = Arrival.objects.select_for_update(of=("self",)).select_related("created_by").get(pk=arrival_id)
    if arrival.state != Arrival.State.CHECKING:
        return arrival
    with act(actor, "orgs.check_arrival", arrival, permission="confirm") as entry:
        _keep(arrival, parts, arrival.created_by)
        arrival.state = Arrival.State.CHECKED
        arrival.layout = [part.kept() for part in parts]
        arrival.save()
        _finish(arrival, LongWork.State.DONE)
        note(entry, rows=arrival.rows.count())
    return arrival


@transaction.atomic
def check_again(arrival: Arrival, *, actor: User) -> Arrival:
    """Find anew, today and for who asks, what the rows mean; for an import that waits to be confirmed."""
    arrival = Arrival.objects.select_for_update(of=("self",)).get(pk=arrival.pk)
    if arrival.state == Arrival.State.CHECKED:
        with act(actor, "orgs.check_arrival", arrival, permission="confirm") as entry:
            arrival.day = timezone.localdate()
            _keep(arrival, parts_of(arrival), actor)
            arrival.save()
            note(entry, rows=arrival.rows.count())
    return arrival


@transaction.atomic
def refuse_arrival(arrival_id: int, refusal: Refusal, *, actor: Actor) -> Arrival:
    """Close an import whose file could not be read."""
    arrival = Arrival.objects.select_for_update(of=("self",)).get(pk=arrival_id)
    if arrival.state == Arrival.State.CHECKING:
        with act(actor, "orgs.refuse_arrival", arrival, permission="confirm", reason=refusal.code):
            arrival.state = Arrival.State.REFUSED
            arrival.refusal = {"code": refusal.code, "values": refusal.values}
            arrival.save()
            _finish(arrival, LongWork.State.FAILED)
    return arrival


def _keep(arrival: Arrival, parts: Sequence[Part], giver: User) -> None:
    rows = as_rows(arrival, check(parts, arrival.day, roles_of(giver)))
    arrival.rows.all().delete()
    ArrivalRow.objects.bulk_create(rows, batch_size=500)


def _finish(arrival: Arrival, state: LongWork.State) -> None:
    if arrival.work is not None:
        arrival.work.state, arrival.work.done = state, arrival.work.total
        arrival.work.finished_at = timezone.now()
        arrival.work.save()
