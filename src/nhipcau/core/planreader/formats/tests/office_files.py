"""Small Word and OpenDocument files made in memory, good ones and bad ones."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R_NS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
P_NS = "http://schemas.openxmlformats.org/package/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{W_NS}" xmlns:r="{R_NS}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/></Types>'
)


def run(text: str, properties: str = "") -> str:
    """A w:r with one w:t."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(text: str = "", properties: str = "", content: str = "") -> str:
    """A w:p of one run, or of `content`."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{content or run(text)}</w:p>"


def numbered(text: str, num_id: int, level: int = 0) -> str:
    """A paragraph of a list."""
    numbers = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>'
    return paragraph(text, numbers)


def level(at: int, form: str, text: str, start: int = 1, more: str = "") -> str:
    """A w:lvl."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{escape(text)}"/></w:lvl>'
    )


def numbering(abstracts: Mapping[int, str], nums: Mapping[int, tuple[int, str]]) -> str:
    """numbering.xml: levels by abstract id; (abstract id, overrides) by num id."""
    defined = "".join(
        f'<w:abstractNum w:abstractNumId="{at}">{levels}</w:abstractNum>' for at, levels in abstracts.items()
    )
    used = "".join(
        f'<w:num w:numId="{at}"><w:abstractNumId w:val="{abstract}"/>{more}</w:num>'
        for at, (abstract, more) in nums.items()
    )
    return f"<w:numbering {NAMESPACES}>{defined}{used}</w:numbering>"


def relations(rows: Mapping[str, tuple[str, str]], extra: str = "") -> str:
    """A .rels part: id -> (kind, target)."""
    return (
        f'<Relationships xmlns="{P_NS}">'
        + "".join(
            f'<Relationship Id="{name}" Type="{R_NS}/{kind}" Target="{escape(target)}"/>'
            for name, (kind, target) in rows.items()
        )
        + extra
        + "</Relationships>"
    )


def docx(body: str, parts: Mapping[str, str | bytes] | None = None, external: str = "") -> bytes:
    """A DOCX of `body` (inside w:body) and further parts; word/NAME.xml parts are related by their names."""
    further = dict(parts or {})
    kinds = {"numbering", "styles", "footnotes", "endnotes", "settings", "header1", "footer1"}
    links = {
        f"rId{number}": (name.strip("1"), f"{name}.xml")
        for number, name in enumerate(sorted(kinds), start=1)
        if f"word/{name}.xml" in further
    }
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": relations({"rId1": ("officeDocument", "word/document.xml")}),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relations(links, external),
        **further,
    }
    return zipped(members)


def header_reference(kind: str = "header", name: str = "header1") -> str:
    """A section that refers to a header or footer made by `docx` (ids go by the names in order)."""
    order = sorted({"numbering", "styles", "footnotes", "endnotes", "settings", "header1", "footer1"})
    return f'<w:sectPr><w:{kind}Reference w:type="default" r:id="rId{order.index(name) + 1}"/></w:sectPr>'


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A ZIP of the members in order."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return memory.getvalue()


ODF = "urn:oasis:names:tc:opendocument:xmlns"
ODT_NAMESPACES = (
    f'xmlns:office="{ODF}:office:1.0" xmlns:text="{ODF}:text:1.0" xmlns:table="{ODF}:table:1.0" '
    f'xmlns:style="{ODF}:style:1.0" xmlns:draw="{ODF}:drawing:1.0" xmlns:fo="{ODF}:xsl-fo-compatible:1.0"'
)


def odt(body: str, automatic: str = "", styles: str = "") -> bytes:
    """An ODT of `body` (inside office:text)."""
    content = (
        f"<office:document-content {ODT_NAMESPACES}>"
        f"<office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            "styles.xml": f"<office:document-styles {ODT_NAMESPACES}>{styles}</office:document-styles>",
        }
    )
