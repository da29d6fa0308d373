"""`nhipcau worker`: does the work that pages leave for later, until Ctrl-C."""

from __future__ import annotations

import argparse

from nhipcau.cli import manage


def run(arguments: list[str]) -> int:
    """Entry for the dispatcher; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="nhipcau worker", description="Work off the queue of background jobs."
    )
    parser.add_argument("--concurrency", type=int, default=1, metavar="N", help="jobs at a time (1)")
    parser.add_argument("--once", action="store_true", help="stop when the queue is empty")
    options = parser.parse_args(arguments)
    more = ["--one-shot"] if options.once else []
    return manage.run(["procrastinate", "worker", f"--concurrency={options.concurrency}", *more])
