"""The child: `python -m nhipcau.core.wordtext`, started by `child.py`."""

from __future__ import annotations

from pathlib import Path

from nhipcau.core.planreader.confine import PARSER
from nhipcau.core.planreader.serving import begin
from nhipcau.core.planreader.wire import READING, REFUSED
from nhipcau.core.wordtext.reading import paragraphs


def answer(path: Path) -> tuple[bytes, dict[str, object]]:
    """Status and body for one file; whatever goes wrong becomes a refusal."""
    try:
        return READING, {"paragraphs": paragraphs(path)}
    except (MemoryError, RecursionError):
        return REFUSED, {"code": "too-heavy"}
    except Exception as error:
        # The type alone: a message could carry words of the document.
        return REFUSED, {"code": "damaged", "cause": type(error).__name__}


if __name__ == "__main__":
    begin(PARSER, answer)
