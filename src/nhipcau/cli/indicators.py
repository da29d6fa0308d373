"""`nhipcau indicators …`: the library of indicators."""

from __future__ import annotations

import argparse

from nhipcau.cli.instance import fail, use_database
from nhipcau.embedded.language import SpokenError


def parser() -> argparse.ArgumentParser:
    """Arguments of `nhipcau indicators`."""
    top = argparse.ArgumentParser(prog="nhipcau indicators", description="Indicators and their definitions.")
    verbs = top.add_subparsers(dest="verb", required=True)
    verbs.add_parser(
        "load-library",
        help="load the definitions that come with the product",
        description="Load the library of indicators. New ones are in use at once; a definition that changed "
        "becomes a draft for the coordinator; what is there stays as it is.",
    )
    return top


def run(arguments: list[str]) -> int:
    """Entry for the dispatcher; returns the exit code."""
    parser().parse_args(arguments)
    try:
        use_database()
    except SpokenError as error:
        return fail(error)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("load_library")
    return 0
