"""`nhipcau doc …`: official documents against the form of Decree 30/2020/NĐ-CP; no database, no Django."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nhipcau.core.officialdoc.checking.findings import Finding

CHECK_HELP = """\
Each line tells how grave it is (error, warning, hint), the element and code, the paragraph (among those
with text) and what it should be. --json prints one object a file, one a line.

Exit code: 0 when no file has an error (warnings may be there); 1 when one has, or cannot be read; 2 for
wrong arguments."""
GRAVE = {"error": ("lỗi", "error"), "warning": ("cảnh báo", "warning"), "hint": ("gợi ý", "hint")}
FINE = ("đúng thể thức", "in the right form")


def parser() -> argparse.ArgumentParser:
    """Arguments of `nhipcau doc`."""
    top = argparse.ArgumentParser(prog="nhipcau doc", description="Official documents (Word files).")
    verbs = top.add_subparsers(dest="verb", required=True)
    check = verbs.add_parser(
        "check",
        help="check documents against the official form",
        description="Check Word files against the form of Decree 30/2020/NĐ-CP, element by element.",
        epilog=CHECK_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    check.add_argument("files", nargs="+", metavar="FILE.docx", type=Path)
    check.add_argument("--json", action="store_true", help="one JSON object a file, one a line")
    check.add_argument("--language", choices=("vi", "en"), default="vi", help="of the messages")
    return top


def run(arguments: list[str]) -> int:
    """Entry for the dispatcher; returns the exit code."""
    chosen = parser().parse_args(arguments)
    return check(chosen.files, as_json=chosen.json, language=chosen.language)


def check(files: Sequence[Path], *, as_json: bool, language: str) -> int:
    """Print what departs from the form; 1 when a file has an error or cannot be read."""
    # Loaded here, so that `--help` and mistakes in the arguments answer at once.
    from nhipcau.core.officialdoc.child import check_in_child
    from nhipcau.core.planreader.refusal import Refusal

    failed = False
    for path in files:
        try:
            findings = check_in_child(path)
        except Refusal as refusal:
            failed = True
            shown = Refusal("missing", name=str(path)) if refusal.code == "missing" else refusal
            print(f"nhipcau: {path}: {shown.message(language)}", file=sys.stderr)
            continue
        failed = failed or any(finding.severity == "error" for finding in findings)
        if as_json:
            print(json.dumps(as_dict(path, findings, language), ensure_ascii=False))
        else:
            print("\n".join(as_lines(path, findings, language)))
    return 1 if failed else 0


def as_dict(path: Path, findings: Sequence[Finding], language: str) -> dict[str, object]:
    """One file for programs."""
    rows = [
        {
            "element": finding.element,
            "code": finding.code,
            "severity": finding.severity,
            "paragraph": finding.where.paragraph if finding.where else None,
            "excerpt": finding.where.excerpt if finding.where else None,
            "count": finding.count,
            "values": dict(finding.values),
            "message": finding.message(language),
        }
        for finding in findings
    ]
    return {"file": str(path), "findings": rows}


def as_lines(path: Path, findings: Sequence[Finding], language: str) -> list[str]:
    """One file for people."""
    at = 0 if language == "vi" else 1
    if not findings:
        return [f"{path}: {FINE[at]}"]
    counts = {grave: sum(finding.severity == grave for finding in findings) for grave in GRAVE}
    told = ", ".join(f"{count} {GRAVE[grave][at]}" for grave, count in counts.items() if count)
    return [f"{path}: {told}", *(_line(finding, language, at) for finding in findings)]


def _line(finding: Finding, language: str, at: int) -> str:
    where = ""
    if finding.where:
        where = f" {('đoạn', 'paragraph')[at]} {finding.where.paragraph} “{finding.where.excerpt}”"
    more = f" ({finding.count} {('chỗ', 'places')[at]})" if finding.count > 1 else ""
    grave = GRAVE[finding.severity][at]
    return f"  {grave}: [{finding.element}/{finding.code}]{where}: {finding.message(language)}{more}"
