"""Pictures: PNG only, with the words that stand for them."""

from __future__ import annotations

import struct

from lxml import etree

from nhipcau.core.officialdoc.cleaning import line
from nhipcau.core.officialdoc.model import Picture
from nhipcau.core.officialdoc.ooxml import EMU_PER_MM, NAMESPACES, element, name

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
TALLEST = 220.0
"""mm; a taller picture is made smaller."""


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height in pixels. ValueError for what is no PNG."""
    if png[:8] != _SIGNATURE or png[12:16] != b"IHDR" or len(png) < 33:
        raise ValueError("a picture has to be a PNG")
    width, height = struct.unpack(">II", png[16:24])
    if not width or not height:
        raise ValueError("a picture has to be a PNG")
    return width, height


def drawing(picture: Picture, relation: str, number: int, width: float, tallest: float) -> etree._Element:
    """A run with the picture in the line, `width` mm wide, at most `tallest` mm high."""
    across, down = size_of(picture.png)
    height = width * down / across
    if height > tallest:
        width, height = width * tallest / height, tallest
    extent = {"cx": str(round(width * EMU_PER_MM)), "cy": str(round(height * EMU_PER_MM))}
    words = line(picture.alt)
    label = {"id": str(number), "name": f"Hình {number}", "descr": words}
    shape = _node(
        "pic:pic",
        _node("pic:nvPicPr", _node("pic:cNvPr", **label), _node("pic:cNvPicPr")),
        _node("pic:blipFill", _blip(relation), _node("a:stretch", _node("a:fillRect"))),
        _node(
            "pic:spPr",
            _node("a:xfrm", _node("a:off", x="0", y="0"), _node("a:ext", **extent)),
            _node("a:prstGeom", _node("a:avLst"), prst="rect"),
        ),
    )
    inline = _node(
        "wp:inline",
        _node("wp:extent", **extent),
        _node("wp:docPr", **label),
        _node("a:graphic", _node("a:graphicData", shape, uri=NAMESPACES["pic"])),
        distT="0",
        distB="0",
        distL="0",
        distR="0",
    )
    return element("r", element("drawing", inline))


def _blip(relation: str) -> etree._Element:
    made = _node("a:blip")
    made.set(name("r:embed"), relation)
    return made


def _node(tag: str, *children: etree._Element, **values: str) -> etree._Element:
    made = etree.Element(name(tag), nsmap={prefix: NAMESPACES[prefix] for prefix in ("wp", "a", "pic", "r")})
    for key, value in values.items():
        made.set(key, value)
    made.extend(children)
    return made
