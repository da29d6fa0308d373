"""Sheets in TCVN3 or VNI: a cell of one word says too little to be told by itself, a column says enough."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set

from nhipcau.core.text import repair

Numbered = tuple[int, list[object]]
_SAMPLE, _AT_ONCE, _LONGEST, _TOP = 300, 200, 400, 40
_OLD = frozenset({"tcvn3", "vni"})


def mended(rows: Iterable[Numbered]) -> Iterator[Numbered]:
    """The rows, the cells of a sheet in an old encoding decoded column by column."""
    kept = list(rows)
    columns: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for _number, cells in kept:
        for at, value in enumerate(cells):
            if isinstance(value, str) and not value.isascii() and len(value) <= _LONGEST:
                columns[at][value] = value
    old = {at for at, values in columns.items() if _is_old(list(values))}
    for at in old:
        _decode(columns[at])
    for place, (number, cells) in enumerate(kept):
        if old:
            found = [
                columns[at].get(value, value) if at in old and isinstance(value, str) else value
                for at, value in enumerate(cells)
            ]
            yield number, _heading(found, cells, old) if place < _TOP else found
        else:
            yield number, cells


def _heading(found: list[object], cells: list[object], old: Set[int]) -> list[object]:
    """The cells of columns without other words (numbers, years): their neighbours tell the encoding."""
    alone = [
        at
        for at, value in enumerate(cells)
        if at not in old and isinstance(value, str) and not value.isascii() and len(value) <= _LONGEST
    ]
    if not alone:
        return found
    lines = [" ".join(str(value).split()) if isinstance(value, str) else "" for value in cells]
    read = repair("\n".join(lines)).text.split("\n")
    if len(read) == len(lines):
        for at in alone:
            found[at] = read[at]
    return found


def _is_old(values: list[str]) -> bool:
    lines = [" ".join(value.split()) for value in values[:_SAMPLE]]
    return bool(_OLD.intersection(repair("\n".join(lines)).notes))


def _decode(values: dict[str, str]) -> None:
    """Many cells at once, a line each: neighbours tell in which encoding a doubtful word is."""
    written = list(values)
    for begin in range(0, len(written), _AT_ONCE):
        some = written[begin : begin + _AT_ONCE]
        read = repair("\n".join(" ".join(value.split()) for value in some)).text.split("\n")
        if len(read) == len(some):
            values.update(zip(some, read, strict=True))
