"""`nhipcau plan …`: work on plan files without a database and without Django."""

from __future__ import annotations

import argparse


def parser() -> argparse.ArgumentParser:
    """Arguments of `nhipcau plan`."""
    top = argparse.ArgumentParser(prog="nhipcau plan", description="Work on official plans.")
    verbs = top.add_subparsers(dest="verb", required=True)
    read = verbs.add_parser("read", help="read plan files into tasks")
    read.add_argument("files", nargs="+", metavar="FILE")
    return top


def run(arguments: list[str]) -> int:
    """Entry for the dispatcher; returns the exit code."""
    parser().parse_args(arguments)
    return 0
