"""The life of an assignment as a table: which step leads from which states to which, and who takes it.

not begun → in progress → reported done → accepted, or returned with a reason and round again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nhipcau.apps.plans.models import Assignment, Status
from nhipcau.apps.plans.refusals import Refused, Stale

Side = Literal["agency", "lead agency"]
OPEN = frozenset((Status.NOT_BEGUN, Status.IN_PROGRESS, Status.RETURNED))


@dataclass(frozen=True, slots=True)
class Move:
    """`by` is the side that takes it: the agency that has the task, or the lead agency."""

    since: frozenset[Status]
    to: Status
    by: Side


MOVES: dict[str, Move] = {
    "progress": Move(OPEN, Status.IN_PROGRESS, "agency"),
    "report": Move(OPEN, Status.REPORTED, "agency"),
    "accept": Move(frozenset((Status.REPORTED,)), Status.ACCEPTED, "lead agency"),
    # What was accepted by mistake comes back too, with the reason like any other.
    "return": Move(frozenset((Status.REPORTED, Status.ACCEPTED)), Status.RETURNED, "lead agency"),
}
# What the policy of assignments calls the right of each side.
RIGHTS: dict[Side, str] = {"agency": "update", "lead agency": "accept"}
# Who was faster has done this.
_MOVED = {
    Status.REPORTED: "moved-reported",
    Status.RETURNED: "moved-returned",
    Status.ACCEPTED: "moved-accepted",
}


def may_move(move: str, status: str) -> bool:
    """Whether the table has this move from the status."""
    return Status(status) in MOVES[move].since


def right_of(move: str) -> str:
    """The right that taking this move needs."""
    return RIGHTS[MOVES[move].by]


def moved(row: Assignment, move: str, version: int | None = None) -> Status:
    """The state that the move leads to.

    Raises Stale with who did what when, where `version` is not the one in force or the state allows no such
    move any more.
    """
    stale = version is not None and version != row.version
    if stale or not may_move(move, row.status):
        if row.changed_by_id is None and not stale:
            raise Refused("no-such-move")
        code = _MOVED.get(Status(row.status), "moved")
        raise Stale(code, row.changed_by, row.changed_at)
    return MOVES[move].to
