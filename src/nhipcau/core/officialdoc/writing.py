"""A document as a Word file in the form of Decree 30/2020/NĐ-CP, annex I."""

from __future__ import annotations

from lxml import etree

from nhipcau.core.officialdoc.body import Body
from nhipcau.core.officialdoc.cleaning import line
from nhipcau.core.officialdoc.closing import closing
from nhipcau.core.officialdoc.letterhead import SHORT, heading, letterhead, rule
from nhipcau.core.officialdoc.metrics import balanced, width_mm
from nhipcau.core.officialdoc.model import Annex, Attachment, OfficialDocument
from nhipcau.core.officialdoc.ooxml import NAMESPACES, element, name, plain, text_run, twips
from nhipcau.core.officialdoc.packing import pack
from nhipcau.core.officialdoc.phrases import annex_reference, listed, roman

WIDTH, HEIGHT = 210.0, 297.0
TOP = BOTTOM = 20.0
INNER, OUTER = 30.0, 20.0
"""mm: paper and margins; the binding side is wider."""
HEADER = 10.0


def write_docx(document: OfficialDocument) -> bytes:
    """The DOCX; the same document gives the same bytes. ValueError for a picture or table that is wrong."""
    body = Body()
    room = WIDTH - INNER - OUTER
    parts = [*letterhead(document), *_opening(document, room)]
    parts += _held(body.elements(document.body, room))
    parts += [plain("KhoangTrong", "", element("keepNext")), *closing(document, room)]
    parts.append(_section_end(landscape=False, start=1))
    for number, annex in enumerate(document.annexes, 1):
        parts += _annex(document, annex, number, body)
        parts.append(_section_end(landscape=annex.landscape, start=1))
    title = line(document.subject)
    if document.type.titled:
        title = f"{document.type.name} {title}"
    return pack(_root(parts), body.pictures, title=title, author=line(document.issuer), day=document.day)


def write_attachment(attachment: Attachment) -> bytes:
    """The DOCX of what goes with a document: paper, page numbers and styles are those of the form."""
    body = Body()
    across, down, left, right = _sheet(landscape=attachment.landscape)
    room = across - left - right
    title = balanced(line(attachment.title).upper(), room - 10, 14, bold=True)
    about = balanced(line(attachment.about), room - 10, 14, bold=True)
    parts = [plain("TenLoai", "\n".join(title), element("spacing", before=0))] if title else []
    if about:
        longest = max(width_mm(each, 14, bold=True) for each in about)
        parts += [plain("TrichYeu", "\n".join(about)), rule(longest * SHORT, room)]
    parts += body.elements(attachment.blocks, room, down - 80)
    parts.append(_section_end(landscape=attachment.landscape, start=1))
    named = " ".join(filter(None, [line(attachment.title), line(attachment.about)]))
    return pack(_root(parts), body.pictures, title=named, author="", day=None)


def _root(parts: list[etree._Element]) -> etree._Element:
    """The document around its parts, the last of which ends its last section."""
    spaces = {key: NAMESPACES[key] for key in ("w", "r", "wp", "a", "pic")}
    root = etree.Element(name("w:document"), nsmap=spaces)
    whole = etree.SubElement(root, name("w:body"))
    # The last section is the body's own: its properties stand alone, not in a paragraph.
    last = parts[-1].find(f"{name('w:pPr')}/{name('w:sectPr')}")
    whole.extend(parts[:-1])
    if len(whole) == 0 or whole[-1].tag == name("w:tbl"):
        whole.append(plain("HetPhan", ""))
    if last is not None:
        whole.append(last)
    return root


def _sheet(*, landscape: bool) -> tuple[float, float, float, float]:
    """Width, height, left and right margin in mm."""
    return (HEIGHT, WIDTH, TOP, BOTTOM) if landscape else (WIDTH, HEIGHT, INNER, OUTER)


