"""The tables: who gets what answer from which address. `*.txt` beside this file, a row a line.

    address  method  object | anonymous system_admin … leaver

302 for the anonymous and the leaver means: sign in first. For the others: 404 out of scope, 403 in scope
without the right, 405 when the method is not of this page, 422 when a form is sent empty.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROLES = (
    "anonymous",
    "system_admin",
    "coordinator",
    "leader",
    "officer",
    "outsider",
    "commune_officer",
    "reader",
    "leaver",
)


@dataclass(frozen=True, slots=True)
class Row:
    """`statuses` in the order of ROLES."""

    address: str
    method: str
    object: str
    statuses: tuple[int, ...]
    where: str

    def __str__(self) -> str:
        return f"{self.address} {self.method} {self.object}"


def rows() -> list[Row]:
    """All rows of all tables; a line that begins with # is a remark."""
    found = []
    for path in sorted(Path(__file__).parent.glob("*.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if line.strip() and not line.startswith("#"):
                found.append(_row(line, f"{path.name}:{number}"))
    return found


def _row(line: str, where: str) -> Row:
    left, _, right = line.partition("|")
    address, method, target = left.split(None, 2)
    statuses = tuple(int(word) for word in right.split())
    if len(statuses) != len(ROLES):
        raise ValueError(f"{where}: {len(statuses)} statuses for {len(ROLES)} roles")
    return Row(address, method, target.strip(), statuses, where)
