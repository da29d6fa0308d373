"""`nhipcau report …`: whether a consolidated report is what was frozen."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from nhipcau.cli.instance import fail, use_database
from nhipcau.core.reportfile import MOST_BYTES, Problem, read
from nhipcau.embedded.language import SpokenError

WORDS = {
    "vi": {
        "ok": "{name}: đúng nguyên bản đã chốt, mã kiểm tra {digest}",
        "not-json": "{name}: không phải tệp report/1: {found}",
        "schema": "{name}: sai cấu trúc report/1 ở {where}: {found}",
        "digest": "{name}: nội dung đã bị thay đổi sau khi chốt (mã ghi {found}, tính lại {expected})",
        "printed": "{name}: mã kiểm tra in trên văn bản là {expected}, tệp này là {found}",
        "unit": "{name}: {where} nêu đơn vị không có trong danh sách hoặc nêu hai lần: {found}",
        "count": "{name}: {where} ghi {found} đơn vị, đếm lại được {expected}",
        "sum": "{name}: {where} ghi tổng {found}, cộng lại được {expected}",
        "unreadable": "{name}: không đọc được tệp",
        "none": "Chưa có báo cáo nào được chốt.",
    },
    "en": {
        "ok": "{name}: as it was frozen, digest {digest}",
        "not-json": "{name}: not a report/1 file: {found}",
        "schema": "{name}: not in the form of report/1 at {where}: {found}",
        "digest": "{name}: changed after it was frozen (says {found}, is {expected})",
        "printed": "{name}: the digest printed on the document is {expected}, that of this file {found}",
        "unit": "{name}: {where} names a unit that is not listed, or listed twice: {found}",
        "count": "{name}: {where} says {found} units, counted {expected}",
        "sum": "{name}: {where} says {found} in all, added up {expected}",
        "unreadable": "{name}: the file cannot be read",
        "none": "No report was frozen yet.",
    },
}


def parser() -> argparse.ArgumentParser:
    """Arguments of `nhipcau report`."""
    top = argparse.ArgumentParser(prog="nhipcau report", description="Consolidated reports.")
    verbs = top.add_subparsers(dest="verb", required=True)
    verify = verbs.add_parser(
        "verify",
        help="check that frozen reports are what was frozen",
        description="Check report/1 files, or without FILE every frozen report in the database.",
        epilog="Exit code: 0 when all are as they were frozen, 1 when one is not, 2 for wrong arguments.",
    )
    verify.add_argument("files", nargs="*", metavar="FILE", type=Path)
    verify.add_argument("--digest", metavar="TEXT", help="the digest as printed on the signed document")
    verify.add_argument("--json", action="store_true", help="one JSON object a report, one a line")
    verify.add_argument("--language", choices=("vi", "en"), default="vi")
    return top


def run(arguments: list[str]) -> int:
    """The `nhipcau report` command; returns the exit code."""
    options = parser().parse_args(arguments)
    if options.digest is not None and len(options.files) != 1:
        parser().error("--digest goes with one FILE")
    if options.files:
        results = [(str(path), *_of_file(path, options.digest)) for path in options.files]
        return report(results, as_json=options.json, language=options.language)
    try:
        use_database()
    except SpokenError as error:
        return fail(error)
    import django

    django.setup()
    # The database is wanted: only now the application.
    from nhipcau.apps.reporting.verifying import verify_all

    results = list(verify_all())
    if not results and not options.json:
        print(WORDS[options.language]["none"])
    return report(results, as_json=options.json, language=options.language)


def report(
    results: Iterable[tuple[str, str, list[Problem]]], *, as_json: bool = False, language: str = "vi"
) -> int:
    """Print a line a problem, or one that all is well; 1 when something is wrong."""
    words, wrong = WORDS[language], 0
    for name, digest, problems in results:
        wrong += bool(problems)
        if as_json:
            rows = [asdict(problem) for problem in problems]
            print(json.dumps({"report": name, "digest": digest, "problems": rows}, ensure_ascii=False))
            continue
        for problem in problems:
            print(words[problem.code].format(name=name, **asdict(problem)), file=sys.stderr)
        if not problems:
            print(words["ok"].format(name=name, digest=digest))
    return int(wrong > 0)


def _of_file(path: Path, printed: str | None) -> tuple[str, list[Problem]]:
    """Digest and problems of one file; `printed` is matched by its beginning, spaces aside."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError:
        return "", [Problem("unreadable")]
    content, problems = read(data)
    digest = str((content or {}).get("digest", ""))
    wanted = "".join((printed or "").split()).lower()
    if wanted and not (len(wanted) >= 8 and digest.startswith(wanted)):
        problems.append(Problem("printed", found=digest, expected=wanted))
    return digest, problems
