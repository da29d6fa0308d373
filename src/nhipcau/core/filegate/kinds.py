"""Which type a file is, told by its content alone."""

from __future__ import annotations

import re
from typing import BinaryIO, Literal

from nhipcau.core.filegate.pieces import pieces

Kind = Literal[
    "docx", "xlsx", "pptx", "odt", "ods", "zip", "pdf", "png", "jpg", "tiff", "gif", "doc", "xls", "ole",
    "ole-encrypted", "rtf", "html", "xml", "txt", "program", "empty", "unknown",
]  # fmt: skip

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC: list[tuple[bytes, Kind]] = [
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"GIF8", "gif"),
    (b"{\\rtf", "rtf"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
]
_STREAMS: dict[str, Kind] = {
    "EncryptedPackage": "ole-encrypted",
    "WordDocument": "doc",
    "Workbook": "xls",
}
_MARKUP = re.compile(rb"^\s*(?:<!doctype\s+html|<html|<head|<body|<script|<table)", re.IGNORECASE)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
HEAD = 65536


def kind_of(head: bytes) -> Kind:
    """The type that the first bytes (64 KB are enough) tell. ZIP members are looked at elsewhere."""
    if not head:
        return "empty"
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith(OLE_MAGIC):
        return "ole"
    lead = head[3:] if head.startswith(b"\xef\xbb\xbf") else head
    if lead[:64].lstrip(b"\r\n\t \x00").startswith(b"%PDF-"):
        return "pdf"
    if _MARKUP.match(lead[:1024]):
        return "html"
    if lead.lstrip()[:5] == b"<?xml":
        return "xml"
    return "txt" if looks_like_text(head) else "unknown"


def compound_kind(file: BinaryIO) -> Kind:
    """What a compound file holds: its streams' names stand in a directory that may lie anywhere in it."""
    found = {name for _, piece in pieces(file) for name in _STREAMS if name.encode("utf-16-le") in piece}
    return next((kind for name, kind in _STREAMS.items() if name in found), "ole")


def looks_like_text(head: bytes) -> bool:
    """True for UTF-8, UTF-16 and one-byte text: control characters are rare there, UTF-16's zeros aside.

    VNI and TCVN3 files keep letters between 0x80 and 0xFF, so high bytes say nothing.
    """
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head[2:]
        return head.count(b"\x00\x00") * 50 <= len(head)
    if wide_byte_order(head) is not None:
        return True
    return len(_CONTROL.findall(head)) * 200 <= len(head) and b"\x00\x00\x00\x00" not in head


def wide_byte_order(data: bytes) -> Literal["utf-16-le", "utf-16-be"] | None:
    """UTF-16 without a byte order mark: spaces and ASCII letters leave zeros on one side only."""
    sample = data[:4096]
    if len(sample) < 4:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.3 and even < half * 0.02:
        return "utf-16-le"
    if even > half * 0.3 and odd < half * 0.02:
        return "utf-16-be"
    return None
