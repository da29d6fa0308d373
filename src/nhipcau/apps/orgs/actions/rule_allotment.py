"""Rules by which open items of a body are allotted in bulk: the first that fits decides."""

from __future__ import annotations

from django.db.models import Max

from nhipcau.apps.access.actors import Actor
from nhipcau.apps.orgs.models import AllotmentRule, Fate, Restructuring, StepUnit
from nhipcau.apps.orgs.restructuring.stages import editing


def add_allotment_rule(
    act: Restructuring,
    organisation: int,
    by: str,
    *,
    fate: str,
    actor: Actor,
    value: str = "",
    unit: StepUnit | None = None,
    revision: int | None = None,
) -> AllotmentRule:
    """The rule, after those that are there. `unit` is who gets it, for the fate "give"."""
    with editing(act, "add_allotment_rule", actor=actor, revision=revision) as fresh:
        last = fresh.rules.filter(organisation=organisation).aggregate(last=Max("position"))["last"] or 0
        return AllotmentRule.objects.create(
            restructuring=fresh,
            position=last + 1,
            organisation_id=organisation,
            by=AllotmentRule.By(by),
            value=value.strip()[:300],
            fate=Fate(fate),
            unit=unit if fate == Fate.GIVE else None,
        )


def remove_allotment_rule(
    act: Restructuring, rule: AllotmentRule, *, actor: Actor, revision: int | None = None
) -> None:
    """Items that it allotted wait for another rule, or a hand."""
    with editing(act, "remove_allotment_rule", actor=actor, revision=revision) as fresh:
        fresh.rules.filter(pk=rule.pk).delete()
