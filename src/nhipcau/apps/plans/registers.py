"""What higher apps do when a plan is approved as an amendment, or removed for good: added at start."""

from __future__ import annotations

from collections.abc import Callable

from nhipcau.apps.access.actors import Actor
from nhipcau.apps.plans.models import Document

Followed = Callable[[Document, Actor], None]
_approved: list[Followed] = []
_removed: list[Followed] = []


def on_approved(what: Followed) -> None:
    """Called with each document that was approved, once its duties are there, in the same transaction."""
    if what not in _approved:
        _approved.append(what)


def on_removed(what: Followed) -> None:
    """Called with each document that is removed for good, before its duties go, in the same transaction."""
    if what not in _removed:
        _removed.append(what)


def approved(document: Document, actor: Actor) -> None:
    for what in _approved:
        what(document, actor)


def removed(document: Document, actor: Actor) -> None:
    for what in _removed:
        what(document, actor)
