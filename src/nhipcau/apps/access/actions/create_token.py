"""A key for a program of a user's."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import ApiToken, User
from nhipcau.apps.accounts.models.token import PREFIX, SHOWN, digest_of, new_key

MOST_DAYS, MOST_KEYS = 366, 20


def create_token(*, name: str, days: int, writes: bool, actor: User) -> tuple[ApiToken, str]:
    """The token and its key, which cannot be seen again. It holds `days` days, today the first.

    Raises Refused for a name of nothing, for more than MOST_DAYS days or MOST_KEYS keys in force.
    """
    today, words = timezone.localdate(), " ".join(name.split())[:80]
    if not words:
        raise Refused(_("Write what the key is for."))
    if not 1 <= days <= MOST_DAYS:
        raise Refused(_("A key holds for a year at most."))
    if ApiToken.objects.in_force(today).filter(user=actor).count() >= MOST_KEYS:
        raise Refused(_("You have many keys already. End one that is not used any more."))
    key = new_key()
    with act(actor, "accounts.create_token", ApiToken, permission="create") as entry:
        token = ApiToken.objects.create(
            user=actor,
            name=words,
            start=key[: len(PREFIX) + SHOWN],
            digest=digest_of(key),
            writes=writes,
            expires_on=today + timedelta(days=days - 1),
        )
        entry.subject = token
        note(entry, writes=writes, expires_on=token.expires_on.isoformat())
    return token, key


def end_token(token: ApiToken, *, actor: User) -> None:
    """The key opens nothing from now on; once is enough."""
    with act(actor, "accounts.end_token", token, permission="end"):
        ApiToken.objects.filter(pk=token.pk, ended_at=None).update(ended_at=timezone.now())
