"""From a source to a reading: the order of the steps; what each does stands in its own module."""

from __future__ import annotations

from collections import Counter

from nhipcau.core.planreader.blocks import Page, build
from nhipcau.core.planreader.citations import read_citations
from nhipcau.core.planreader.debris import drop_debris
from nhipcau.core.planreader.doubts import mark_doubts
from nhipcau.core.planreader.flat_tables import restore_cells
from nhipcau.core.planreader.header import read_document
from nhipcau.core.planreader.items import items_of
from nhipcau.core.planreader.layout import measure
from nhipcau.core.planreader.mending import mended
from nhipcau.core.planreader.outline import Node, outline_of, sections_of
from nhipcau.core.planreader.refusal import Refusal
from nhipcau.core.planreader.reporting import reports_of
from nhipcau.core.planreader.rows import rows_of, source_from_text
from nhipcau.core.planreader.schema import Reading
from nhipcau.core.planreader.secrecy import secrecy_mark
from nhipcau.core.planreader.sentences import assigning_of
from nhipcau.core.planreader.source import Source
from nhipcau.core.planreader.tables import table_items
from nhipcau.core.planreader.tasks import tasks_of
from nhipcau.core.planreader.views import views_of
from nhipcau.core.planreader.zones import join_split_dates, zones_of

MAX_CHARACTERS = 1_200_000
MAX_LINES = 200_000
MAX_ROWS = 25_000


def read_text(text: str) -> Reading:
    """The reading of a plain text. Raises Refusal ("empty", "secret", "too-long", "not-a-plan"), nothing
    else.
    """
    if len(text) > MAX_CHARACTERS:
        raise Refusal("too-long", limit=MAX_CHARACTERS, unit="ký tự")
    return read_source(source_from_text(text))


def read_source(source: Source) -> Reading:
    """The reading of what a format reader found in a file. Raises Refusal, nothing else."""
    reading = read_page(*laid_out(source))
    mark_doubts(reading["text"], reading["blocks"], reading["tasks"])
    return reading


def laid_out(source: Source) -> tuple[Page, list[str]]:
    """The paragraphs of a source as one text, and notes on what was done to get there. Raises Refusal."""
    if len(source.lines) > MAX_LINES:
        raise Refusal("too-long", limit=MAX_LINES, unit="dòng")
    if sum(len(line.text) for line in source.lines) > MAX_CHARACTERS:
        raise Refusal("too-long", limit=MAX_CHARACTERS, unit="ký tự")
    source = mended(source)
    rows = rows_of(source)
    if not rows:
        raise Refusal("empty")
    if len(rows) > MAX_ROWS:
        raise Refusal("too-long", limit=MAX_ROWS, unit="dòng")
    mark = secrecy_mark(source)
    if mark is not None:
        raise Refusal("secret", mark=mark)
    rows, gone = drop_debris(rows)
    if not any(c.isalpha() for row in rows for c in row.text):
        raise Refusal("not-a-plan")
    rows = join_split_dates(rows)
    layout = measure(rows)
    page = build(rows, zones_of(rows, layout), layout)
    notes = [*source.notes, *(f"{kind}: {count}" for kind, count in sorted(gone.items()))]
    return page, notes


def read_page(page: Page, notes: list[str]) -> Reading:
    """The reading of a laid-out text; the doubts of its tasks are only where a rule guessed."""
    document = read_document(page)
    restore_cells(page)
    root = outline_of(page)
    items = items_of(page, root)
    counts = Counter(i.id.partition("#")[0] for i in items if "#" in i.id)
    items = sorted([*items, *table_items(page, root, counts)], key=lambda i: i.start)
    tasks = tasks_of(page, items)
    return Reading(
        schema="plan/1",
        text=page.text,
        document=document,
        citations=read_citations(page, document["number"]),
        sections=sections_of(root),
        tasks=tasks,
        reporting=reports_of(page, items, tasks),
        places=[list(p) for p in page.places],
        assigning=assigning_of(page, root, tasks, items),
        blocks=views_of(page, root),
        notes=notes,
    )


__all__ = ["Node", "laid_out", "read_page", "read_source", "read_text"]
