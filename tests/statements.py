"""Which statements each test puts to the database: a second server is asked each, none a thousand times.

`--note-statements` has every test leave a line in `.cache/statements`: its name and a digest for each
different statement. `--of-database` reads these and leaves out tests that would ask nothing new. A test
without a line (new, or not run there) stays in, and so does one that commits: what it tries is more than
its statements.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# Of transactions: their names count upwards.
FRAME = ("SAVEPOINT", "RELEASE", "ROLLBACK")
LIST = re.compile(r"\(%s(?:, %s)*\)(?:, \(%s(?:, %s)*\))*")
NUMBER = re.compile(r"\b\d+\b")


def shape(sql: str) -> str:
    """Digest of a statement, the same for any number of values in a list and for any number written out."""
    plain = NUMBER.sub("0", LIST.sub("(%s)", sql))
    return hashlib.blake2b(plain.encode(), digest_size=6).hexdigest()


@contextmanager
def noted(name: str, file: Path) -> Iterator[None]:
    """Append what is asked inside to the file, as the test's line."""
    # Settings are only there once pytest-django is.
    from django.db import connection

    asked: set[str] = set()

    def watch(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        if not str(sql).startswith(FRAME):
            asked.add(shape(str(sql)))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield
    with file.open("a") as lines:
        lines.write(json.dumps({"test": name, "asked": sorted(asked)}) + "\n")


def read(folder: Path) -> dict[str, frozenset[str]]:
    """What each test asked, from every worker's lines; the last line of a test holds."""
    found = {}
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text().splitlines():
            entry = json.loads(line)
            found[entry["test"]] = frozenset(entry["asked"])
    return found


def enough(asked: dict[str, frozenset[str]], names: Iterable[str]) -> set[str]:
    """Of the named tests as many as ask every statement: those with most first, then by name."""
    chosen: set[str] = set()
    seen: set[str] = set()
    for name in sorted(names, key=lambda each: (-len(asked[each]), each)):
        if not asked[name] <= seen:
            chosen.add(name)
            seen |= asked[name]
    return chosen
