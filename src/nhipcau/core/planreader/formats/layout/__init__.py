"""Pieces of text with their places on a page, put into the order in which people read them."""

from nhipcau.core.planreader.formats.layout.fragments import INVENTED, Fragment, Row, rows_of, split_row
from nhipcau.core.planreader.formats.layout.pages import PageText, lines_of

__all__ = [
    "INVENTED",
    "Column",
    "Fragment",
    "PageText",
    "Row",
    "lines_of",
    "reading_order",
    "rows_of",
    "split_row",
]