def _opening(document: OfficialDocument, room: float) -> list[etree._Element]:
    """What stands between the letterhead and the text."""
    made = heading(document, room)
    made += _addressed(document)
    if document.type.order and (authority := line(document.authority)):
        made.append(plain("ThamQuyen", authority.upper()))
    bases = [words for each in document.bases if (words := line(each))]
    made += [plain("CanCu", words) for words in listed(bases)]
    if document.type.order:
        made.append(plain("ThamQuyen", document.type.order))
    return made


def _addressed(document: OfficialDocument) -> list[etree._Element]:
    named = [words for each in document.addressed_to if (words := line(each).lstrip("-–+ "))]
    if not named:
        return []
    if len(named) == 1:
        return [plain("KinhGui", f"Kính gửi: {named[0].rstrip(' ;.,')}.")]
    rows = [plain("KinhGuiDong", f"- {each}") for each in listed(named)] + [plain("KhoangTrong", "")]
    return [plain("KinhGui", "Kính gửi:", element("ind", right=twips(60))), *rows]


def _held(elements: list[etree._Element]) -> list[etree._Element]:
    """The last paragraph stays with the signature: it must not stand alone on a page."""
    if elements and elements[-1].tag == name("w:p"):
        look = elements[-1].find(name("w:pPr"))
        if look is not None and look.find(name("w:keepNext")) is None:
            look.insert(1, element("keepNext"))
            look.insert(2, element("keepLines"))
    return elements


def _annex(document: OfficialDocument, annex: Annex, number: int, body: Body) -> list[etree._Element]:
    across, down, left, right = _sheet(landscape=annex.landscape)
    room = across - left - right
    label = "Phụ lục" if len(document.annexes) == 1 else f"Phụ lục {roman(number)}"
    title = balanced(line(annex.title).upper(), room - 10, 14, bold=True)
    reference = _reference(document, room)
    longest = max(width_mm(each, 14) for each in reference)
    return [
        plain("PhuLuc", label),
        *([plain("TenPhuLuc", "\n".join(title))] if title else []),
        plain("KemTheo", "\n".join(reference)),
        rule(longest * SHORT, room),
        *body.elements(annex.blocks, room, down - 80),
    ]


def _reference(document: OfficialDocument, room: float) -> list[str]:
    words = annex_reference(document)
    if width_mm(words, 14) <= room:
        return [words]
    before, of, issuer = words.rpartition(" của ")
    return [before, f"{of}{issuer}".strip()]


def _section_end(*, landscape: bool, start: int) -> etree._Element:
    """A paragraph next to nothing that ends a section: paper, margins, page numbers from `start`."""
    section = element("sectPr")
    for kind, relation in (("default", "pageNumber"), ("first", "noNumber")):
        reference = element("headerReference", type=kind)
        reference.set(name("r:id"), relation)
        section.append(reference)
    section.append(element("type", val="nextPage"))
    section.extend(_paper(landscape=landscape))
    section.extend([element("pgNumType", start=start), element("titlePg")])
    end = element("p", element("pPr", element("pStyle", val="HetPhan"), section))
    end.append(text_run(""))
    return end


def _paper(*, landscape: bool) -> list[etree._Element]:
    if landscape:
        # Bound at the long side, which lies on top when the sheet is turned.
        size = element("pgSz", w=twips(HEIGHT), h=twips(WIDTH), orient="landscape")
        top, bottom, left, right = INNER, OUTER, TOP, BOTTOM
    else:
        size = element("pgSz", w=twips(WIDTH), h=twips(HEIGHT))
        top, bottom, left, right = TOP, BOTTOM, INNER, OUTER
    margins = element(
        "pgMar",
        top=twips(top),
        right=twips(right),
        bottom=twips(bottom),
        left=twips(left),
        header=twips(HEADER if not landscape else HEADER + 5),
        footer=twips(HEADER),
        gutter=0,
    )
    return [size, margins]
