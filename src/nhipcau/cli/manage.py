"""`nhipcau manage …`: Django's own commands, with the database at hand."""

from __future__ import annotations

import os
import sys

from nhipcau.cli.instance import fail, use_database
from nhipcau.embedded.language import SpokenError

# These work on tables and so need the login that owns them; everything else runs as the one that serves.
AS_OWNER = {
    "migrate",
    "makemigrations",
    "showmigrations",
    "sqlmigrate",
    "flush",
    "dbshell",
    "pgtrigger",
    "keys",
}


def run(arguments: list[str]) -> int:
    """Entry for the dispatcher; returns the exit code."""
    try:
        use_database()
    except SpokenError as error:
        return fail(error)
    if arguments and arguments[0] in AS_OWNER:
        os.environ["NHIPCAU_AS_OWNER"] = "1"
    from django.core.management import execute_from_command_line

    execute_from_command_line(["nhipcau manage", *arguments])
    sys.stdout.flush()
    return 0
