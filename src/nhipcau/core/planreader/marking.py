"""Looking for the mark of secrecy in a scan, and for nothing else: the child's side, started by `child.py`.

A mark stands in the letterhead, so the first pages are enough, however long the scan is.
"""

from __future__ import annotations

from pathlib import Path

from nhipcau.core.planreader.confine import OCR
from nhipcau.core.planreader.formats import ocr
from nhipcau.core.planreader.refusal import Refusal
from nhipcau.core.planreader.secrecy import secrecy_mark
from nhipcau.core.planreader.serving import begin
from nhipcau.core.planreader.wire import READING, REFUSED

PAGES = 3


def answer(path: Path) -> tuple[bytes, dict[str, object]]:
    """{"mark": "MẬT"}, empty for none; whatever goes wrong becomes a refusal."""
    try:
        return READING, {"mark": secrecy_mark(ocr.read_first(path, PAGES)) or ""}
    except Refusal as refusal:
        return REFUSED, {"code": refusal.code, "values": refusal.values}
    except (MemoryError, RecursionError):
        return REFUSED, {"code": "too-heavy", "values": {}}
    except Exception as error:
        # The type alone: a message could carry words of the document.
        return REFUSED, {"code": "damaged", "values": {}, "cause": type(error).__name__}


if __name__ == "__main__":
    begin(OCR, answer)
