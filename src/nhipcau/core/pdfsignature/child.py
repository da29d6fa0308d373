"""Reading signatures in a child process with limits: no file can hurt the process that serves people."""

from __future__ import annotations

import json
from pathlib import Path

from nhipcau.core.pdfsignature.schema import Signature, SignatureRefused
from nhipcau.core.planreader.child import Child
from nhipcau.core.planreader.confine import PARSER
from nhipcau.core.planreader.refusal import Refusal
from nhipcau.core.planreader.wire import READING


def signatures_of(path: Path, roots: Path | None = None) -> list[Signature]:
    """The signatures of a PDF that passed the gate; `roots` is the folder of certificates that are trusted.

    Raises SignatureRefused.
    """
    child = Child("parser", "nhipcau.core.pdfsignature", *([str(roots)] if roots is not None else []))
    try:
        status, body = child.ask(path, PARSER.wall)
    except Refusal as refusal:
        raise SignatureRefused("too-heavy") from refusal
    finally:
        child.close()
    said = json.loads(body)
    if status != READING:
        raise SignatureRefused(said["code"])
    return [Signature(**found) for found in said["signatures"]]
