"""Who keeps the register today, as people: whom to tell of what waits there."""

from __future__ import annotations

from datetime import date

from django.db import connection

from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.holders import holders


def keepers(day: date) -> list[User]:
    """Those who see all of it, by the database's own rule (registry_scope). Two queries."""
    people = holders(("coordinator", "officer"), day)
    with connection.cursor() as cursor:
        cursor.execute(
            "select who from unnest(%s::bigint[]) who, lateral registry_scope(who) s where s.everything",
            [[user.pk for user in people]],
        )
        keeping = {pk for (pk,) in cursor.fetchall()}
    return [user for user in people if user.pk in keeping]
