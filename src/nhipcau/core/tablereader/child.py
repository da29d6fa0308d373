"""Reading a table in a child process with limits: no file can hurt the process that serves people."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from nhipcau.core.planreader import refusal as reading_refusal
from nhipcau.core.planreader.child import Child
from nhipcau.core.planreader.confine import LISTS, PARSER
from nhipcau.core.planreader.wire import MORE, READING
from nhipcau.core.tablereader.refusal import REASONS, Refusal
from nhipcau.core.tablereader.schema import Sheet


def read_tables(path: Path) -> list[Sheet]:
    """The sheets of a file that passed the gate; raises Refusal."""
    child = Child("parser", "nhipcau.core.tablereader")
    try:
        status, body = child.ask(path, PARSER.wall)
    except reading_refusal.Refusal as refusal:
        raise Refusal(refusal.code if refusal.code in REASONS else "damaged") from refusal
    finally:
        child.close()
    said = json.loads(body)
    if status == READING:
        return cast(list[Sheet], said["sheets"])
    raise Refusal(said["code"], **said["values"])


def read_list(path: Path) -> Iterator[Sheet]:
    """The rows of a long list (`MOST_LISTED`) in parts that bear the name of their sheet; raises Refusal.

    What was given before a refusal is to be thrown away.
    """
    child = Child("lists", "nhipcau.core.tablereader")
    try:
        for status, body in child.ask_in_parts(path, LISTS.wall):
            said = json.loads(body)
            if status == MORE:
                yield cast(Sheet, said["sheet"])
            elif status != READING:
                raise Refusal(said["code"], **said["values"])
    except reading_refusal.Refusal as refusal:
        raise Refusal(refusal.code if refusal.code in REASONS else "damaged") from refusal
    finally:
        child.close()
