"""Word files: body in reading order, automatic numbers written out, what is hidden or deleted left out."""

from nhipcau.core.planreader.formats.docx.body import read

__all__ = ["read"]
