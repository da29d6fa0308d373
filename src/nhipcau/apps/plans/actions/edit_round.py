"""A round gets another day, another finance agency, other words, or agencies more or fewer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.orgs.models import Organisation
from nhipcau.apps.plans.models import EstimateRound, RoundAgency
from nhipcau.apps.plans.refusals import Refused


def edit_round(
    found: EstimateRound,
    *,
    send_by: date,
    finance: Organisation,
    agencies: Collection[int],
    words: str,
    actor: User,
) -> EstimateRound:
    """An agency leaves only while it has entered nothing. Raises Refused("round-closed"),
    Refused("round-agencies"), Refused("round-has-lines").
    """
    wanted = set(agencies)
    if not wanted:
        raise Refused("round-agencies")
    with act(actor, "plans.edit_round", found, permission="edit") as entry:
        fresh = EstimateRound.objects.select_for_update().get(pk=found.pk)
        if fresh.closed_at is not None:
            raise Refused("round-closed")
        there = {row.organisation_id: row for row in fresh.agencies.select_for_update()}
        leaving = [row for pk, row in there.items() if pk not in wanted]
        for row in leaving:
            if row.first_sent_at or row.estimates.exists():
                name = names({row.organisation_id}, timezone.localdate()).get(row.organisation_id, "")
                raise Refused("round-has-lines", name=name)
        RoundAgency.objects.filter(pk__in=[row.pk for row in leaving]).delete()
        RoundAgency.objects.bulk_create(
            RoundAgency(round=fresh, organisation_id=pk) for pk in sorted(wanted - set(there))
        )
        note(entry, old=fresh.send_by.isoformat(), new=send_by.isoformat(), agencies=len(wanted))
        fresh.send_by, fresh.finance, fresh.note = send_by, finance, words
        fresh.save()
    return fresh
