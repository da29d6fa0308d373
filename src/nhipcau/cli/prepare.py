"""`nhipcau prepare`: tables and static files brought up to this version; after an install and an upgrade."""

from __future__ import annotations

import argparse

from nhipcau.cli.instance import fail, migrate_and_collect, tell, use_database
from nhipcau.embedded.language import SpokenError


def run(arguments: list[str]) -> int:
    """Entry for the dispatcher; returns the exit code."""
    argparse.ArgumentParser(
        prog="nhipcau prepare", description="Bring tables and static files up to this version."
    ).parse_args(arguments)
    try:
        use_database()
        migrate_and_collect()
    except SpokenError as error:
        return fail(error)
    tell("Bảng và tệp tĩnh đã đúng với phiên bản này.", "Tables and static files fit this version.")
    return 0
