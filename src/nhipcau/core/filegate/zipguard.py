"""Guard for ZIP containers (DOCX, ODT, XLSX): reads the central directory itself and unpacks in a stream.

The checks go by what the bytes say, not by what the headers promise: sizes and checksums are counted while
unpacking, in pieces of 64 KB, so neither a forged size nor a bomb costs memory.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from nhipcau.core.filegate.rejection import Rejected

PIECE = 65536
_END = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_FORBIDDEN_FLAGS = 0x0001 | 0x0040 | 0x2000  # encrypted, strongly encrypted, masked headers
_WIDE_NAME = 0x0800
_SYMLINK = 0o120000
_BAD_NAME = re.compile(r"[\x00-\x1f\x7f\\:]|^/|(?:^|/)\.\.(?:/|$)|^\.$")


@dataclass(frozen=True, slots=True)
class ZipLimits:
    """Members, bytes of one part and of all parts once unpacked, and how many times a part may swell."""

    members: int = 2000
    part: int = 64 * 2**20
    total: int = 256 * 2**20
    ratio: int = 400


@dataclass(frozen=True, slots=True)
class Member:
    """One entry of the central directory."""

    name: str
    method: int
    crc: int
    packed: int
    size: int
    mode: int
    offset: int
    flags: int


def members(file: BinaryIO, limits: ZipLimits) -> list[Member]:
    """The central directory, checked: one disk, no prefix, no gap, safe and distinct names, no overlap."""
    length = file.seek(0, 2)
    count, size, start, end_at = _end_record(file, length)
    if count > limits.members:
        raise Rejected("zip-bomb")
    if start + size != end_at:
        raise Rejected("polyglot")
    file.seek(start)
    found = list(_central(file.read(size), count))
    _check_names(found)
    _check_places(file, found, start)
    return found


def _end_record(file: BinaryIO, length: int) -> tuple[int, int, int, int]:
    """(entries, directory size, directory offset, where the end record stands)."""
    span = min(length, PIECE + _END.size)
    file.seek(length - span)
    tail = file.read(span)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise Rejected("damaged")
    _, disk, first_disk, here, count, size, start, comment = _END.unpack_from(tail, at)
    place = length - span + at
    if place + _END.size + comment != length:
        raise Rejected("damaged")
    if disk or first_disk or here != count or count == 0xFFFF or 0xFFFFFFFF in (size, start):
        raise Rejected("zip-unsafe", what="ZIP64")
    return count, size, start, place


def _central(directory: bytes, count: int) -> Iterator[Member]:
    at = 0
    for _ in range(count):
        if len(directory) - at < _CENTRAL.size:
            raise Rejected("damaged")
        row = _CENTRAL.unpack_from(directory, at)
        signature, flags, method, crc, packed, size = row[0], row[3], row[4], row[7], row[8], row[9]
        name_length, extra, comment, attributes, offset = row[10], row[11], row[12], row[15], row[16]
        if signature != b"PK\x01\x02":
            raise Rejected("damaged")
        at += _CENTRAL.size
        name = _name(directory[at : at + name_length], flags)
        at += name_length + extra + comment
        yield Member(name, method, crc, packed, size, attributes >> 16, offset, flags)
    if at != len(directory):
        raise Rejected("zip-unsafe", what="central directory")


def _name(raw: bytes, flags: int) -> str:
    try:
        return raw.decode("utf-8" if flags & _WIDE_NAME else "ascii")
    except UnicodeDecodeError as error:
        raise Rejected("zip-unsafe", what="file name") from error


def _check_names(found: list[Member]) -> None:
    seen: set[str] = set()
    for member in found:
        if not member.name or len(member.name) > 300 or _BAD_NAME.search(member.name):
            raise Rejected("zip-unsafe", what="file name")
        folded = member.name.casefold()
        if folded in seen:
            raise Rejected("zip-unsafe", what="duplicate part")
        seen.add(folded)
        if member.flags & _FORBIDDEN_FLAGS:
            raise Rejected("encrypted")
        if member.mode & 0o170000 == _SYMLINK:
            raise Rejected("zip-unsafe", what="symbolic link")
        if member.method not in {0, 8}:
            raise Rejected("zip-unsafe", what="compression method")


def _check_places(file: BinaryIO, found: list[Member], end: int) -> None:
    """Local headers agree with the directory, start at 0, and no two members share a byte."""
    reached = 0
    for number, member in enumerate(sorted(found, key=lambda m: m.offset)):
        if number == 0 and member.offset != 0:
            raise Rejected("polyglot")
        if member.offset < reached:
            raise Rejected("zip-unsafe", what="overlapping parts")
        reached = data_start(file, member) + member.packed
        if reached > end:
            raise Rejected("damaged")


def data_start(file: BinaryIO, member: Member) -> int:
    """Where the member's packed bytes begin, after checking its local header against the directory."""
    file.seek(member.offset)
    raw = file.read(_LOCAL.size)
    if len(raw) < _LOCAL.size:
        raise Rejected("damaged")
    row: tuple[bytes, int, int, int, int, int, int, int, int, int, int] = _LOCAL.unpack(raw)
    signature, _, flags, method, _, _, _, packed, size, name_length, extra = row
    if signature != b"PK\x03\x04":
        raise Rejected("damaged")
    name = _name(file.read(name_length), flags)
    if name != member.name or method != member.method or flags & _FORBIDDEN_FLAGS:
        raise Rejected("zip-unsafe", what="headers disagree")
    told = not flags & 0x0008 and 0xFFFFFFFF not in (packed, size)
    if told and (packed, size) != (member.packed, member.size):
        raise Rejected("zip-unsafe", what="headers disagree")
    return member.offset + _LOCAL.size + name_length + extra


