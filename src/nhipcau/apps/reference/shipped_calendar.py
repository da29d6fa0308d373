"""The calendar that comes with the product, loaded as versions: the library's holidays, then known swaps."""

from __future__ import annotations

from nhipcau.apps.access.actors import Actor
from nhipcau.apps.reference.actions.decide_days import add_version
from nhipcau.apps.reference.models import CalendarVersion, number_key
from nhipcau.core.workdays import Decision, shipped_decisions


def load_calendar(*, actor: Actor) -> int:
    """Add the decisions that are not there yet; returns how many.

    One that the province has entered itself, by the same number, is not added again.
    """
    rows = CalendarVersion.objects.select_for_update().values_list("key", "document")
    there = list(rows)
    keys = {key for key, _document in there}
    numbers = {number_key(document) for _key, document in there if document}
    new = [each for each in shipped_decisions() if not _known(each, keys, numbers)]
    for each in new:
        add_version(
            each.marks,
            title=each.title,
            document=each.number,
            issuer=each.issuer,
            decided_on=each.decided_on,
            key=each.key,
            actor=actor,
        )
    return len(new)


def _known(decision: Decision, keys: set[str], numbers: set[str]) -> bool:
    return decision.key in keys or (bool(decision.number) and number_key(decision.number) in numbers)
