"""Where the elements of the form are, however the letterhead was made: table, text boxes, tabs, lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from nhipcau.core.officialdoc.checking.closing import Closing, close
from nhipcau.core.officialdoc.checking.pages import Pages, Para, Piece
from nhipcau.core.officialdoc.kinds import KINDS, LETTER, Kind
from nhipcau.core.text import fold

HEAD = 60
"""The letterhead is looked for among so many lines."""
LONG = 140
"""A paragraph of so many letters is text, not letterhead."""
_NUMBER = re.compile(r"so\s*[:.]?\s*[\d….\s_]*[a-z]?\s*[/-]|so\s*:|so\s+\d+\S*$")
_DATE = re.compile(
    r"[^,]{0,45},?\s*(?:ngay\b.{0,20}\bthang\b.{0,20}\bnam\b[\s….\d]*|(?:ngay\s*)?\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4})"
)
_SYMBOL = re.compile(r"/\s*([^\W\d_]+)\s*[-–]")
_ABOUT = re.compile(r"v\s*/\s*v\b|ve viec\b")
_BASIS = re.compile(r"(theo de nghi|xet (de nghi|to trinh))\b")
_BODY = re.compile(
    r"(UBND|ỦY BAN|UỶ BAN|SỞ|BỘ|BAN|VĂN PHÒNG|PHÒNG|TRUNG TÂM|CỤC|VỤ|TỔNG CỤC|CHI CỤC|HỘI|LIÊN|CÔNG AN|"
    r"TRƯỜNG|VIỆN|BỆNH VIỆN|THANH TRA|ĐẢNG|TỈNH ỦY|THÀNH ỦY|ĐOÀN|CHI NHÁNH|CÔNG TY|TỔNG CÔNG TY|HĐND|"
    r"MẶT TRẬN)\b"
)
_NAMES = {fold(kind.name): kind for kind in KINDS.values() if kind.code != LETTER}


@dataclass(slots=True)
class Layout:
    """The elements that were found; None or empty for what was not."""

    pages: Pages
    nation: Piece | None = None
    motto: Piece | None = None
    parent: list[Piece] = field(default_factory=list)
    issuer: list[Piece] = field(default_factory=list)
    number: Piece | None = None
    date: Piece | None = None
    title: Piece | None = None
    subject: list[Piece] = field(default_factory=list)
    kind: Kind | None = None
    greeting: Piece | None = None
    greeted: list[Piece] = field(default_factory=list)
    bases: list[Para] = field(default_factory=list)
    order: Piece | None = None
    body: list[Para] = field(default_factory=list)
    closing: Closing = field(default_factory=Closing)
    head_end: int = 0
    """number of the first paragraph (index) behind the head"""

    @property
    def letter(self) -> bool:
        """Whether it is a công văn: a "V/v" and no type."""
        return self.kind is not None and self.kind.code == LETTER

    def rule_below(self, at: Piece) -> Para | None:
        """The paragraph that draws the line below a piece: its own or the next ones without text."""
        if at.para.rule:
            return at.para
        for para in self.pages.paras[at.at + 1 : at.at + 4]:
            if para.text or para.cell != at.para.cell:
                return None
            if para.rule:
                return para
        return None


def locate(pages: Pages) -> Layout:
    """Find every element."""
    layout = Layout(pages)
    head = _head(pages)
    layout.nation = _first(head, lambda piece: "cong hoa xa hoi chu nghia" in piece.folded)
    layout.motto = _first(head, lambda piece: "doc lap" in piece.folded and "hanh phuc" in piece.folded)
    taken = [layout.nation, layout.motto]
    layout.date = _first(head, lambda piece: _DATE.fullmatch(piece.folded) is not None, but=taken)
    layout.number = _first(head, _is_number, but=[*taken, layout.date])
    taken += [layout.date, layout.number]
    _bodies(layout, head, taken)
    _kind(layout, head, [*taken, *layout.parent, *layout.issuer])
    layout.closing = close(pages, _last(layout.nation, layout.number, layout.title, *layout.subject))
    _opening(layout)
    return layout


def _is_number(piece: Piece) -> bool:
    """ "Số: 05/BC-SNgV", not "Sở …", which folds to the same letters."""
    return _NUMBER.match(piece.folded) is not None and not piece.text.upper().startswith("SỞ")


def _head(pages: Pages) -> list[Piece]:
    """The lines at the top, up to the first that can only be text."""
    found: list[Piece] = []
    for piece in pages.pieces[:HEAD]:
        if len(piece.text) > LONG and piece.para.place == "body" and not piece.centred:
            break
        if piece.folded.startswith("noi nhan"):
            break
        found.append(piece)
    return found


def _first(
    head: Sequence[Piece], wanted: Callable[[Piece], bool], but: Sequence[Piece | None] = ()
) -> Piece | None:
    return next((each for each in head if len(each.text) < LONG and wanted(each) and each not in but), None)


def _last(*pieces: Piece | None) -> int:
    """Index of the last paragraph among these; -1 for none."""
    return max((piece.at for piece in pieces if piece is not None), default=-1)


def _bodies(layout: Layout, head: Sequence[Piece], taken: Sequence[Piece | None]) -> None:
    """Parent body and issuer: the lines above the number, on its side of the letterhead."""
    mark = layout.number or layout.nation or layout.date
    if mark is None:
        return
    lines = [piece for piece in head if piece not in taken and _beside(piece, layout, mark)]
    if not lines:
        return
    at = _begins_issuer(lines)
    layout.parent, layout.issuer = lines[:at], lines[at:]


def _beside(piece: Piece, layout: Layout, mark: Piece) -> bool:
    """Whether a line can be a name in the issuer's column."""
    if _ABOUT.match(piece.folded) or not any(c.isalpha() for c in piece.text):
        return False
    cell, of_mark = piece.para.cell, mark.para.cell
    above = piece.order < mark.order
    if cell is not None:
        if of_mark is None:
            return above
        if mark is layout.number:
            return cell.table == of_mark.table and cell.column == of_mark.column and above
        return cell.table == of_mark.table and cell.column != of_mark.column
    if piece.para.place == "box":
        return mark.para.box == piece.para.box and above
    end = layout.number or layout.date
    limit = end.order if end else mark.order + 1
    return piece.order < limit and of_mark is None


