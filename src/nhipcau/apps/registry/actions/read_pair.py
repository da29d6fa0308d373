"""Every reading of two people's records on the review desk is in the record of actions."""

from __future__ import annotations

from nhipcau.apps.access.act import act
from nhipcau.apps.accounts.models import User
from nhipcau.apps.registry.models import Pair


def read_pair(pair: Pair, *, actor: User) -> None:
    with act(actor, "registry.read_pair", pair, permission="view"):
        pass
