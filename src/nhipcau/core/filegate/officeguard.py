"""What a DOCX, XLSX or ODT may hold: no macros, no ActiveX, no OLE objects, nothing pulled from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from nhipcau.core.filegate.kinds import Kind
from nhipcau.core.filegate.rejection import Rejected
from nhipcau.core.filegate.xmlguard import elements, refuse_dtd
from nhipcau.core.filegate.zipguard import Member, ZipLimits, members, unpack, walk

_MACROS = re.compile(r"(?:^|/)(?:vbaproject\.bin|vbadata\.xml|macrosheets/|basic/|scripts/)", re.IGNORECASE)
_OBJECTS = re.compile(
    r"(?:^|/)(?:activex/|oleobject[^/]*\.bin$|.*\.(?:exe|dll|js|vbs|ps1|bat|scr|hta)$)", re.I
)
_CONNECTIONS = re.compile(r"(?:^|/)(?:connections\.xml|externallinks/)", re.IGNORECASE)
_PACKAGES = re.compile(r"(?:^|/)embeddings/[^/]+\.(?:xlsx|docx|pptx)$", re.IGNORECASE)
_MAIN: list[tuple[str, Kind]] = [
    ("wordprocessingml.document.main+xml", "docx"),
    ("wordprocessingml.template.main+xml", "docx"),
    ("spreadsheetml.sheet.main+xml", "xlsx"),
    ("spreadsheetml.template.main+xml", "xlsx"),
    ("presentationml", "pptx"),
]
_DRIVE = re.compile(r"^(?:file:/{0,3})?[A-Za-z]:[\\/]")
SMALL = 2 * 2**20


def office_kind(file: BinaryIO, limits: ZipLimits) -> tuple[Kind, list[Member]]:
    """Which office type a ZIP is ("zip" when none), and its checked directory."""
    found = members(file, limits)
    by_name = {member.name: member for member in found}
    if "[Content_Types].xml" in by_name:
        return _ooxml_kind(file, by_name["[Content_Types].xml"], limits), found
    if "mimetype" in by_name:
        mime = _small(unpack(file, by_name["mimetype"], limits)).strip()
        if mime.startswith(b"application/vnd.oasis.opendocument.text"):
            return "odt", found
        if mime.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
            return "ods", found
    return "zip", found


def _ooxml_kind(file: BinaryIO, types: Member, limits: ZipLimits) -> Kind:
    kinds: list[Kind] = []

    def seen(name: str, attributes: dict[str, str]) -> None:
        content = attributes.get("ContentType", "")
        if "macroEnabled" in content or "vbaProject" in content:
            raise Rejected("macros")
        if "activeX" in content:
            raise Rejected("embedded-object", what="ActiveX")
        if name == "Override":
            kinds.extend(kind for mark, kind in _MAIN if mark in content)

    elements([_small(unpack(file, types, limits))], seen)
    return kinds[0] if kinds else "zip"


def guard_office(file: BinaryIO, found: list[Member], limits: ZipLimits) -> None:
    """Unpack every part once in a stream and refuse what may not be there."""
    for member in found:
        if _MACROS.search(member.name):
            raise Rejected("macros")
        if _OBJECTS.search(member.name):
            raise Rejected("embedded-object", what=member.name.rpartition("/")[2][:60])
        if _CONNECTIONS.search(member.name):
            raise Rejected("external-link", what="data connection")
    walk(file, found, limits, _look)


def _look(member: Member, pieces: Iterator[bytes]) -> None:
    first = next(pieces, b"")
    if first.startswith(b"PK\x03\x04") and not _PACKAGES.search(member.name):
        raise Rejected("zip-unsafe", what="nested archive")
    lower = member.name.lower()
    if lower.endswith(".rels"):
        _relations(chain([first], pieces))
    elif lower == "meta-inf/manifest.xml":
        elements([_small(chain([first], pieces))], _manifest)
    elif lower.endswith((".xml", ".rdf", ".vml")) and first:
        refuse_dtd(chain([first], pieces))


def _relations(pieces: Iterator[bytes]) -> None:
    def seen(name: str, attributes: dict[str, str]) -> None:
        if name != "Relationship" or attributes.get("TargetMode", "").lower() != "external":
            return
        kind = attributes.get("Type", "").rpartition("/")[2]
        # A template's path on somebody's disk is left by every Word with its own template; nothing opens it.
        local_template = kind == "attachedTemplate" and _DRIVE.match(attributes.get("Target", ""))
        if kind != "hyperlink" and not local_template:
            raise Rejected("external-link", what=kind[:40] or "?")

    elements([_small(pieces)], seen)


def _manifest(name: str, _: dict[str, str]) -> None:
    if name == "encryption-data":
        raise Rejected("encrypted")


def _small(pieces: Iterator[bytes]) -> bytes:
    data = bytearray()
    for piece in pieces:
        data += piece
        if len(data) > SMALL:
            raise Rejected("zip-bomb")
    return bytes(data)
