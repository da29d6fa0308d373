"""A person chooses when reminders come by mail, or that none come."""

from __future__ import annotations

from collections.abc import Iterable

from nhipcau.apps.access.act import act, note
from nhipcau.apps.accounts.models import User
from nhipcau.apps.notices.models import DigestChoice


def choose_digest(
    by_mail: bool, *, days: Iterable[int], weekdays: Iterable[int], actor: User
) -> DigestChoice:
    """`days` around a due date (negative before it), `weekdays` from Monday, 0. Messages in the application
    come whatever is chosen.
    """
    with act(actor, "notices.choose_digest", DigestChoice, permission="create") as entry:
        choice, _made = DigestChoice.objects.update_or_create(
            user=actor,
            defaults={"by_mail": by_mail, "days": sorted(set(days)), "weekdays": sorted(set(weekdays))},
        )
        entry.subject = choice
        note(entry, by_mail=by_mail)
    return choice
