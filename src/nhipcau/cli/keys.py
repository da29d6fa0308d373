"""`nhipcau keys`: the keys that identity numbers are sealed with: list, new, rotate, check, drop."""

from __future__ import annotations

import argparse
import os
import sys

from nhipcau.cli.instance import CommandFailed, fail, use_database
from nhipcau.embedded.language import SpokenError, speaks_vietnamese


def parser() -> argparse.ArgumentParser:
    """Arguments of `nhipcau keys`."""
    made = argparse.ArgumentParser(
        prog="nhipcau keys", description="The keys that identity numbers are sealed with."
    )
    verbs = made.add_subparsers(dest="what", required=True, metavar="list|new|rotate|check|drop")
    verbs.add_parser("list", help="the keys, and how much is sealed with each; never the keys themselves")
    new = verbs.add_parser("new", help="make new current keys; the former ones stay for reading")
    new.add_argument("key", nargs="?", choices=["cells", "index"], help="only one of the two")
    verbs.add_parser(
        "rotate",
        help="move everything onto the current keys, while the pages are served; killed, it goes on",
    )
    verbs.add_parser("check", help="open every sealed cell; exit code 1 when one does not open")
    drop = verbs.add_parser("drop", help="forget a retired key that nothing needs any more")
    drop.add_argument("key", metavar="ID", help="as `nhipcau keys list` shows it")
    return made


def run(arguments: list[str]) -> int:
    """Entry for the dispatcher; returns the exit code."""
    options = parser().parse_args(arguments)
    try:
        use_database()
    except SpokenError as error:
        return fail(error)
    os.environ["NHIPCAU_AS_OWNER"] = "1"
    import django
    from django.core.management import CommandError, call_command
    from django.utils import translation

    django.setup()
    try:
        with translation.override("vi" if speaks_vietnamese() else "en"):
            call_command("keys", options.what, getattr(options, "key", None) or "")
    except CommandError as error:
        return fail(CommandFailed(vi=str(error), en=str(error)))
    sys.stdout.flush()
    return 0
