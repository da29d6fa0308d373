"""OpenDocument texts: body in reading order, list numbers written out."""

from nhipcau.core.planreader.formats.odt.body import read

__all__ = ["read"]
