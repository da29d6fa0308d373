"""`nhipcau audit verify`: whether the record of actions is as it was sealed. Exit code 1 when it is not."""

from __future__ import annotations

import argparse
import sys

from nhipcau.cli.instance import fail, use_database
from nhipcau.embedded.language import SpokenError, speaks_vietnamese


def parser() -> argparse.ArgumentParser:
    """Arguments of `nhipcau audit`."""
    made = argparse.ArgumentParser(prog="nhipcau audit", description="The record of actions and its chain.")
    made.add_argument(
        "what",
        choices=["verify", "seal", "restored"],
        help="verify: read the chain again and say what was edited, deleted, inserted, reordered or cut; "
        "seal: seal now what the job would seal within a minute; "
        "restored: note that a backup came back (restore does it)",
    )
    return made


def run(arguments: list[str]) -> int:
    """Entry for the dispatcher; returns the exit code."""
    chosen = parser().parse_args(arguments)
    try:
        use_database()
    except SpokenError as error:
        return fail(error)
    import django
    from django.core.management import call_command
    from django.utils import translation

    django.setup()
    try:
        with translation.override("vi" if speaks_vietnamese() else "en"):
            call_command("audit", chosen.what)
    except SystemExit as ended:
        return int(ended.code or 0)
    sys.stdout.flush()
    return 0