def _begins_issuer(lines: Sequence[Piece]) -> int:
    """Index of the issuer's first line: where bold begins, else where the last name begins."""
    starts = [at for at, piece in enumerate(lines) if at == 0 or _BODY.match(piece.text.upper())]
    bold = next((at for at, piece in enumerate(lines) if piece.bold), None)
    if bold is not None and bold > 0:
        return bold
    return starts[-1]


def _kind(layout: Layout, head: Sequence[Piece], taken: Sequence[Piece | None]) -> None:
    """Type and subject."""
    free = [piece for piece in head if piece not in taken]
    about = next((piece for piece in free if _ABOUT.match(piece.folded)), None)
    titles = [piece for piece in free if _names_type(piece) and (about is None or piece.at < about.at)]
    if titles:
        layout.title = titles[0]
        layout.kind = _named(titles[0])
        layout.subject = _below(layout, titles[0])
    elif about is not None:
        layout.kind = KINDS[LETTER]
        layout.subject = [piece for piece in free if piece.at >= about.at and _same_column(piece, about)]
    elif layout.number is not None and (symbol := _SYMBOL.search(layout.number.text)):
        layout.kind = KINDS.get(symbol[1])
        if symbol[1] not in KINDS or symbol[1] == LETTER:
            layout.kind = KINDS[LETTER]


def _same_column(piece: Piece, about: Piece) -> bool:
    if about.para.cell is not None:
        return piece.para.cell == about.para.cell
    return piece.at == about.at or (piece.para.box > 0 and piece.para.box == about.para.box)


def _named(piece: Piece) -> Kind | None:
    folded = piece.folded.rstrip(" :.")
    return max(
        (kind for name, kind in _NAMES.items() if folded == name or folded.startswith(f"{name} ")),
        key=lambda kind: len(kind.name),
        default=None,
    )


def _names_type(piece: Piece) -> bool:
    """Whether a line is the name of a type: alone, or at the head of a title in capitals."""
    kind = _named(piece)
    if kind is None or piece.shown.rstrip().endswith(":"):
        return False
    return piece.folded.rstrip(" .") == fold(kind.name) or (piece.capitals and (piece.bold or piece.centred))


