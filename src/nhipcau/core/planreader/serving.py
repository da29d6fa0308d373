"""The child's side of reading: takes paths from standard input, answers on a pipe of its own, within limits.

What it answers with is told by the program that starts it: the reader of plans, the reader of tables.
"""

from __future__ import annotations

import gc
import json
import os
import re
import resource
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import BinaryIO

from nhipcau.core.planreader.confine import Limits, confine, start_clock
from nhipcau.core.planreader.wire import HEAD, READY

TIRED_KIB = 500 * 1024
Answer = Callable[[Path], tuple[bytes, Mapping[str, object]]]
"""Status and body for one file; it never raises."""
Parts = Callable[[Path], Iterable[tuple[bytes, Mapping[str, object]]]]
"""As `Answer`, in parts: all but the last have the status MORE."""


def serve(requests: BinaryIO, answers: BinaryIO, limits: Limits, parts: Parts) -> None:
    """Answer until the parent closes the pipe."""
    answers.write(HEAD.pack(READY, 0, 0))
    answers.flush()
    for line in requests:
        start_clock(limits)
        for status, body in parts(Path(json.loads(line)["path"])):
            data = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
            tired = own_peak_kib() > TIRED_KIB
            answers.write(HEAD.pack(status, tired, len(data)))
            answers.write(data)
            answers.flush()


def own_peak_kib() -> int:
    """The most memory this program has held, in KiB.

    `ru_maxrss` will not do where the system tells better: it lives on over exec, so that the child of a
    large process would seem worn out before its first file.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    held = re.search(r"^VmHWM:\s*(\d+) kB", status, re.MULTILINE)
    return int(held[1]) if held else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def begin(limits: Limits, answer: Answer) -> None:
    """Set up the pipes and the limits, then serve whole answers."""
    begin_in_parts(limits, lambda path: [answer(path)])


def begin_in_parts(limits: Limits, parts: Parts) -> None:
    """Set up the pipes and the limits, then serve answers in parts."""
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    confine(limits)
    serve(sys.stdin.buffer, answers, limits, parts)
