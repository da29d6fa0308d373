"""The gate: size, then type by content and an allow list, then that type's guard, then the scanner."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from nhipcau.core.filegate.kinds import HEAD, Kind, compound_kind, kind_of
from nhipcau.core.filegate.names import safe_name
from nhipcau.core.filegate.officeguard import guard_office, office_kind
from nhipcau.core.filegate.pdfguard import guard_pdf
from nhipcau.core.filegate.rejection import Rejected
from nhipcau.core.filegate.zipguard import ZipLimits

Scanner = Callable[[Path], bool]
"""Answers True for a clean file, False for a bad one; whatever it raises counts as "cannot tell"."""

DOCUMENTS: tuple[Kind, ...] = ("docx", "odt", "doc", "rtf", "pdf", "txt", "png", "jpg", "tiff")


@dataclass(frozen=True, slots=True)
class Gate:
    """What may pass: allowed types, sizes in bytes, and the virus scanner where one is configured."""

    allowed: Sequence[Kind] = DOCUMENTS
    most: int = 50 * 2**20
    most_text: int = 8 * 2**20
    zip_limits: ZipLimits = field(default_factory=ZipLimits)
    scanner: Scanner | None = None


@dataclass(frozen=True, slots=True)
class Admitted:
    """A file that passed: its type, its name as shown, its size in bytes and SHA-256."""

    kind: Kind
    name: str
    size: int
    sha256: str


def admit(path: Path, filename: str | None = None, gate: Gate | None = None) -> Admitted:
    """Check the file at `path`; raises Rejected with the reason. `filename` is only shown, never trusted."""
    gate = gate or Gate()
    with path.open("rb") as file:
        size = file.seek(0, 2)
        if size > gate.most:
            raise Rejected("too-large", limit=gate.most // 2**20)
        kind = _checked_kind(file, size, gate)
        digest = _digest(file)
    if gate.scanner is not None:
        _scan(gate.scanner, path)
    return Admitted(kind, safe_name(filename if filename is not None else path.name), size, digest)


def _checked_kind(file: BinaryIO, size: int, gate: Gate) -> Kind:
    file.seek(0)
    kind = kind_of(file.read(HEAD))
    if kind == "ole":
        kind = compound_kind(file)
    if kind == "zip":
        kind, found = office_kind(file, gate.zip_limits)
        _allow(kind, gate)
        guard_office(file, found, gate.zip_limits)
        return kind
    if kind == "ole-encrypted":
        raise Rejected("encrypted")
    _allow(kind, gate)
    if kind == "txt" and size > gate.most_text:
        raise Rejected("too-large", limit=gate.most_text // 2**20)
    if kind == "pdf":
        guard_pdf(file)
        return kind
    file.seek(max(0, size - HEAD))
    if b"PK\x05\x06" in file.read():
        raise Rejected("polyglot")
    return kind


def _allow(kind: Kind, gate: Gate) -> None:
    if kind == "empty":
        raise Rejected("empty")
    if kind not in gate.allowed:
        raise Rejected("type", allowed=", ".join("." + each for each in gate.allowed))


def _digest(file: BinaryIO) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while piece := file.read(HEAD):
        digest.update(piece)
    return digest.hexdigest()


def _scan(scanner: Scanner, path: Path) -> None:
    try:
        clean = scanner(path)
    except Exception as error:
        raise Rejected("scanner-down") from error
    if not clean:
        raise Rejected("virus")
