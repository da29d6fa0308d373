"""PDF with a text layer: glyphs with their places, ruled tables, pages in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2

from nhipcau.core.planreader.formats.layout import PageText, lines_of
from nhipcau.core.planreader.formats.opening import Need
from nhipcau.core.planreader.formats.pdf_page import page_text
from nhipcau.core.planreader.refusal import Refusal
from nhipcau.core.planreader.source import Source

MOST_PAGES = 400
FEW_GLYPHS = 12
"""A page with fewer and a picture is a scan."""


@contextmanager
def opened(path: Path) -> Iterator[pypdfium2.PdfDocument]:
    """The document, closed afterwards; raises Refusal for damage, a password, or too many pages."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise Refusal("encrypted" if "password" in str(error).lower() else "damaged") from error
    try:
        if len(document) > MOST_PAGES:
            raise Refusal("too-long", limit=MOST_PAGES, unit="trang")
        if document.get_formtype() in {2, 3}:
            raise Refusal("active-content", what="XFA")
        yield document
    finally:
        document.close()


def read(path: Path) -> Source:
    """Read a PDF's text layer; Need("ocr") when half of its pages or more are pictures of text."""
    with opened(path) as document:
        pages, scans = texts(document)
    if not pages:
        raise Refusal("damaged")
    if scans and 2 * len(scans) >= len(pages):
        raise Need("ocr", len(scans))
    notes = [f"unread-pages {' '.join(map(str, scans))}"] if scans else []
    return Source("pdf", lines_of(pages), notes, len(pages))


def texts(document: pypdfium2.PdfDocument) -> tuple[list[PageText], list[int]]:
    """Every page's text, and the numbers (from 1) of pages that are pictures."""
    pages: list[PageText] = []
    scans: list[int] = []
    for number in range(1, len(document) + 1):
        try:
            page = document[number - 1]
        except pypdfium2.PdfiumError as error:
            raise Refusal("damaged") from error
        found, pictures = page_text(page)
        if sum(len(row.fragments) for row in found.rows) < FEW_GLYPHS and not found.tables and pictures:
            scans.append(number)
        pages.append(found)
        page.close()
    return pages, scans
