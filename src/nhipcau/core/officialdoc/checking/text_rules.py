"""Rules of paper, page numbers, fonts, encoding, bases and text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from nhipcau.core.officialdoc.checking.findings import Finding, found
from nhipcau.core.officialdoc.checking.judging import fits, points, styled
from nhipcau.core.officialdoc.checking.locating import Layout
from nhipcau.core.officialdoc.checking.pages import Numbering, Para, Piece, Section, sizes
from nhipcau.core.text.legacy import decode_legacy

MARGINS = {"top": (20, 25), "bottom": (20, 25), "left": (30, 35), "right": (15, 20)}
LANDSCAPE = (15, 35)
MM = 0.6
FONT = "times new roman"
LINES_A_PAGE, LETTERS_A_LINE = 40, 80
_CAPTION = re.compile(r"(Bảng|Biểu|Hình|Ảnh|Biểu đồ|Sơ đồ|Đơn vị tính|ĐVT|Ghi chú|Nguồn|Chú thích)\b")
_HEADING = re.compile(r"(Phần|Chương|Mục|Tiểu mục|Điều)\s+[\dIVXLC]+|[IVXLC]+\s*[.)]|\d+(\.\d+)*\s*[.)]")
_BULLET = ("-", "–", "+", "•", "*", "·")


def paper(layout: Layout) -> Iterator[Finding]:
    """A4 upright; top, bottom 20-25, left 30-35, right 15-20 mm; annexes may lie across."""
    said: set[str] = set()
    for at, section in enumerate(layout.pages.sections):
        for finding in _of_section(layout, section, at):
            if finding.code not in said:
                said.add(finding.code)
                yield finding


def _of_section(layout: Layout, section: Section, at: int) -> Iterator[Finding]:
    first = next((para for para in layout.pages.paras if para.section == at and para.text), None)
    short, long = sorted((section.width, section.height))
    if abs(short - 210) > 2 or abs(long - 297) > 2:
        yield found("page", "paper", first, found=f"{section.width:.0f} × {section.height:.0f}")
    if section.landscape and at == 0:
        yield found("page", "landscape", first, "warning")
    for side, usual in MARGINS.items():
        low, high = LANDSCAPE if section.landscape else usual
        got = section.margins[side]
        if not low - MM <= got <= high + MM:
            yield found("page", f"margin-{side}", first, found=f"{got:.0f}", wanted=f"{low}-{high}")


def page_numbers(layout: Layout) -> Iterator[Finding]:
    """Arabic, 13-14, centred in the top margin, none on page 1."""
    sections = layout.pages.sections
    shown = [number for section in sections for number in section.numbers["default"]]
    shown += [number for section in sections for number in section.numbers["even"]]
    on_first = sections[0].numbers["first"] if sections[0].first_differs else sections[0].numbers["default"]
    if not shown:
        if on_first:
            yield found("page-number", "first-page")
        if _long(layout):
            yield found("page-number", "missing")
        return
    if on_first:
        yield found("page-number", "first-page")
    yield from _each_number(shown)
    if sections[0].form not in {"decimal", "numberInDash"}:
        yield found("page-number", "digits")
    if sections[0].start not in {None, 1}:
        yield found("page-number", "start", found=sections[0].start or 0)


def _each_number(shown: Sequence[Numbering]) -> Iterator[Finding]:
    def first(wrong: Callable[[Numbering], bool]) -> Numbering | None:
        return next((each for each in shown if wrong(each)), None)

    if first(lambda each: each.footer):
        yield found("page-number", "bottom")
    if first(lambda each: each.align != "center"):
        yield found("page-number", "centred")
    if each := first(lambda each: any(not fits(size, 13, 14) for size in each.sizes)):
        size = next(size for size in each.sizes if not fits(size, 13, 14))
        yield found("page-number", "size", found=points(size), wanted="13-14")
    if first(lambda each: not each.plain):
        yield found("page-number", "plain")
    if each := first(lambda each: not each.alone):
        yield found("page-number", "alone", None, "warning", found=each.text)


def _long(layout: Layout) -> bool:
    """Whether the document runs over one page, as far as its text tells."""
    if layout.pages.pages > 1 or any(para.page_break for para in layout.pages.paras):
        return True
    lines = sum(
        1 + len(para.text) // LETTERS_A_LINE
        for para in layout.pages.paras
        if para.place == "body" and para.text
    )
    return lines > LINES_A_PAGE or len(layout.pages.sections) > 1


def fonts(layout: Layout) -> Iterator[Finding]:
    """Times New Roman, black, everywhere."""
    names: Counter[str] = Counter()
    colours: Counter[str] = Counter()
    places: dict[str, Para] = {}
    for para in layout.pages.paras:
        here = {name for span in para.spans if (name := _other_font(span.text, span.look))}
        tinted = {colour for span in para.spans if (colour := _colour(span.look))}
        names.update(here)
        colours.update(tinted)
        for each in here | tinted:
            places.setdefault(each, para)
    for name, count in names.most_common():
        yield found("font", "name", places[name], "error", count, found=name[:40])
    for colour, count in colours.most_common():
        yield found("font", "colour", places[colour], "error", count, found=colour)


def _other_font(text: str, look: object) -> str:
    """A font that shows letters or figures of the text and is not the form's."""
    if not isinstance(look, dict) or not any(c.isalnum() for c in text):
        return ""
    slots = set()
    if any(c.isalnum() and c.isascii() for c in text):
        slots.add("ascii")
    if any(c.isalnum() and not c.isascii() for c in text):
        slots.add("hAnsi")
    named = [str(look.get(slot, "Times New Roman")) for slot in sorted(slots)]
    return next((name for name in named if name.strip().lower() != FONT), "")


