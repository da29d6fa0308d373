"""Open work that is somebody's own: higher apps say at start what they have, and how it is handed over."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import HandedItem, Handover


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One piece of work in the words of the minutes; `organisation` (id) is the agency whose work it is."""

    kind: str
    pk: int
    words: str
    organisation: int
    due_on: date | None = None
    remark: str = ""

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.pk}"


@dataclass(frozen=True, slots=True)
class Handing:
    """A kind of open work: what a user holds, and moving some of it from the giver to the receiver.

    `move` gets ids and the handover, and answers with the ids that it moved: what was closed or given to
    somebody else since is left as it is.
    """

    held: Callable[[User], list[OpenItem]]
    move: Callable[[Collection[int], Handover], set[int]]


_kinds: dict[str, Handing] = {}


def offer(kind: str, handing: Handing) -> None:
    """Called once at start by the app whose work it is."""
    _kinds[kind] = handing


def open_work(user: User) -> list[OpenItem]:
    """Everything that is hers, whatever app it comes from."""
    return [item for handing in _kinds.values() for item in handing.held(user)]


def move(handover: Handover) -> int:
    """Move all items of the handover and note of each whether it went; how many did."""
    items = list(handover.items.all())
    for kind, handing in _kinds.items():
        wanted = {item.item for item in items if item.kind == kind}
        moved = handing.move(wanted, handover) if wanted else set()
        for item in items:
            if item.kind == kind:
                item.moved = item.item in moved
    for item in items:
        item.moved = bool(item.moved)
    HandedItem.objects.bulk_update(items, ["moved"])
    return sum(bool(item.moved) for item in items)