def _below(layout: Layout, title: Piece) -> list[Piece]:
    """The lines of the subject."""
    found: list[Piece] = []
    for piece in layout.pages.pieces:
        if piece.at < title.at or piece is title or len(found) >= 8:
            continue
        stop = piece.folded.startswith(("kinh gui", "kinh moi", "can cu"))
        decides = piece.capitals and ((title.capitals and bool(found)) or piece.text.endswith(":"))
        if stop or decides or not (piece.centred or piece.bold) or piece.para.place != title.para.place:
            break
        if found and piece.at > found[-1].at and _ruled_between(layout, found[-1], piece):
            break
        if found and re.match(r"(?:[IVX]+|\d+)\.\s|(Điều|Chương|Phần)\s", piece.text):
            break
        found.append(piece)
    return found


def _ruled_between(layout: Layout, above: Piece, below: Piece) -> bool:
    return any(para.rule for para in layout.pages.paras[above.at : below.at])


def _opening(layout: Layout) -> None:
    """Whom it is sent to, bases, the line that decides; the text is what is left up to the closing."""
    pages = layout.pages
    behind = _last(layout.nation, layout.motto, layout.number, layout.date, layout.title, *layout.subject) + 1
    end = layout.closing.start if layout.closing.start is not None else len(pages.paras)
    near = [piece for piece in pages.pieces if piece.at < min(end, behind + 40)]
    after = [piece for piece in near if piece.at >= behind or piece.para.place != "body"]
    layout.greeting = next(
        (piece for piece in after if piece.folded.startswith(("kinh gui", "kinh moi"))), None
    )
    if layout.greeting is not None:
        layout.greeted = _greeted(layout.greeting, near)
        behind = max(behind, _last(layout.greeting, *layout.greeted) + 1)
    layout.bases = _bases(layout, behind, end)
    if layout.bases:
        behind = max(behind, pages.paras.index(layout.bases[-1]) + 1)
    layout.order = _order(layout, near)
    if layout.order is not None:
        behind = max(behind, layout.order.at + 1)
    layout.head_end = behind
    annex = min((each.at for each in layout.closing.annexes), default=len(pages.paras))
    layout.body = [
        para for para in pages.paras[behind : min(end, annex)] if para.place == "body" and para.text
    ]


def _greeted(greeting: Piece, near: Sequence[Piece]) -> list[Piece]:
    """The lines of the list behind a bare "Kính gửi:"."""
    if len(greeting.folded.rstrip(": ")) > len("kinh gui"):
        return []
    found: list[Piece] = []
    for piece in near:
        if piece.at < greeting.at or piece is greeting:
            continue
        listed = piece.text.startswith(("-", "–", "+", "•")) or "numId" in piece.para.look
        if not listed:
            break
        found.append(piece)
    return found


def _bases(layout: Layout, behind: int, end: int) -> list[Para]:
    """Paragraphs that name what the document rests on; one that goes on to speak ("… như sau:") is text."""
    found: list[Para] = []
    must = layout.kind is not None and layout.kind.bases == "required"
    for para in layout.pages.paras[behind:end]:
        if not para.text:
            continue
        folded = fold(para.text)
        goes_on = _BASIS.match(folded) or (folded.startswith("thuc hien") and _slanted(para))
        is_basis = folded.startswith("can cu") or (bool(found) and bool(goes_on))
        if not is_basis:
            if found or (
                para.place == "body" and not (_is_authority(para, must) or para.look.get("jc") == "center")
            ):
                break
            continue
        if para.text.endswith(":"):
            break
        found.append(para)
    lone = len(found) == 1 and not must and not _slanted(found[0])
    return [] if lone else found


def _slanted(para: Para) -> bool:
    return Piece(para, para.spans, 0).italic


def _is_authority(para: Para, must: bool) -> bool:
    return must and para.text == para.text.upper()


def _order(layout: Layout, near: Sequence[Piece]) -> Piece | None:
    if layout.kind is None or not layout.kind.order:
        return None
    wanted = fold(layout.kind.order.rstrip(":"))
    return next(
        (piece for piece in near if piece.folded.rstrip(" :.") == wanted and piece is not layout.title), None
    )