def _colour(look: object) -> str:
    colour = look.get("color") if isinstance(look, dict) else None
    if not isinstance(colour, str) or not re.fullmatch("[0-9A-Fa-f]{6}", colour):
        return ""
    dark = max(int(colour[at : at + 2], 16) for at in (0, 2, 4)) <= 0x40
    return "" if dark else colour.upper()


def encoding(layout: Layout) -> Iterator[Finding]:
    """Composed Unicode, not the encodings from before it."""
    old: dict[str, list[Para]] = {}
    apart: list[Para] = []
    for para in layout.pages.paras:
        if para.decomposed:
            apart.append(para)
        for name in () if para.text.isascii() else decode_legacy(para.text)[2]:
            old.setdefault(name, []).append(para)
    for name, paras in sorted(old.items()):
        yield found("text", name, paras[0], "error", len(paras))
    if apart:
        yield found("text", "decomposed", apart[0], "warning", len(apart))


def bases(layout: Layout) -> Iterator[Finding]:
    """In italics, 13-14; ";" behind each, "." behind the last."""
    paras = layout.bases
    kind = layout.kind
    if not paras:
        if kind is not None and kind.bases == "required":
            yield found("bases", "missing")
        return
    pieces = [Piece(para, para.spans, 0) for para in paras]
    yield from styled("bases", pieces, 13, 14, bold=False, italic=True)
    wrong = [para for para in paras[:-1] if not para.text.endswith(";")]
    if wrong:
        yield found("bases", "semicolon", wrong[0], "error", len(wrong))
    if not paras[-1].text.endswith("."):
        yield found("bases", "full-stop", paras[-1])


def order(layout: Layout) -> Iterator[Finding]:
    """ "QUYẾT ĐỊNH:" between bases and articles."""
    kind = layout.kind
    if kind is None or not kind.order:
        return
    piece = layout.order
    if piece is None:
        yield found("order", "missing", None, "error", 1, wanted=kind.order)
        return
    if not piece.capitals:
        yield found("order", "capitals", piece)
    if not piece.centred:
        yield found("order", "centred", piece)
    yield from styled("order", [piece], 13, 14, bold=True)


def body(layout: Layout) -> Iterator[Finding]:
    """13-14, justified, first line 1 or 1.27 cm, 6 pt or more between paragraphs, single to 1.5 lines."""
    notes = _below_tables(layout)
    paras = [para for para in layout.body if id(para) not in notes and (not para.picture or para.spans)]
    plain = [para for para in paras if not _is_apart(para)]
    yield from _sizes([para for para in paras if not _is_note(para)])
    full = [para for para in plain if not _is_heading(para)]
    wrong = [
        para
        for para in full
        if para.look.get("jc", "left") not in {"both", "distribute"} and len(para.text) > 60
    ]
    if wrong:
        yield found("body", "justified", wrong[0], "error", len(wrong))
    yield from _first_lines(full)
    yield from _between(layout, plain)
    yield from _line_spacing(plain)


