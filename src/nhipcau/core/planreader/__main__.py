"""The child that reads files: `python -m nhipcau.core.planreader [PROFILE]`, started by `child.py`.

It loads what it needs, gives up memory, processor time, files and network beyond its profile, and then reads
the files whose paths come in on standard input. See `wire` for what goes over the pipes.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import sys
from pathlib import Path
from typing import BinaryIO

from nhipcau.core.planreader.confine import PROFILES, Limits, confine, start_clock
from nhipcau.core.planreader.formats.opening import Need, open_source
from nhipcau.core.planreader.reading import read_source
from nhipcau.core.planreader.refusal import Refusal
from nhipcau.core.planreader.wire import HEAD, NEEDS, READING, READY, REFUSED

TIRED_KIB = 500 * 1024


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


def serve(requests: BinaryIO, answers: BinaryIO, limits: Limits, *, ocr: bool) -> None:
    """Answer until the parent closes the pipe."""
    answers.write(HEAD.pack(READY, 0, 0))
    answers.flush()
    for line in requests:
        start_clock(limits)
        status, body = answer(Path(json.loads(line)["path"]), ocr=ocr)
        data = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
        tired = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > TIRED_KIB
        answers.write(HEAD.pack(status, tired, len(data)))
        answers.write(data)
        answers.flush()


def main(profile: str) -> None:
    """Set up the pipes and the limits, then serve."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    confine(PROFILES[profile])
    serve(sys.stdin.buffer, answers, PROFILES[profile], ocr=profile == "ocr")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "parser")
