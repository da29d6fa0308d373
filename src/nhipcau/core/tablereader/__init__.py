"""Tables that people send (XLSX, ODS, CSV): read as text, cell by cell, in a child with limits.

What the cells mean is for the app that asked; here a cell is what its sender saw.
"""

from nhipcau.core.tablereader.child import read_list, read_tables
from nhipcau.core.tablereader.refusal import REASONS, Refusal
from nhipcau.core.tablereader.schema import MOST_COLUMNS, MOST_LISTED, MOST_ROWS, Row, Sheet

__all__ = [
    "MOST_COLUMNS",
    "MOST_LISTED",
    "MOST_ROWS",
    "REASONS",
    "Refusal",
    "Row",
    "Sheet",
    "read_list",
    "read_tables",
]
