"""What waits for a user, offered by the apps at start: her first page shows it, whatever it comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from nhipcau.apps.accounts.models import User


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to do: what, in words of ours; `about`, in users' words; where."""

    words: str
    href: str
    about: str = ""


Offer = Callable[[User], Iterable[Waiting]]
_offers: list[Offer] = []


def offer(what: Offer) -> None:
    """Called at start by an app: what of its things waits for this user, a few of each, in few queries."""
    if what not in _offers:
        _offers.append(what)


def waiting_for(user: User) -> list[Waiting]:
    """Everything that waits for the user, in the order in which the apps started."""
    return [each for what in _offers for each in what(user)]
