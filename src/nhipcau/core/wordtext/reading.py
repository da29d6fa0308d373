"""Body paragraphs in order, those of tables and text boxes among them. Of tracked changes, what was deleted
is left out and what was inserted is in.
"""

from __future__ import annotations

import unicodedata
import zipfile
from pathlib import Path

from lxml import etree

PART = "word/document.xml"
MOST_BYTES = 64 * 2**20
MOST_PARAGRAPHS = 200_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def paragraphs(path: Path) -> list[str]:
    """Texts without empty ones, spaces joined, NFC. Raises ValueError for what is no such document."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(PART) as file:
            data = file.read(MOST_BYTES + 1)
    except (zipfile.BadZipFile, KeyError, OSError, NotImplementedError, RuntimeError) as error:
        raise ValueError("no document") from error
    if len(data) > MOST_BYTES:
        raise ValueError("too large")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError("no document") from error
    found: list[str] = []
    for paragraph in root.iter(f"{_W}p"):
        text = " ".join(unicodedata.normalize("NFC", "".join(_runs(paragraph))).split())
        if text:
            found.append(text)
        if len(found) > MOST_PARAGRAPHS:
            raise ValueError("too large")
    return found


def _runs(paragraph: etree._Element) -> list[str]:
    """Words of the paragraph itself: a text box inside it has paragraphs of its own."""
    pieces: list[str] = []
    waiting = list(reversed(paragraph))
    while waiting:
        node = waiting.pop()
        if node.tag == f"{_W}t":
            pieces.append(node.text or "")
        elif node.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            pieces.append(" ")
        elif node.tag in (f"{_W}noBreakHyphen",):
            pieces.append("-")
        elif node.tag not in (f"{_W}p", f"{_W}del", f"{_W}pPr", _FALLBACK):
            waiting.extend(reversed(node))
    return pieces
