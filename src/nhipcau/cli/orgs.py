"""`nhipcau orgs …`: the country's units in the database, and what an address means."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from nhipcau.cli.instance import fail, use_database
from nhipcau.cli.orgs_output import as_dict, as_lines
from nhipcau.core.places import Resolver, Status, shipped
from nhipcau.embedded.language import SpokenError

LONGEST = 10_000
RESOLVE_HELP = """\
Old and new names are understood, with and without marks and with abbreviations (X., P., TT., H., TX., TP.,
Q., T.), in any order and with levels left out. A commune that was divided gives all of its successors, a name
that several units bear gives all of them: never a guess. TEXT "-" reads one address a line from standard
input.

Exit code: 0 when every text means a unit or several; 1 when one or more mean none; 2 for wrong arguments."""


def parser() -> argparse.ArgumentParser:
    """Arguments of `nhipcau orgs`."""
    top = argparse.ArgumentParser(prog="nhipcau orgs", description="Organisations and administrative units.")
    verbs = top.add_subparsers(dest="verb", required=True)
    resolve = verbs.add_parser(
        "resolve",
        help="tell which unit an address means, then and now",
        description="Which administrative units an address means: as written, on a day, and today.",
        epilog=RESOLVE_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    resolve.add_argument("texts", nargs="+", metavar="TEXT")
    resolve.add_argument(
        "--on", type=day, metavar="DATE", help="read it as of this day, 2024-12-31 or 31/12/2024"
    )
    resolve.add_argument("--json", action="store_true", help="one JSON object a text, one a line")
    resolve.add_argument("--language", choices=("vi", "en"), default="vi", help="of the words in between")
    load = verbs.add_parser(
        "load-units",
        help="load the country's administrative units into the database",
        description="Load the country's administrative units; what is there already stays as it is.",
    )
    load.add_argument(
        "--province",
        action="append",
        default=[],
        metavar="NAME",
        help="only this one, with what it was made of and became; may be given several times",
    )
    load.add_argument(
        "--home",
        metavar="NAME",
        help="the province that this instance serves (without it NHIPCAU_PROVINCE, when that is one)",
    )
    return top


def day(text: str) -> date:
    """A day as ISO or as people here write it."""
    try:
        if "/" in text:
            parts = [int(part) for part in text.split("/")]
            return date(parts[2], parts[1], parts[0])
        return date.fromisoformat(text)
    except (ValueError, IndexError):
        raise argparse.ArgumentTypeError(f"{text!r}: a day is 2024-12-31 or 31/12/2024") from None


def run(arguments: list[str]) -> int:
    """Entry for the dispatcher; returns the exit code."""
    chosen = parser().parse_args(arguments)
    if chosen.verb == "load-units":
        return load_units(chosen.province, chosen.home or "")
    return resolve(chosen.texts, chosen.on, as_json=chosen.json, language=chosen.language)


def _texts(texts: list[str]) -> Iterator[str]:
    for text in texts:
        if text != "-":
            yield text
            continue
        for line in sys.stdin:
            if line.strip():
                yield line.strip("\n")[:LONGEST]


def resolve(texts: list[str], on: date | None, *, as_json: bool, language: str) -> int:
    """Print what each text means; 1 when one of them means nothing."""
    resolver = Resolver(shipped())
    today = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()
    unknown = 0
    for text in _texts(texts):
        answer = resolver.resolve(text, today=today, on=on)
        unknown += answer.status is Status.UNKNOWN
        if as_json:
            print(json.dumps(as_dict(answer, resolver.units, on), ensure_ascii=False))
        else:
            print("\n".join(as_lines(answer, resolver.units, language)))
    return 1 if unknown else 0


def load_units(provinces: list[str], home: str) -> int:
    """The management command with a database at hand; returns the exit code."""
    try:
        use_database()
    except SpokenError as error:
        return fail(error)
    import django
    from django.core.management import CommandError, call_command

    django.setup()
    try:
        call_command("load_units", *(f"--province={name}" for name in provinces), home=home)
    except CommandError as error:
        print(f"nhipcau: {error}", file=sys.stderr)
        return 1
    return 0
