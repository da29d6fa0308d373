"""The coordinator opens the estimates of a year: which agencies, by when, who appraises."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from nhipcau.apps.access.act import act, note
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import Organisation
from nhipcau.apps.plans.models import EstimateRound, RoundAgency
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.telling_estimates import tell_asked


def open_round(
    year: int, *, send_by: date, finance: Organisation, agencies: Collection[int], words: str, actor: User
) -> EstimateRound:
    """The round; `agencies` are organisations (ids). Raises Refused("round-exists"),
    Refused("round-agencies").
    """
    if not agencies:
        raise Refused("round-agencies")
    with act(actor, "plans.open_round", EstimateRound, permission="create") as entry:
        made, created = EstimateRound.objects.get_or_create(
            year=year, defaults={"send_by": send_by, "finance": finance, "note": words, "opened_by": actor}
        )
        if not created:
            raise Refused("round-exists", year=year)
        asked = RoundAgency.objects.bulk_create(
            RoundAgency(round=made, organisation_id=pk) for pk in sorted(set(agencies))
        )
        for row in asked:
            tell_asked(row, "plans.estimates_opened", key=str(row.pk), actor=actor)
        entry.subject = made
        note(entry, year=year, send_by=send_by.isoformat(), agencies=len(set(agencies)), finance=finance.pk)
    return made
