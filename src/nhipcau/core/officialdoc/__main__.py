"""The child that checks documents: `python -m nhipcau.core.officialdoc`, started by `child.py`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from nhipcau.core.officialdoc.checking.checker import check_docx
from nhipcau.core.planreader.confine import PARSER
from nhipcau.core.planreader.refusal import Refusal
from nhipcau.core.planreader.serving import begin
from nhipcau.core.planreader.wire import READING, REFUSED
from nhipcau.core.text import repair


def answer(path: Path) -> tuple[bytes, dict[str, object]]:
    """Status and body for one file; whatever goes wrong becomes a refusal."""
    try:
        return READING, {"findings": [asdict(finding) for finding in check_docx(path)]}
    except Refusal as refusal:
        return REFUSED, {"code": refusal.code, "values": refusal.values}
    except (MemoryError, RecursionError):
        return REFUSED, {"code": "too-heavy", "values": {}}
    except Exception as error:
        # The type alone: a message could carry words of the document.
        return REFUSED, {"code": "damaged", "values": {}, "cause": type(error).__name__}


if __name__ == "__main__":
    # Loads the tables of old encodings before memory and files are limited.
    repair("Së Ngo¹i vô tØnh")
    begin(PARSER, answer)
