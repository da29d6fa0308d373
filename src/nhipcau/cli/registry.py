"""`nhipcau registry …`: work on the whole register of people."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from nhipcau.cli.instance import fail, use_database
from nhipcau.embedded.language import SpokenError


def parser() -> argparse.ArgumentParser:
    """Arguments of `nhipcau registry`."""
    top = argparse.ArgumentParser(prog="nhipcau registry", description="Work on the register of people.")
    verbs = top.add_subparsers(dest="verb", required=True)
    link = verbs.add_parser(
        "link",
        help="link all records again; what officers decided holds",
        description="Link all records of the register again, as after the model was trained anew. What "
        "officers decided holds. Tells what would change; --apply changes it.",
    )
    link.add_argument(
        "--model", type=Path, metavar="FILE", help="parameters from `nhipcau link train`; kept with --apply"
    )
    link.add_argument("--apply", action="store_true", help="change it; else it is only told")
    return top


def run(arguments: list[str]) -> int:
    """Entry for the dispatcher; returns the exit code."""
    chosen = parser().parse_args(arguments)
    try:
        use_database()
    except SpokenError as error:
        return fail(error)
    import django
    from django.core.management import CommandError, call_command

    django.setup()
    try:
        call_command("link_register", model=chosen.model, apply=chosen.apply)
    except CommandError as error:
        print(f"nhipcau: {error}", file=sys.stderr)
        return 1
    return 0
