"""Commands of the text package: `python -m nhipcau.core.text compare REPAIRED GOLD`, `… repair FILE`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from nhipcau.core.text.comparing import compare
from nhipcau.core.text.repairing import repair


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 when it did its work, 1 when the share of equal words is below `--least`."""
    parser = argparse.ArgumentParser(prog="python -m nhipcau.core.text", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    comparing = commands.add_parser(
        "compare", help="share of the words of GOLD that REPAIRED has in their place"
    )
    comparing.add_argument("repaired", type=Path)
    comparing.add_argument("gold", type=Path)
    comparing.add_argument("--repair", action="store_true", help="mend the first file before comparing")
    comparing.add_argument("--least", type=float, default=0.0, help="end with 1 below this share")
    comparing.add_argument("--misses", action="store_true", help="print the words that differ")
    repairing = commands.add_parser("repair", help="print the mended text, and on stderr what was found")
    repairing.add_argument("file", type=Path)
    options = parser.parse_args(arguments)
    return _repair(options.file) if options.command == "repair" else _compare(options)


def _repair(file: Path) -> int:
    repaired = repair(file.read_text("utf-8"))
    sys.stdout.write(repaired.text)
    sys.stderr.write(", ".join(repaired.notes) + "\n")
    return 0


def _compare(options: argparse.Namespace) -> int:
    text = options.repaired.read_text("utf-8")
    comparison = compare(repair(text).text if options.repair else text, options.gold.read_text("utf-8"))
    if options.misses:
        for right, found in comparison.misses:
            sys.stdout.write(f"{right} | {found}\n")
    sys.stdout.write(f"{comparison.share:.5f} ({comparison.equal} of {comparison.words} words)\n")
    return 0 if comparison.share >= options.least else 1


if __name__ == "__main__":
    raise SystemExit(main())
