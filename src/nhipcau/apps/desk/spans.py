"""A task as a bar between its days: an SVG of percentages, so that it is as wide as its place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from nhipcau.apps.plans.spanning import Scale, began_on, ticks_of
from nhipcau.apps.plans.views.task_rows import Row

# Filled is done, outline is open; round is in time, a diamond past its date.
ROUND, DIAMOND = "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z", "M0-6 6 0 0 6-6 0z"
# Further right a word would run into the next column.
ROOM = 92
Part = tuple[str, date, date]


def parts_of(row: Row, today: date) -> list[Part]:
    """What the bar consists of: sign, from, to. Nothing without a due date."""
    if row.due_on is None:
        return []
    begun = min(began_on(row.task), row.due_on)
    if _done(row):
        ended = row.done_on or row.due_on
        return [(row.outcome.sign, min(begun, ended), ended)]
    found = [("open", begun, row.due_on)]
    if row.outcome.sign == "over":
        found.append(("over", row.due_on, max(row.done_on or today, row.due_on)))
    return found


def _done(row: Row) -> bool:
    return row.outcome.sign in ("done", "late")


def bar(row: Row, scale: Scale, today: date) -> SafeString:
    """The bar with its marks: the due day, and the day on which it was done or reported."""
    parts = parts_of(row, today)
    if not parts or row.due_on is None:
        return SafeString("")
    rects = format_html_join(
        "",
        '<rect class="s-{}" x="{}%" width="{}%" y="7" height="10"/>',
        ((sign, _at(scale.place(start)), _at(_wide(scale, start, end))) for sign, start, end in parts),
    )
    marks = _mark(row.outcome.sign, scale.place(row.done_on or row.due_on), done=_done(row))
    due = format_html(
        '<rect class="ld-due" x="{}%" y="2" width="2" height="20"/>', _at(scale.place(row.due_on))
    )
    return format_html(
        '<svg class="ld-span" aria-hidden="true" focusable="false">{}{}{}{}</svg>',
        _grid(scale, today),
        rects,
        due,
        marks,
    )


def axis(scale: Scale, today: date) -> SafeString:
    """The head of the pictures: months at their places."""
    words = format_html_join(
        "",
        '<text x="{}%" y="16">{}</text>',
        (
            (_at(scale.place(day)), f"{day.month}/{day.year}")
            for day in ticks_of(scale)
            if scale.place(day) < ROOM
        ),
    )
    return format_html(
        '<svg class="ld-span ld-axis" aria-hidden="true" focusable="false">{}{}</svg>',
        _grid(scale, today),
        words,
    )


def _grid(scale: Scale, today: date) -> SafeString:
    lines: Sequence[tuple[str, str]] = [("ld-tick", _at(scale.place(day))) for day in ticks_of(scale)]
    if scale.first <= today <= scale.last:
        lines = [*lines, ("ld-today", _at(scale.place(today)))]
    return format_html_join(
        "", '<line class="{}" x1="{}%" x2="{}%" y1="0" y2="24"/>', ((name, at, at) for name, at in lines)
    )


def _mark(sign: str, place: float, *, done: bool) -> SafeString:
    """A nested picture, since paths know no percentages."""
    shape = DIAMOND if sign in ("late", "over") else ROUND
    return format_html(
        '<svg x="{}%" y="12" overflow="visible"><path class="ld-mark is-{}{}" d="{}"/></svg>',
        _at(place),
        sign,
        " is-filled" if done else "",
        shape,
    )


def _wide(scale: Scale, start: date, end: date) -> float:
    return max(scale.place(end) - scale.place(start), 0.3)


def _at(percent: float) -> str:
    return f"{percent:.2f}"