def _below_tables(layout: Layout) -> set[int]:
    """Notes to tables: small slanted paragraphs right below one."""
    found: set[int] = set()
    after_table = False
    for para in layout.pages.paras:
        if para.place == "cell":
            after_table = True
        elif para.text:
            slanted = Piece(para, para.spans, 0).italic
            after_table = after_table and slanted and max(sizes(para.spans), default=14.0) < 13
            if after_table:
                found.add(id(para))
    return found


def _is_apart(para: Para) -> bool:
    """Captions, centred lines, notes: not running text."""
    return para.look.get("jc") in {"center", "right"} or _is_note(para)


def _is_note(para: Para) -> bool:
    return (bool(_CAPTION.match(para.text)) and (len(para.text) < 200) and para.look.get("jc") != "both") or (
        bool(re.match(r"(Ghi chú|Nguồn|Chú thích|Đơn vị tính|ĐVT)\b", para.text))
    )


def _is_heading(para: Para) -> bool:
    piece = Piece(para, para.spans, 0)
    return (bool(_HEADING.match(para.text)) and (piece.bold or piece.italic or len(para.text) < 90)) or (
        piece.bold and len(para.text) < 200
    )


def _sizes(paras: Sequence[Para]) -> Iterator[Finding]:
    wrong = [(para, size) for para in paras for size in sizes(para.spans) if not fits(size, 13, 14)]
    if wrong:
        count = len({id(para) for para, _ in wrong})
        yield found("body", "size", wrong[0][0], "error", count, found=points(wrong[0][1]), wanted="13-14")


def _number(para: Para, name: str, default: float = 0.0) -> float:
    got = para.look.get(name, default)
    return float(got) if isinstance(got, int | float) else default


def _first_lines(paras: Sequence[Para]) -> Iterator[Finding]:
    wrong = []
    for para in paras:
        if para.text.startswith(_BULLET) or "numId" in para.look:
            continue
        indent = _number(para, "first") + _number(para, "left")
        tabbed = (
            bool(para.lines[0])
            and not "".join(s.text for s in para.lines[0][0]).strip()
            and len(para.lines[0]) > 1
        )
        if not tabbed and not (9 <= indent <= 13.7):
            wrong.append((para, indent))
    if wrong:
        shown = f"{wrong[0][1] / 10:.2f}".rstrip("0").rstrip(".").replace(".", ",")
        yield found("body", "first-line", wrong[0][0], "error", len(wrong), found=shown)


def _between(layout: Layout, paras: Sequence[Para]) -> Iterator[Finding]:
    """The larger of the space behind one and before the next counts."""
    wrong = []
    all_paras = layout.pages.paras
    index = {id(para): at for at, para in enumerate(all_paras)}
    for above, below in pairwise(paras):
        if index[id(below)] != index[id(above)] + 1:
            continue
        space = _space(above, below, adds=layout.pages.adds_spaces)
        if space < 6 - SLACK_POINTS:
            wrong.append((below, space))
    if wrong:
        yield found("body", "between", wrong[0][0], "error", len(wrong), found=points(round(wrong[0][1], 1)))


SLACK_POINTS = 0.3


def _space(above: Para, below: Para, *, adds: bool) -> float:
    same = above.style == below.style
    after = 0.0 if same and above.look.get("contextualSpacing") else _number(above, "after")
    before = 0.0 if same and below.look.get("contextualSpacing") else _number(below, "before")
    return after + before if adds else max(after, before)


def _line_spacing(paras: Sequence[Para]) -> Iterator[Finding]:
    wrong = [(para, shown) for para in paras if (shown := _lines_apart(para))]
    if wrong:
        yield found("body", "line-spacing", wrong[0][0], "error", len(wrong), found=wrong[0][1])


def _lines_apart(para: Para) -> str:
    """The spacing of a paragraph's lines in words where it is out of bounds, else empty."""
    line = _number(para, "line", 240)
    rule = para.look.get("lineRule", "auto")
    if rule == "auto":
        lines = line / 240
        return "" if 0.99 <= lines <= 1.52 else f"{lines:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    # A line of the font takes about 1.15 times its size.
    lines = line / 20 / (max(sizes(para.spans), default=14.0) * 1.15)
    low = 0.85 if rule == "exact" else 0.0
    return "" if low <= lines <= 1.6 else f"{points(line / 20)} pt"
