"""The child that reads tables: `python -m nhipcau.core.tablereader`, started by `child.py`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from nhipcau.core.planreader.confine import LISTS, PARSER
from nhipcau.core.planreader.serving import begin, begin_in_parts
from nhipcau.core.planreader.wire import MORE, READING, REFUSED
from nhipcau.core.tablereader.reading import read, read_in_parts
from nhipcau.core.tablereader.refusal import Refusal
from nhipcau.core.tablereader.schema import MOST_LISTED
from nhipcau.core.text import repair


def answer(path: Path) -> tuple[bytes, dict[str, object]]:
    """Status and body for one file; whatever goes wrong becomes a refusal."""
    try:
        return READING, {"sheets": read(path)}
    except Exception as error:
        return _refused(error)


def parts(path: Path) -> Iterator[tuple[bytes, dict[str, object]]]:
    """As `answer`, of a long list: its rows in parts."""
    try:
        for sheet in read_in_parts(path, MOST_LISTED):
            yield MORE, {"sheet": sheet}
        yield READING, {}
    except Exception as error:
        yield _refused(error)


def _refused(error: Exception) -> tuple[bytes, dict[str, object]]:
    if isinstance(error, Refusal):
        return REFUSED, {"code": error.code, "values": error.values}
    if isinstance(error, (MemoryError, RecursionError)):
        return REFUSED, {"code": "too-heavy", "values": {}}
    # The type alone: a message could carry words of the table.
    return REFUSED, {"code": "damaged", "values": {}, "cause": type(error).__name__}


if __name__ == "__main__":
    # Loads the mender's tables before memory and files are limited.
    repair("Së Ngo¹i vô tØnh")
    if sys.argv[1:] == ["lists"]:
        begin_in_parts(LISTS, parts)
    else:
        begin(PARSER, answer)
