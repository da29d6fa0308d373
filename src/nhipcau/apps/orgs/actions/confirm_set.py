"""A coordinator has looked at the members of a group: from now on the phrase means them."""

from __future__ import annotations

from collections.abc import Collection

from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor, System
from nhipcau.apps.orgs.models import OrganisationSet, OrganisationVersion, SetMember
from nhipcau.apps.orgs.registers import set_confirmed


def confirm_set(
    proposed: OrganisationSet,
    members: Collection[int] | None = None,
    *,
    actor: Actor,
    name: str = "",
) -> OrganisationSet:
    """Confirm the set. `members` (ids of organisations) replaces those shown; None keeps them as proposed.

    Who is added belongs to it for the whole time of its existence. A set that was confirmed before can be
    confirmed again with other members; what was approved before keeps the members it had.
    """
    with act(actor, "orgs.confirm_set", proposed, permission="confirm") as entry:
        kept = OrganisationSet.objects.select_for_update().get(pk=proposed.pk)
        if members is not None:
            _replace(kept, set(members))
        kept.name = " ".join(name.split())[:200] or kept.name
        kept.confirmed_at = timezone.now()
        kept.confirmed_by = None if isinstance(actor, System) else actor
        kept.save()
        note(entry, members=kept.members.count())
        set_confirmed(kept, actor)
    return kept


def _replace(kept: OrganisationSet, wanted: set[int]) -> None:
    kept.members.exclude(organisation_id__in=wanted).delete()
    there = set(kept.members.values_list("organisation_id", flat=True))
    versions = OrganisationVersion.objects.filter(organisation_id__in=wanted - there)
    SetMember.objects.bulk_create(
        SetMember(set=kept, organisation_id=version.organisation_id, valid=version.valid)
        for version in versions
    )
