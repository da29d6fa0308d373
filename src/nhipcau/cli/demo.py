"""`nhipcau demo`: a synthetic province to try, from nothing to pages with one command."""

from __future__ import annotations

import argparse
import os
import time

from nhipcau.cli.instance import fail, manage, migrate_and_collect, tell, use_data_dir, use_database
from nhipcau.cli.serve import add_arguments, refuse_taken_port, serve
from nhipcau.embedded.language import SpokenError


def parser() -> argparse.ArgumentParser:
    """Arguments of `nhipcau demo`."""
    made = argparse.ArgumentParser(
        prog="nhipcau demo",
        description="Set up a synthetic province and serve it until Ctrl-C.",
    )
    add_arguments(made)
    made.add_argument("--no-serve", action="store_true", help="set up and print only")
    return made


def run(arguments: list[str]) -> int:
    """Entry for the dispatcher; returns the exit code."""
    options = parser().parse_args(arguments)
    begun = time.monotonic()
    os.environ.setdefault("NHIPCAU_MODE", "demo")
    os.environ.setdefault("NHIPCAU_PROVINCE", "tỉnh Lam Giang")
    os.environ.setdefault("NHIPCAU_LOG_LEVEL", "WARNING")  # the sign-ins stay in sight
    try:
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
        manage("load_demo")
        seconds = time.monotonic() - begun
        tell(f"Xong sau {seconds:.0f} giây.", f"Done after {seconds:.0f} s.")
        if not options.no_serve:
            serve(options, server, worker=True)
    except SpokenError as error:
        return fail(error)
    return 0
