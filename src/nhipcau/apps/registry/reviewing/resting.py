"""Records of persons whose data rest: the desk shows a number instead of them, and decides nothing."""

from __future__ import annotations

from nhipcau.apps.access.identity import as_part
from nhipcau.apps.registry.models import Membership
from nhipcau.apps.registry.reach import sees_all


def at_rest(user: object) -> dict[int, int]:
    """Record → person, of all whose use is restricted; few. One query for the keeper.

    For others a part of the system asks: who sent such a record reads it as a record of hers, and is not to
    learn whose it is.
    """
    if sees_all(user):
        return _resting()
    with as_part("reviewing"):
        return _resting()


def _resting() -> dict[int, int]:
    rows = Membership.objects.filter(until=None, person__restricted_at__isnull=False)
    return dict(rows.order_by().values_list("record", "person"))
