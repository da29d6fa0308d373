"""The life of a report as a table: which step leads from which states to which, and which right takes it.

not sent → received (or first with the unit that reviews it) → approved, or returned with a reason and round
again. Steps inside the unit (draft → waits for the head → sent) are the submission's own.
"""

from __future__ import annotations

from dataclasses import dataclass

from nhipcau.apps.reporting.models import Obligation, Submission
from nhipcau.apps.reporting.refusals import Refused, Stale

State = Obligation.State
Inner = Submission.State


@dataclass(frozen=True, slots=True)
class Move:
    """`right` is the verb of the policy of obligations."""

    since: frozenset[str]
    to: str
    right: str


OWED = frozenset((State.WAITING, State.RETURNED))
MOVES: dict[str, Move] = {
    "send": Move(OWED, State.SENT, "write"),
    "send_below": Move(OWED, State.BELOW, "write"),
    "pass_below": Move(frozenset((State.BELOW,)), State.SENT, "pass_below"),
    # What was approved by mistake comes back too, with the reason like any other.
    "return": Move(frozenset((State.BELOW, State.SENT, State.APPROVED)), State.RETURNED, "judge"),
    "approve": Move(frozenset((State.SENT,)), State.APPROVED, "approve"),
    "excuse": Move(OWED, State.EXCUSED, "excuse"),
    "ask_again": Move(frozenset((State.EXCUSED,)), State.WAITING, "excuse"),
}
# Inside the unit: the version itself.
INNER: dict[str, Move] = {
    "ask_head": Move(frozenset((Inner.DRAFT,)), Inner.TO_APPROVE, "write"),
    "give_back": Move(frozenset((Inner.TO_APPROVE,)), Inner.DRAFT, "approve_inside"),
    "send": Move(frozenset((Inner.DRAFT, Inner.TO_APPROVE)), Inner.SENT, "write"),
}


def may_move(move: str, obligation: Obligation) -> bool:
    """Whether the table has this move from the obligation's state."""
    return obligation.state in MOVES[move].since


def moved(obligation: Obligation, move: str, version: int | None = None) -> str:
    """The state that the move leads to.

    Raises Stale with who changed it when, where `version` is not the one in force; Refused("no-such-move")
    where the state does not allow it and nobody else was faster.
    """
    stale = version is not None and version != obligation.version
    if stale or not may_move(move, obligation):
        if obligation.changed_by_id is None and not stale:
            raise Refused("no-such-move")
        raise Stale("stale", obligation.changed_by, obligation.changed_at)
    return MOVES[move].to
