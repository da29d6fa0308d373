"""`nhipcau reporting …`: report forms and periods."""

from __future__ import annotations

import argparse

from nhipcau.cli.instance import fail, use_database
from nhipcau.embedded.language import SpokenError

COMMANDS = {"load-forms": "load_forms", "make-ahead": "make_periods"}


def parser() -> argparse.ArgumentParser:
    """Arguments of `nhipcau reporting`."""
    top = argparse.ArgumentParser(prog="nhipcau reporting", description="Report forms and periods.")
    verbs = top.add_subparsers(dest="verb", required=True)
    verbs.add_parser(
        "load-forms",
        help="load the standard forms that come with the product",
        description="Load the standard report forms. They are in use at once; what is there stays as it is.",
    )
    verbs.add_parser(
        "make-ahead",
        help="make the periods of the coming two years and open those whose day has come",
        description="What the nightly job does, now. Running it again makes nothing twice.",
    )
    return top


def run(arguments: list[str]) -> int:
    """Entry for the dispatcher; returns the exit code."""
    chosen = parser().parse_args(arguments)
    try:
        use_database()
    except SpokenError as error:
        return fail(error)
    import django
    from django.core.management import call_command

    django.setup()
    call_command(COMMANDS[chosen.verb])
    return 0
