"""`nhipcau demo`: a synthetic province to try, from nothing to pages with one command; or, with `--scenario
merger`, two provinces whose merger waits to be previewed.
"""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path

from nhipcau.cli.instance import fail, manage, migrate_and_collect, tell, use_data_dir, use_database
from nhipcau.cli.serve import add_arguments, refuse_taken_port, serve
from nhipcau.embedded import default_data_dir
from nhipcau.embedded.language import SpokenError


def parser() -> argparse.ArgumentParser:
    """Arguments of `nhipcau demo`."""
    made = argparse.ArgumentParser(
        prog="nhipcau demo",
        description="Set up a synthetic province and serve it until Ctrl-C.",
    )
    add_arguments(made)
    made.add_argument("--no-serve", action="store_true", help="set up and print only")
    made.add_argument(
        "--scenario",
        choices=["province", "merger"],
        default="province",
        help="province: a year's work of one (default); merger: An Giang and Kiên Giang before 1 July 2025, "
        "with the act that merges them stated, in a data folder of its own",
    )
    made.add_argument("--tasks", type=int, default=20_000, help="of the merger (default 20000)")
    return made


def load(scenario: str, tasks: int) -> None:
    """Fill the database; what is there already stays."""
    if scenario == "merger":
        manage("restructuring_scenario", "--only-state", "--tasks", str(tasks))
    else:
        manage("load_demo")
        manage("load_demo_reports")
        manage("load_demo_people")
        manage("load_demo_lists")


def set_apart(scenario: str) -> None:
    """The merger has a province and a folder of its own, unless the environment names them."""
    merger = scenario == "merger"
    if merger and not os.environ.get("NHIPCAU_DATA"):
        folder = default_data_dir()
        os.environ["NHIPCAU_DATA"] = str(folder.with_name(f"{folder.name}-merger"))
    os.environ.setdefault("NHIPCAU_PROVINCE", "tỉnh An Giang" if merger else "tỉnh Lam Giang")


def run(arguments: list[str]) -> int:
    """Entry for the dispatcher; returns the exit code."""
    options = parser().parse_args(arguments)
    begun = time.monotonic()
    os.environ.setdefault("NHIPCAU_MODE", "demo")
    os.environ.setdefault("NHIPCAU_LOG_LEVEL", "WARNING")  # the sign-ins stay in sight
    try:
        set_apart(options.scenario)
        if not options.no_serve:
            refuse_taken_port(options.host, options.port)
        server = use_database()
        folder = use_data_dir()
        if server is not None:
            tell(
                f"Cơ sở dữ liệu: PostgreSQL {server.version} ở {server.cluster} (người dùng {server.user})",
                f"Database: PostgreSQL {server.version} in {server.cluster} (user {server.user})",
            )
        tell(f"Thư mục dữ liệu: {folder}", f"Data folder: {folder}")
        migrate_and_collect()
        load(options.scenario, options.tasks)
        if not any(os.environ.get(name) for name in ("NHIPCAU_SMTP_URL", "NHIPCAU_MAIL_PROVIDER")):
            mails = Path(os.environ.get("NHIPCAU_MAIL_FOLDER") or folder / "mails").absolute()
            tell(f"Thư gửi đi nằm ở: {mails}", f"Mails are put into: {mails}")
        seconds = time.monotonic() - begun
        tell(f"Xong sau {seconds:.0f} giây.", f"Done after {seconds:.0f} s.")
        if not options.no_serve:
            serve(options, server, worker=True)
    except SpokenError as error:
        return fail(error)
    return 0
