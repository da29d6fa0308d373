"""The language in which a user is spoken to."""

from __future__ import annotations

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.accounts.models import User


def choose_language(user: User, language: str, *, actor: Actor) -> None:
    """`language` is one of settings.LANGUAGES; the form sees to that."""
    with act(actor, "accounts.choose_language", user, permission="edit") as entry:
        note(entry, before=user.language, after=language)
        user.language = language
        user.save(update_fields=["language"])
