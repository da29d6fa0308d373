"""The `nhipcau` command: finds the subcommand by name and loads only that one.

A subcommand is a function `run(arguments: list[str]) -> int` in a module of its own; it makes its own
argument parser (`prog="nhipcau NAME"`) and returns the exit code. Loading lazily keeps `plan read` free of
Django and quick.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

import nhipcau

USAGE_ERROR = 2


@dataclass(frozen=True, slots=True)
class Command:
    """Where a subcommand lives ("module:function") and its one line of help."""

    target: str
    help: str


COMMANDS: dict[str, Command] = {
    "plan": Command("nhipcau.cli.plan:run", "read official plans: nhipcau plan read FILE…"),
    "doc": Command(
        "nhipcau.cli.doc:run", "official documents against their form: nhipcau doc check FILE.docx"
    ),
    "orgs": Command("nhipcau.cli.orgs:run", "units of the country: nhipcau orgs resolve ADDRESS"),
    "indicators": Command(
        "nhipcau.cli.indicators:run", "definitions of what is reported: nhipcau indicators load-library"
    ),
    "report": Command(
        "nhipcau.cli.report:run",
        "check frozen reports: nhipcau report verify [FILE…]",
    ),
    "reporting": Command(
        "nhipcau.cli.reporting:run", "report forms and periods: nhipcau reporting load-forms"
    ),
    "link": Command("nhipcau.cli.link:run", "records of one person: nhipcau link DIR --out clusters.parquet"),
    "registry": Command(
        "nhipcau.cli.registry:run", "the register of people: nhipcau registry link [--apply]"
    ),
    "demo": Command("nhipcau.cli.demo:run", "set up a synthetic province and serve it"),
    "serve": Command("nhipcau.cli.serve:run", "serve the pages, with worker and database, until Ctrl-C"),
    "worker": Command("nhipcau.cli.worker:run", "work off the queue of background jobs"),
    "audit": Command("nhipcau.cli.audit:run", "check the record of actions: nhipcau audit verify"),
    "manage": Command("nhipcau.cli.manage:run", "Django's commands: nhipcau manage COMMAND …"),
    "keys": Command("nhipcau.cli.keys:run", "keys of what is sealed: nhipcau keys list|new|rotate|check"),
    "backup": Command("nhipcau.cli.backup:run", "write database, files and keys into one encrypted file"),
    "backup-keys": Command("nhipcau.cli.backupkeys:run", "who may open the backups: nhipcau backup-keys new"),
    "restore": Command("nhipcau.cli.restore:run", "put a backup back into an empty instance"),
    "doctor": Command("nhipcau.cli.doctor:run", "tell what is there, what is missing and what that costs"),
    "prepare": Command("nhipcau.cli.prepare:run", "bring tables and static files up to this version"),
    "server-files": Command("nhipcau.cli.serverfiles:run", "write systemd units, nginx and SQL for a server"),
}


def load(command: Command) -> Callable[[list[str]], int]:
    """The subcommand's function."""
    module, _, function = command.target.partition(":")
    return cast(Callable[[list[str]], int], getattr(importlib.import_module(module), function))


def usage() -> str:
    """The list of subcommands, one a line."""
    width = max(len(name) for name in COMMANDS)
    rows = [f"  {name:<{width}}  {command.help}" for name, command in COMMANDS.items()]
    return "\n".join(
        ["usage: nhipcau COMMAND [ARGUMENTS…]", "", *rows, "", "nhipcau COMMAND --help tells more."]
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Run the subcommand that the arguments name; returns the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print(usage())
        return 0 if arguments else USAGE_ERROR
    if arguments[0] in {"-V", "--version"}:
        print(f"nhipcau {nhipcau.__version__}")
        return 0
    command = COMMANDS.get(arguments[0])
    if command is None:
        print(f"nhipcau: there is no command {arguments[0]!r}\n\n{usage()}", file=sys.stderr)
        return USAGE_ERROR
    try:
        return load(command)(arguments[1:])
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of our output went away: nothing is left to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
