"""Rules of what closes a document: signature, recipients, annexes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nhipcau.core.officialdoc.checking.closing import AUTHORITY, POSTS, Annexed
from nhipcau.core.officialdoc.checking.findings import Finding, found
from nhipcau.core.officialdoc.checking.judging import fits, points, styled
from nhipcau.core.officialdoc.checking.locating import Layout
from nhipcau.core.officialdoc.checking.pages import Piece
from nhipcau.core.officialdoc.phrases import roman

_TITLES = re.compile(
    r"(?:(?:PGS|GS|TSKH|TS|Ths|ThS|Th\.S|ThạcSĩ|BS|BSCK|DS|KS|CN|LS|NGƯT|NGND|NSND|NSƯT|AHLĐ)\b\.?[\s,]*)+"
    r"|(?:Thạc sĩ|Thạc sỹ|Tiến sĩ|Tiến sỹ|Giáo sư|Phó Giáo sư|Bác sĩ|Kỹ sư|Cử nhân|Luật sư|Ông|Bà)\s",
    re.I,
)
_PREFIXES = {
    "TM": "TM.", "T/M": "TM.", "KT": "KT.", "K/T": "KT.", "TL": "TL.", "T/L": "TL.", "TUQ": "TUQ.",
    "T/UQ": "TUQ.", "TMỤQ": "TUQ.", "Q": "Q.",
}  # fmt: skip
_ROMAN = re.compile(r"phụ lục(?: số)?\s*([IVXLC]+|\d+)?", re.I)


def signature(layout: Layout) -> Iterator[Finding]:
    """Authority and post in capitals, bold, 13-14; the name bold, 13-14, without titles."""
    if not layout.closing.signatures:
        yield found("signature", "missing")
        return
    for lines in layout.closing.signatures:
        yield from _one(lines)


def _one(lines: Sequence[Piece]) -> Iterator[Finding]:
    posts, name = _parted(lines)
    for piece in posts:
        if not piece.capitals:
            yield found("signature", "capitals", piece)
        yield from _prefix(piece)
    yield from styled("signature", [*posts, *([name] if name else [])], 13, 14, bold=None)
    heavy = next((piece for piece in posts if not piece.bold), None)
    if heavy is not None:
        yield found("signature", "bold", heavy)
    if name is None:
        yield found("signature", "name", lines[-1], "hint")
        return
    if not name.bold:
        yield found("signature", "name-bold", name)
    if title := _TITLES.match(name.text):
        yield found("signature", "titles", name, "error", 1, found=title[0].strip(" ,"))
    elif name.capitals:
        yield found("signature", "name-case", name)


def _parted(lines: Sequence[Piece]) -> tuple[list[Piece], Piece | None]:
    """Lines of authority and post, and the name: the last line, when it is neither."""
    last = lines[-1]
    posts = POSTS.search(last.shown.upper()) is not None or AUTHORITY.match(last.shown) is not None
    if last.capitals and (posts or len(lines) == 1):
        return list(lines), None
    if len(lines) == 1:
        return [], last
    return list(lines[:-1]), last


def _prefix(piece: Piece) -> Iterator[Finding]:
    read = AUTHORITY.match(piece.shown)
    if read is None:
        return
    wanted = _PREFIXES[read[1]]
    if not piece.shown.startswith(f"{wanted} "):
        shown = piece.shown.split()[0] if " " in piece.shown[:6] else read[1]
        yield found("signature", "prefix", piece, "error", 1, found=shown, wanted=wanted)


def recipients(layout: Layout) -> Iterator[Finding]:
    """The heading 12 bold italic; the list 11, "- …;", at the end "- Lưu: VT, …."."""
    heading = layout.closing.heading
    if heading is None:
        yield found("recipients", "missing")
        return
    if ":" not in heading.text:
        yield found("recipients", "colon", heading)
    sized = all(fits(size, 12, 12) for size in heading.sizes)
    if not (sized and heading.bold and heading.italic):
        yield found("recipients", "heading", heading)
    items = _items(layout.closing.listed)
    if not items:
        yield found("recipients", "archive", heading)
        return
    pieces = [piece for item in items for piece in item]
    wrong = [(piece, size) for piece in pieces for size in piece.sizes if not fits(size, 11, 11)]
    if wrong:
        yield found("recipients", "size", wrong[0][0], found=points(wrong[0][1]), wanted="11")
    yield from styled("recipients", pieces, 0, 99, bold=False)
    yield from _list_marks(items)
    yield from _archive(items)
    if layout.greeting is not None and "nhu tren" not in items[0][0].folded:
        yield found("recipients", "as-above", items[0][0], "warning")


def _items(listed: Sequence[Piece]) -> list[list[Piece]]:
    """Items with the lines that go on from them."""
    items: list[list[Piece]] = []
    dashed = sum(_dashed(piece) for piece in listed) > 0
    for piece in listed:
        goes_on = items and dashed and not _dashed(piece) and not items[-1][-1].text.endswith((";", "."))
        if goes_on:
            items[-1].append(piece)
        else:
            items.append([piece])
    return items


def _dashed(piece: Piece) -> bool:
    return piece.text.startswith(("-", "–")) or "numId" in piece.para.look


def _list_marks(items: Sequence[Sequence[Piece]]) -> Iterator[Finding]:
    bare = [item[0] for item in items if not _dashed(item[0])]
    if bare:
        yield found("recipients", "dash", bare[0], "error", len(bare))
    wrong = [item[-1] for item in items[:-1] if not item[-1].text.endswith(";")]
    if wrong:
        yield found("recipients", "semicolon", wrong[0], "error", len(wrong))
    if not items[-1][-1].text.endswith("."):
        yield found("recipients", "full-stop", items[-1][-1])


def _archive(items: Sequence[Sequence[Piece]]) -> Iterator[Finding]:
    last = " ".join(piece.text for piece in items[-1]).lstrip("-– ")
    if not last.lower().startswith("lưu"):
        yield found("recipients", "archive", items[-1][0])
    elif not re.match(r"Lưu:\s*(VT|Văn thư)\b", last):
        yield found("recipients", "archive-form", items[-1][0])


def annexes(layout: Layout) -> Iterator[Finding]:
    """ "Phụ lục" 14 bold, Roman if several; title in capitals, 13-14 bold; a new page, numbered apart."""
    found_annexes = layout.closing.annexes
    for number, annex in enumerate(found_annexes, 1):
        yield from _label(annex)
        if len(found_annexes) > 1:
            read = _ROMAN.match(annex.label.text)
            if read is None or (read[1] or "").upper() != roman(number):
                yield found("annex", "roman", annex.label, "error", 1, wanted=roman(number))
        yield from _title(annex)
        yield from _pages(layout, annex)


def _label(annex: Annexed) -> Iterator[Finding]:
    piece = annex.label
    whole = re.fullmatch(r"phu luc( so)?( [ivxlc]+| \d+)?[.:]?", piece.folded) is not None
    small = piece.shown[:3] == "Phụ" and not piece.shown.startswith("PHỤ")
    sized = all(fits(size, 14, 14) for size in piece.sizes)
    if not (whole and small and sized and piece.bold and piece.centred):
        yield found("annex", "label", piece)


def _title(annex: Annexed) -> Iterator[Finding]:
    if not annex.title:
        yield found("annex", "title", annex.label, "warning")
        return
    if not all(piece.capitals for piece in annex.title):
        yield found("annex", "capitals", annex.title[0])
    yield from styled("annex", annex.title, 13, 14, bold=True)


def _pages(layout: Layout, annex: Annexed) -> Iterator[Finding]:
    paras = layout.pages.paras
    at = annex.at
    section = layout.pages.sections[min(paras[at].section, len(layout.pages.sections) - 1)]
    before = [para for para in paras[max(0, at - 3) : at] if not para.text or para is paras[at - 1]]
    own = at > 0 and paras[at - 1].section < paras[at].section
    turned = paras[at].look.get("pageBreakBefore") or paras[at].page_break
    if not own and not turned and not any(para.page_break for para in before):
        yield found("annex", "page", annex.label)
        return
    numbered = any(section.numbers["default"])
    if numbered and (not own or section.start != 1):
        yield found("annex", "page-number", annex.label)
