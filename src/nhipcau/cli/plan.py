"""`nhipcau plan …`: work on plan files without a database and without Django."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMATS = ("json", "table", "csv", "xlsx", "md")
READ_HELP = """\
Exit code: 0 when every file was read; 1 when one or more were not (each gives one line on standard error, the
others still come out); 2 for wrong arguments."""


def parser() -> argparse.ArgumentParser:
    """Arguments of `nhipcau plan`."""
    top = argparse.ArgumentParser(prog="nhipcau plan", description="Work on official plans.")
    verbs = top.add_subparsers(dest="verb", required=True)
    read = verbs.add_parser(
        "read",
        help="read plan files into tasks",
        description="Read official plans (.docx, .odt, .pdf, scans, .doc, .rtf, .txt).",
        epilog=READ_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    read.add_argument("files", nargs="+", metavar="FILE", type=Path)
    read.add_argument("--format", choices=FORMATS, help="default: by the end of OUT's name, else json")
    read.add_argument(
        "-o", "--output", metavar="OUT", type=Path, help="write here instead of standard output"
    )
    read.add_argument("--language", choices=("vi", "en"), default="vi", help="of headings and messages")
    read.add_argument("--jobs", type=int, metavar="N", help="files read at once (default: one per processor)")
    return top


def run(arguments: list[str]) -> int:
    """Entry for the dispatcher; returns the exit code."""
    top = parser()
    chosen = top.parse_args(arguments)
    form = chosen.format or _by_name(chosen.output)
    if form == "xlsx" and chosen.output is None and sys.stdout.isatty():
        top.error("xlsx goes into a file: add -o OUT.xlsx")
    return read(chosen.files, form, chosen.output, chosen.language, chosen.jobs)


def _by_name(output: Path | None) -> str:
    ending = output.suffix.lstrip(".").lower() if output else ""
    return {"markdown": "md", "txt": "table"}.get(ending, ending if ending in FORMATS else "json")


def read(files: list[Path], form: str, output: Path | None, language: str, jobs: int | None = None) -> int:
    """Read `files` and write them as `form`; 1 when one or more could not be read or nothing written."""
    # Loaded here, so that `--help` and mistakes in the arguments answer at once.
    from nhipcau.cli.plan_output import FileReading, write
    from nhipcau.core.planreader.child import Children
    from nhipcau.core.planreader.refusal import Refusal

    failed = 0

    def readings() -> Iterator[FileReading]:
        nonlocal failed
        with Children(min(len(files), jobs or os.cpu_count() or 1)) as children:
            for path, result in children.read_all(files):
                if isinstance(result, Refusal):
                    failed += 1
                    print(f"nhipcau: {path}: {result.message(language)}", file=sys.stderr)
                else:
                    yield FileReading(str(path), result)

    if output is None:
        write(readings(), form, sys.stdout.buffer, language, single=len(files) == 1)
        sys.stdout.flush()
        return 1 if failed else 0
    return 1 if _into(output, readings(), form, language, single=len(files) == 1) or failed else 0


def _into(output: Path, readings: object, form: str, language: str, *, single: bool) -> bool:
    """Write beside `output` and move it there when it is whole; True when that did not work."""
    from nhipcau.cli.plan_output import write

    temporary = ""
    output = output.resolve()  # a link's target is replaced, not the link
    try:
        if output.exists() and not output.is_file():
            with output.open("wb") as device:  # /dev/null, a pipe: a file put in its place would end it
                write(readings, form, device, language, single=single)  # type: ignore[arg-type]
            return False
        with tempfile.NamedTemporaryFile(dir=output.absolute().parent, delete=False) as file:
            temporary = file.name
            some = write(readings, form, file, language, single=single)  # type: ignore[arg-type]
        if some:
            Path(temporary).chmod(0o644)
            Path(temporary).replace(output)
            temporary = ""
    except OSError as error:
        print(f"nhipcau: {output}: {error.strerror}", file=sys.stderr)
        return True
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
    return False
