"""A file from outside is checked in a child with limits: none can hurt the process that serves people."""

from __future__ import annotations

import json
from pathlib import Path

from nhipcau.core.officialdoc.checking.findings import Finding, Where
from nhipcau.core.planreader.child import Child
from nhipcau.core.planreader.confine import PARSER
from nhipcau.core.planreader.refusal import Refusal
from nhipcau.core.planreader.wire import READING


def check_in_child(path: Path) -> list[Finding]:
    """The findings of `check_docx`, made in a child; raises planreader's Refusal."""
    child = Child("parser", "nhipcau.core.officialdoc")
    try:
        status, body = child.ask(path, PARSER.wall)
    finally:
        child.close()
    said = json.loads(body)
    if status != READING:
        raise Refusal(said["code"], **said["values"])
    return [from_dict(each) for each in said["findings"]]


def from_dict(said: dict[str, object]) -> Finding:
    """A finding as the child tells it."""
    where = said.pop("where")
    return Finding(**said, where=Where(**where) if isinstance(where, dict) else None)  # type: ignore[arg-type]
