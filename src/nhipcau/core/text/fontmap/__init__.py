"""Texts whose letters were exchanged by a broken font map (a PDF's ToUnicode table that lies).

Nothing is known of the map beforehand. What is known: the damaged letters stand in Vietnamese syllables, most
of which only one true letter completes; a body font exchanges letters one for one; a bold font may throw
several letters together, also onto letters that are Vietnamese themselves, so there syllables and neighbours
decide.

`tokens` finds the words and their damage, `channel` holds what letter is printed as what in one font,
`learning` infers that from the document, `decoding` chooses the words of a line, `quotes` mends quotation
marks, and `mending` puts it together.
"""

from nhipcau.core.text.fontmap.mending import mend
from nhipcau.core.text.fontmap.tokens import may_be_damaged

__all__ = ["may_be_damaged", "mend"]
