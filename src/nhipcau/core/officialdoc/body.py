"""The text of a document: headings, paragraphs, bullets, tables, pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from nhipcau.core.officialdoc.cleaning import line
from nhipcau.core.officialdoc.model import Block, Bullets, Heading, Paragraph, Picture, Run, Table
from nhipcau.core.officialdoc.ooxml import element, paragraph, plain, runs_of, text_run
from nhipcau.core.officialdoc.pictures import TALLEST, drawing
from nhipcau.core.officialdoc.tables import table

_CENTRED = ("Phần ", "Chương ", "Mục ")


@dataclass(slots=True)
class Body:
    """Turns blocks into elements and keeps the pictures on the way. `room`: width of the text in mm."""

    pictures: list[bytes] = field(default_factory=list)

    def elements(
        self, blocks: Sequence[Block], room: float, tallest: float = TALLEST
    ) -> list[etree._Element]:
        """All blocks in their order."""
        made: list[etree._Element] = []
        for block in blocks:
            if isinstance(block, Heading):
                made += _heading(block)
            elif isinstance(block, Paragraph):
                made += _paragraph(block)
            elif isinstance(block, Bullets):
                made += _bullets(block)
            elif isinstance(block, Table):
                made += table(block, room)
            else:
                made += self._picture(block, room, tallest)
        return made

    def _picture(self, picture: Picture, room: float, tallest: float) -> list[etree._Element]:
        self.pictures.append(picture.png)
        number = len(self.pictures)
        width = min(picture.width, room)
        run = drawing(picture, f"picture{number}", number, width, tallest - 20)
        caption = [plain("TenHinh", words)] if (words := line(picture.caption)) else []
        look = [] if caption else [element("keepNext", val=0)]
        return [paragraph("Hinh", [run], *look), *caption]


def _heading(heading: Heading) -> list[etree._Element]:
    label, text = line(heading.label), line(heading.text)
    if label.startswith(_CENTRED) and text:
        # "Chương I" in ordinary letters, its title below in capitals.
        run = text_run(f"{label}\n{text.upper()}")
        run.insert(0, element("rPr", element("caps", val=0)))
        look = (element("ind", firstLine=0), element("jc", val="center"))
        return [paragraph(f"Heading{heading.level}", [run], *look)]
    words = " ".join(filter(None, [label, text]))
    return [plain(f"Heading{heading.level}", words)] if words else []


def _paragraph(given: Paragraph) -> list[etree._Element]:
    made = runs_of(given.text)
    if label := line(given.label):
        first = text_run(f"{label} " if made else label, bold=True)
        made = [[first, *(made[0] if made else [])], *made[1:]]
    look = [] if given.align == "both" else [element("ind", firstLine=0), element("jc", val=given.align)]
    return [paragraph("NoiDung", runs, *look) for runs in made]


def _bullets(given: Bullets) -> list[etree._Element]:
    style, sign = ("GachDauDong", "- ") if given.level == 1 else ("GachDauDong2", "+ ")
    made = []
    for item in given.items:
        rows = runs_of(_bare(item))
        made += [paragraph(style, [text_run(sign), *runs]) for runs in rows[:1]]
        made += [paragraph("NoiDung", runs) for runs in rows[1:]]
    return made


def _bare(item: str | Sequence[Run]) -> str | Sequence[Run]:
    """An item without a dash of its own."""
    return line(item).lstrip("-–+•* ") if isinstance(item, str) and "\n" not in item else item
