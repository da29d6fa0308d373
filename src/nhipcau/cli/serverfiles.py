"""`nhipcau server-files FOLDER`: the files an installation on a server starts from (units, nginx, SQL)."""

from __future__ import annotations

import argparse
from importlib import resources
from pathlib import Path

from nhipcau.cli.instance import CommandFailed, fail, tell

SOURCES = (("nhipcau.cli", "server"), ("nhipcau.embedded", "."))


def files() -> dict[str, bytes]:
    """Name and content of each file."""
    found: dict[str, bytes] = {}
    for package, folder in SOURCES:
        for entry in resources.files(package).joinpath(folder).iterdir():
            if entry.is_file() and not entry.name.endswith((".py", ".pyc")):
                found[entry.name] = entry.read_bytes()
    return found


def run(arguments: list[str]) -> int:
    """Entry for the dispatcher; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="nhipcau server-files", description="Write the files an installation on a server starts from."
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    folder = parser.parse_args(arguments).folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in sorted(files().items()):
            (folder / name).write_bytes(content)
            print(folder / name)
    except OSError as error:
        return fail(
            CommandFailed(
                vi=f"Không ghi được vào {folder}: {error.strerror}",
                en=f"Cannot write into {folder}: {error.strerror}",
            )
        )
    tell("Xem docs/how-to/install-on-a-server.md.", "See docs/how-to/install-on-a-server.md.")
    return 0
