"""Reading Word text in a child process with limits: no file can hurt the process that serves people."""

from __future__ import annotations

import json
from pathlib import Path

from nhipcau.core.planreader.child import Child
from nhipcau.core.planreader.confine import PARSER
from nhipcau.core.planreader.refusal import Refusal
from nhipcau.core.planreader.wire import READING


class WordRefused(Exception):
    """The file could not be read. `code` is "damaged" or "too-heavy"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def paragraphs_of(path: Path) -> list[str]:
    """The paragraphs of a DOCX that passed the gate; raises WordRefused."""
    child = Child("parser", "nhipcau.core.wordtext")
    try:
        status, body = child.ask(path, PARSER.wall)
    except Refusal as refusal:
        raise WordRefused("too-heavy") from refusal
    finally:
        child.close()
    said = json.loads(body)
    if status != READING:
        raise WordRefused(said["code"])
    return [str(text) for text in said["paragraphs"]]
