"""The child that reads files: `python -m nhipcau.core.planreader [PROFILE]`, started by `child.py`.

It loads what it needs, gives up memory, processor time, files and network beyond its profile, and then reads
the files whose paths come in on standard input. See `wire` for what goes over the pipes.
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from nhipcau.core.planreader.confine import PROFILES
from nhipcau.core.planreader.formats.opening import Need, open_source
from nhipcau.core.planreader.reading import read_source
from nhipcau.core.planreader.refusal import Refusal
from nhipcau.core.planreader.serving import begin
from nhipcau.core.planreader.wire import NEEDS, READING, REFUSED


def answer(path: Path, *, ocr: bool) -> tuple[bytes, dict[str, object]]:
    """Status and body for one file; whatever goes wrong becomes a refusal."""
    try:
        return READING, dict(read_source(open_source(path, ocr=ocr)))
    except Need as need:
        return NEEDS, {"what": need.what, "pages": need.pages}
    except Refusal as refusal:
        return REFUSED, {"code": refusal.code, "values": refusal.values}
    except (MemoryError, RecursionError):
        return REFUSED, {"code": "too-heavy", "values": {}}
    except Exception as error:
        # The type alone: a message could carry words of the document.
        return REFUSED, {"code": "damaged", "values": {}, "cause": type(error).__name__}


def main(profile: str) -> None:
    begin(PROFILES[profile], partial(answer, ocr=profile == "ocr"))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "parser")
