"""Open items allotted by hand: this goes before every rule."""

from __future__ import annotations

from collections.abc import Collection

from nhipcau.apps.access.actors import Actor
from nhipcau.apps.orgs.models import Allotment, Fate, Restructuring, StepUnit
from nhipcau.apps.orgs.restructuring.stages import editing


def allot_items(
    act: Restructuring,
    items: Collection[tuple[str, str]],
    fate: str,
    *,
    actor: Actor,
    unit: StepUnit | None = None,
    revision: int | None = None,
) -> int:
    """Decide for the items (relation's key, row's key); an empty `fate` leaves them to the rules again.

    Returns how many were decided.
    """
    with editing(act, "allot_items", actor=actor, revision=revision) as fresh:
        for relation in {key for key, _row in items}:
            rows = [row for key, row in items if key == relation]
            Allotment.objects.filter(restructuring=fresh, relation=relation, row__in=rows).delete()
        if not fate:
            return 0
        made = [
            Allotment(
                restructuring=fresh,
                relation=relation,
                row=row,
                fate=Fate(fate),
                unit=unit if fate == Fate.GIVE else None,
            )
            for relation, row in dict.fromkeys(items)
        ]
        return len(Allotment.objects.bulk_create(made))
