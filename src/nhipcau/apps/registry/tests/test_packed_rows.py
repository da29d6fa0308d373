"""Rows of a list wait packed and come back as they were."""

from __future__ import annotations

import json

from nhipcau.apps.registry.intakes.packed import PART, ReadRow, Rows


def row(number: int) -> ReadRow:
    cells = json.dumps(["Nguyễn", "\x1e\x1f\n", str(number)], ensure_ascii=False)
    return ReadRow(number % 3, number, number % 7 == 0, cells, "{}", "[]")


def test_rows_come_back_in_order_as_often_as_they_are_asked() -> None:
    rows, asked = Rows(), [row(number) for number in range(2 * PART + 5)]
    rows.extend(iter(asked[:7]))
    rows.extend(asked[7:])
    assert len(rows) == len(asked)
    assert list(rows) == list(rows) == asked


def test_no_rows_are_none() -> None:
    assert not Rows()
    assert list(Rows()) == []
