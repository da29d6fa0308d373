"""Namespaces of OpenDocument, and attributes by short names."""

from __future__ import annotations

from lxml import etree

_BASE = "urn:oasis:names:tc:opendocument:xmlns:"
TEXT = f"{{{_BASE}text:1.0}}"
TABLE = f"{{{_BASE}table:1.0}}"
STYLE = f"{{{_BASE}style:1.0}}"
OFFICE = f"{{{_BASE}office:1.0}}"
DRAW = f"{{{_BASE}drawing:1.0}}"
FO = f"{{{_BASE}xsl-fo-compatible:1.0}}"
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


def whole(element: etree._Element, name: str, default: int) -> int:
    """A small whole number out of an attribute."""
    text = element.get(name, "")
    return int(text) if text.isdigit() and len(text) < 7 else default