def unpack(file: BinaryIO, member: Member, limits: ZipLimits) -> Iterator[bytes]:
    """The member's bytes in pieces of at most 64 KB; refuses what is larger than said, or than allowed."""
    most = min(limits.part, member.size)
    # Pictures may honestly be blank and pack a thousandfold; they are never parsed.
    parsed = member.name.lower().endswith((".xml", ".rels", ".vml"))
    swollen = parsed and member.size > 2**20 and member.size > limits.ratio * max(1, member.packed)
    if swollen or member.size > limits.part:
        raise Rejected("zip-bomb")
    file.seek(data_start(file, member))
    crc = size = 0
    for piece in _inflate(file, member) if member.method else _stored(file, member):
        size += len(piece)
        if size > most:
            raise Rejected("zip-bomb")
        crc = zlib.crc32(piece, crc)
        yield piece
    if size != member.size or crc != member.crc:
        raise Rejected("damaged")


def _stored(file: BinaryIO, member: Member) -> Iterator[bytes]:
    left = member.packed
    while left:
        piece = file.read(min(PIECE, left))
        if not piece:
            raise Rejected("damaged")
        left -= len(piece)
        yield piece


def _inflate(file: BinaryIO, member: Member) -> Iterator[bytes]:
    stream = zlib.decompressobj(-15)
    try:
        for packed in _stored(file, member):
            waiting = packed
            while waiting and not stream.eof:
                piece = stream.decompress(waiting, PIECE)
                waiting = stream.unconsumed_tail
                yield piece
        while not stream.eof:
            piece = stream.decompress(stream.unconsumed_tail, PIECE)
            if not piece and not stream.eof:
                break
            yield piece
    except zlib.error as error:
        raise Rejected("damaged") from error
    if not stream.eof or stream.unused_data:
        raise Rejected("damaged")


def walk(
    file: BinaryIO, found: list[Member], limits: ZipLimits, look: Callable[[Member, Iterator[bytes]], None]
) -> None:
    """Unpack every member once, giving `look` its pieces; what `look` leaves is drained so that it counts."""
    total = 0

    def counted(pieces: Iterator[bytes]) -> Iterator[bytes]:
        nonlocal total
        for piece in pieces:
            total += len(piece)
            if total > limits.total:
                raise Rejected("zip-bomb")
            yield piece

    for member in found:
        pieces = counted(unpack(file, member, limits))
        look(member, pieces)
        for _ in pieces:
            pass
