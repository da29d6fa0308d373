"""Where a document closes: recipients, signatures, and the annexes behind them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from nhipcau.core.officialdoc.checking.pages import Pages, Piece

POSTS = re.compile(
    r"\b(CHỦ TỊCH|GIÁM ĐỐC|BỘ TRƯỞNG|THỨ TRƯỞNG|TRƯỞNG|PHÓ|CHÁNH|VỤ TRƯỞNG|CỤC TRƯỞNG|CHỦ NHIỆM|BÍ THƯ|"
    r"HIỆU TRƯỞNG|VIỆN TRƯỞNG|TỔNG|ỦY VIÊN|THƯ KÝ|CHỦ TỌA|CHỦ TRÌ|CHỈ HUY|CHÍNH ỦY|ĐẠI DIỆN|BÊN|NGƯỜI|"
    r"XÁC NHẬN|KẾ TOÁN)\b"
)
AUTHORITY = re.compile(r"(TM|KT|TL|TUQ|Q|T/M|K/T|T/L|T/UQ|TMỤQ)\b\s*[./:]?\s*\S")
_LABEL = re.compile(r"phu luc( so)?\s*([ivxlc]+|\d+)?\s*[.:]?$")
_LABEL_AND_TITLE = re.compile(r"phu luc( so)?\s*([ivxlc]+|\d+)?\s*[.:–-]\s*\S")
SHORT, LONGEST = 70, 150
"""letters of a line of the closing, of an annex's heading"""


@dataclass(slots=True)
class Annexed:
    """One annex: its label, the lines of its title, its reference line."""

    label: Piece
    title: list[Piece] = field(default_factory=list)

    @property
    def at(self) -> int:
        return self.label.at


@dataclass(slots=True)
class Closing:
    """What was found. `start`: index of the first paragraph of the closing."""

    heading: Piece | None = None
    listed: list[Piece] = field(default_factory=list)
    signatures: list[list[Piece]] = field(default_factory=list)
    annexes: list[Annexed] = field(default_factory=list)
    start: int | None = None


def close(pages: Pages, head: int) -> Closing:
    """The closing of a document whose head ends at paragraph `head`."""
    found = Closing()
    behind = [piece for piece in pages.pieces if piece.at > head]
    short = [piece for piece in behind if len(piece.text) < LONGEST]
    headings = [
        piece for piece in short if len(piece.text) < SHORT and re.match(r"noi nhan\s*(:|$)", piece.folded)
    ]
    found.heading = headings[-1] if headings else None
    labels = [piece for piece in short if _is_label(piece)]
    if found.heading is not None:
        before = [piece for piece in labels if piece.at < found.heading.at]
        heads = [each for each in headings if not before or each.at < before[0].at]
        if heads:  # an annex with recipients of its own does not move the document's
            found.heading = heads[-1]
        labels = [piece for piece in labels if piece.at > found.heading.at]
    found.annexes = [_annex(piece, behind) for piece in labels]
    limit = min((each.at for each in found.annexes), default=len(pages.paras))
    closing = [piece for piece in behind if piece.at < limit]
    _recipients(found, closing)
    _signatures(found, closing)
    ends = [found.heading, *(piece for lot in found.signatures for piece in lot)]
    found.start = min((piece.at for piece in ends if piece is not None), default=None)
    return found


def _is_label(piece: Piece) -> bool:
    if _LABEL.fullmatch(piece.folded):
        return piece.centred or piece.bold or piece.para.page_break
    return bool(_LABEL_AND_TITLE.match(piece.folded)) and piece.centred and piece.capitals


def _annex(label: Piece, pieces: Sequence[Piece]) -> Annexed:
    found = Annexed(label)
    for piece in pieces:
        if piece.at < label.at or piece is label or len(found.title) >= 6:
            continue
        if piece.text.startswith("(") or not piece.centred or piece.para.cell != label.para.cell:
            break
        found.title.append(piece)
    return found


def _recipients(found: Closing, closing: Sequence[Piece]) -> None:
    heading = found.heading
    if heading is None:
        return
    cell, box = heading.para.cell, heading.para.box
    for piece in closing:
        if piece.at < heading.at or piece is heading:
            continue
        if piece.para.cell != cell or piece.para.box != box:
            continue
        if cell is None and not box and not _listed(piece):
            continue
        if piece.at == heading.at and piece.para.cell is None:
            continue
        found.listed.append(piece)


def _listed(piece: Piece) -> bool:
    return (
        piece.text.startswith(("-", "–", "•", "+"))
        or "numId" in piece.para.look
        or piece.folded.startswith("luu")
    )


def _signatures(found: Closing, closing: Sequence[Piece]) -> None:
    """Lines of signatures, one list for each cell or column."""
    if found.heading is not None:
        lines = _near_heading(found, found.heading, closing)
    else:
        lines = _by_authority(closing)
    lots: dict[object, list[Piece]] = {}
    for piece in lines:
        if not piece.text.startswith(("(", "[")):
            lots.setdefault((piece.para.cell, piece.para.box), []).append(piece)
    found.signatures = [lot for lot in lots.values() if lot]


def _near_heading(found: Closing, heading: Piece, closing: Sequence[Piece]) -> list[Piece]:
    own = {id(piece) for piece in [heading, *found.listed]}
    cell = heading.para.cell
    if cell is not None:
        beside = [p for p in closing if p.para.cell and p.para.cell.table == cell.table and id(p) not in own]
        if beside := [p for p in beside if p.para.cell and p.para.cell.column != cell.column]:
            return beside
    after = [piece for piece in closing if piece.at >= heading.at and id(piece) not in own]
    if any(_signs(piece) for piece in after):
        return [piece for piece in after if len(piece.text) < SHORT]
    before = [piece for piece in closing if piece.at < heading.at]
    return _tail(before)


def _tail(before: Sequence[Piece]) -> list[Piece]:
    """The signature above the recipients: cells of the table there, or short bold lines."""
    if not before:
        return []
    last = before[-1]
    if last.para.cell is not None:
        table = last.para.cell.table
        return (
            [p for p in before if p.para.cell and p.para.cell.table == table]
            if _ends_in_names(before)
            else []
        )
    found: list[Piece] = []
    for piece in reversed(before):
        if (
            len(piece.text) >= SHORT
            or piece.para.place != last.para.place
            or piece.text.endswith((".", ";", ":", "./."))
        ):
            break
        found.append(piece)
        if AUTHORITY.match(piece.shown):
            break
    return found[::-1] if any(_signs(piece) for piece in found) else []


def _ends_in_names(before: Sequence[Piece]) -> bool:
    last = before[-1].para.cell
    cells = [p for p in before if p.para.cell and last and p.para.cell.table == last.table]
    return len(cells) <= 30 and any(_signs(piece) for piece in cells)


def _signs(piece: Piece) -> bool:
    """Whether a line is of a signature: an authority, or a post in capitals."""
    return (
        piece.capitals
        and bool(AUTHORITY.match(piece.shown) or POSTS.search(piece.shown))
        and len(piece.text) < SHORT
    )


def _by_authority(closing: Sequence[Piece]) -> list[Piece]:
    """Without recipients: the last lines from the authority or post on."""
    tail = closing[-12:]
    start = next((at for at, piece in enumerate(tail) if _signs(piece)), None)
    if start is None:
        return []
    return [piece for piece in tail[start:] if len(piece.text) < SHORT and not piece.text.startswith("-")]
