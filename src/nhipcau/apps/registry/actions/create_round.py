"""A survey campaign is prepared with its definitions, then opened for records."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.registry.models import Round, RoundUnit


def create_round(
    *,
    name: str,
    reference_date: date,
    counting: str,
    groups: str,
    source: str,
    units: Collection[int],
    actor: User,
) -> Round:
    """A draft that covers `units` (organisations, ids). Raises Refused without a unit: n of N needs an N."""
    if not units:
        raise Refused(_("Say which units the round covers: its figures are told as n of N units."))
    with act(actor, "registry.create_round", Round, permission="create") as entry:
        made = Round.objects.create(
            name=" ".join(name.split()),
            reference_date=reference_date,
            counting=counting,
            groups=groups,
            source=" ".join(source.split()),
            created_by=actor,
        )
        RoundUnit.objects.bulk_create(RoundUnit(round=made, organisation_id=pk) for pk in sorted(set(units)))
        entry.subject = made
        note(entry, reference_date=reference_date.isoformat(), counting=counting, units=len(set(units)))
    return made


def open_round(round: Round, *, actor: User) -> Round:
    """From now on it takes records, and what it counts is fixed. Raises Refused when it is open already."""
    with act(actor, "registry.open_round", round, permission="edit"):
        found = Round.objects.select_for_update().get(pk=round.pk)
        if found.state != Round.State.DRAFT:
            raise Refused(_("This round is open already."))
        found.state = Round.State.OPEN
        found.save(update_fields=["state"])
    return found
