"""A Word file as PDF, through LibreOffice where it is installed."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from nhipcau.core.planreader.child import through_office

_EXPORT = (
    'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"},'
    '"ExportBookmarks":{"type":"boolean","value":"true"}}'
)


def can_make_pdf() -> bool:
    """Whether LibreOffice is there."""
    return (shutil.which("soffice") or shutil.which("libreoffice")) is not None


def to_pdf(document: bytes, *, scratch: Path | None = None) -> bytes:
    """The PDF of a DOCX, tagged, with its headings as bookmarks. Raises planreader's Refusal: "needs-office",
    "too-heavy", "office-failed".

    LibreOffice runs in a process with limits and without a network; its files lie below `scratch`, else in
    the system's folder for such.
    """
    with tempfile.TemporaryDirectory(prefix="nhipcau-office-", dir=scratch) as name:
        folder = Path(name)
        source = folder / "document.docx"
        source.write_bytes(document)
        return through_office(source, folder, "MS Word 2007 XML", _EXPORT).read_bytes()
