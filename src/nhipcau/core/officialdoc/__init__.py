"""Official documents in the form of Decree 30/2020/NĐ-CP: written as DOCX, and checked against that form."""

from nhipcau.core.officialdoc.checking.checker import check_docx
from nhipcau.core.officialdoc.checking.findings import Finding, Where
from nhipcau.core.officialdoc.kinds import KINDS, Kind
from nhipcau.core.officialdoc.model import (
    Annex,
    Attachment,
    Block,
    Bullets,
    Cell,
    Heading,
    OfficialDocument,
    Paragraph,
    Picture,
    Run,
    Signature,
    Table,
    is_number,
)
from nhipcau.core.officialdoc.writing import write_attachment, write_docx

__all__ = [
    "KINDS",
    "Annex",
    "Attachment",
    "Block",
    "Bullets",
    "Cell",
    "Finding",
    "Heading",
    "Kind",
    "OfficialDocument",
    "Paragraph",
    "Picture",
    "Run",
    "Signature",
    "Table",
    "Where",
    "check_docx",
    "is_number",
    "write_attachment",
    "write_docx",
]
