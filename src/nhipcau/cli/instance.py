"""What every command that touches the database does first: data folder, server, settings."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import nhipcau
from nhipcau.embedded import Server, default_data_dir, ensure_server
from nhipcau.embedded.language import SpokenError, say

SETTINGS = "nhipcau.config.settings"


class CommandFailed(SpokenError):
    """A command cannot go on; the text tells what to do."""


def use_data_dir() -> Path:
    """The data folder of this instance, made known to the settings and to child processes."""
    folder = default_data_dir()
    os.environ["NHIPCAU_DATA"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    # matplotlib keeps its list of fonts there; a service has no home folder for it, and would list them anew
    # at every start.
    os.environ.setdefault("MPLCONFIGDIR", str(folder / "cache" / "matplotlib"))
    return folder


def use_database() -> Server | None:
    """Make sure there is a database: the one DATABASE_URL names, else the embedded server's.

    Returns the embedded server when it is the one in use. Its URLs go into the environment, so child
    processes use the same one; it stays up as long as this process lives.
    """
    folder = use_data_dir()
    if os.environ.get("DATABASE_URL"):
        return None
    server = ensure_server(folder)
    os.environ["DATABASE_URL"] = server.app_url
    os.environ["NHIPCAU_OWNER_DATABASE_URL"] = server.owner_url
    return server


def child_environment(**more: str) -> dict[str, str]:
    """Our environment for a child that imports this very package, from wherever it runs."""
    source = str(Path(nhipcau.__file__).resolve().parents[1])
    paths = [part for part in os.environ.get("PYTHONPATH", "").split(os.pathsep) if part and part != source]
    return {**os.environ, "PYTHONPATH": os.pathsep.join([source, *paths]), **more}


def manage_command(*arguments: str) -> list[str]:
    """The command line of one management command in a process of its own."""
    return [sys.executable, "-m", "nhipcau", "manage", *arguments]


def manage(*arguments: str, quiet: bool = False) -> None:
    """Run one management command in a process of its own.

    Raises CommandFailed with what it printed when it was quiet and failed.
    """
    done = subprocess.run(
        manage_command(*arguments), check=False, env=child_environment(), capture_output=quiet, text=True
    )
    if done.returncode:
        printed = f"\n{done.stdout}{done.stderr}".rstrip() if quiet else ""
        name = " ".join(arguments)
        raise CommandFailed(
            vi=f"Lệnh `nhipcau manage {name}` không xong.{printed}",
            en=f"`nhipcau manage {name}` failed.{printed}",
        )


def fail(error: SpokenError) -> int:
    """Say it on standard error; returns the exit code."""
    print(f"nhipcau: {error}", file=sys.stderr)
    return 1


def tell(vi: str, en: str) -> None:
    """One line of progress, in the terminal's language."""
    print(say(vi, en), flush=True)


def migrate_and_collect(arguments: Sequence[str] = ()) -> None:
    """Bring tables, shipped reference data and static files up to this version."""
    manage("migrate", "--no-input", *arguments, quiet=True)
    manage("load_reference", quiet=True)
    manage("collectstatic", "--no-input", quiet=True)
