"""Mails that open a way in. The app that keeps the outbox takes them; it is registered at start.

What is kept of such a mail is whom it goes to and why, never the link: that is made when the mail leaves.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Protocol

from nhipcau.apps.accounts.models import User

Why = Literal["invitation", "password"]


class Poster(Protocol):
    def __call__(self, user: User, why: Why, *, key: str, content: Mapping[str, str | int]) -> None: ...


_posters: list[Poster] = []


def provide(poster: Poster) -> None:
    """Called once at start by the app that sends mails."""
    _posters[:] = [poster]


def post(user: User, why: Why, *, key: str, content: Mapping[str, str | int]) -> None:
    """Part of the running transaction. The same key again is the same mail. `content` has "base"
    ("https://host/"), and of an invitation its id ("invitation").
    """
    _posters[0](user, why, key=key, content=content)
