"""The file around the text: parts, how they refer to each other, and a ZIP that is the same each time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from xml.sax.saxutils import escape

from lxml import etree

from nhipcau.core.officialdoc.ooxml import element
from nhipcau.core.officialdoc.wordstyles import styles_part

_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_PARTS = (
    ("styles.xml", "styles", "styles"),
    ("settings.xml", "settings", "settings"),
    ("header1.xml", "header", "pageNumber"),
    ("header2.xml", "header", "noNumber"),
)
"""name, kind, relation of the parts beside the text."""
_WHEN = (1980, 1, 1, 0, 0, 0)


def pack(
    root: etree._Element, pictures: Sequence[bytes], *, title: str, author: str, day: date | None
) -> bytes:
    """The DOCX. The same content gives the same bytes."""
    parts = {
        "[Content_Types].xml": _content_types().encode(),
        "_rels/.rels": _package_relations().encode(),
        "docProps/core.xml": _core(title, author, day).encode(),
        "docProps/app.xml": _app().encode(),
        "word/document.xml": _serialised(root),
        "word/_rels/document.xml.rels": _document_relations(len(pictures)).encode(),
        "word/styles.xml": _serialised(styles_part()),
        "word/settings.xml": _serialised(_settings()),
        "word/header1.xml": _serialised(_header(numbered=True)),
        "word/header2.xml": _serialised(_header(numbered=False)),
        **{f"word/media/image{number}.png": png for number, png in enumerate(pictures, 1)},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            about = zipfile.ZipInfo(name, _WHEN)
            about.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            about.external_attr = 0o644 << 16
            archive.writestr(about, data)
    return out.getvalue()


def _serialised(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _content_types() -> str:
    kinds = "".join(
        f'<Override PartName="/word/{name}" ContentType="{_TYPES}.{kind}+xml"/>' for name, kind, _ in _PARTS
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPES}.document.main+xml"/>{kinds}'
        f'<Override PartName="/docProps/core.xml" '
        f'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        f'<Override PartName="/docProps/app.xml" '
        f'ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>'
    )


def _package_relations() -> str:
    core = f"{_PACKAGE}/relationships/metadata/core-properties"
    return _relations(
        [
            ("document", f"{_RELATIONS}/officeDocument", "word/document.xml"),
            ("core", core, "docProps/core.xml"),
            ("app", f"{_RELATIONS}/extended-properties", "docProps/app.xml"),
        ]
    )


def _document_relations(pictures: int) -> str:
    rows = [(relation, f"{_RELATIONS}/{kind}", name) for name, kind, relation in _PARTS]
    rows += [(f"picture{at}", f"{_RELATIONS}/image", f"media/image{at}.png") for at in range(1, pictures + 1)]
    return _relations(rows)


def _relations(rows: Sequence[tuple[str, str, str]]) -> str:
    made = "".join(f'<Relationship Id="{key}" Type="{kind}" Target="{to}"/>' for key, kind, to in rows)
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{made}</Relationships>'


def _core(title: str, author: str, day: date | None) -> str:
    moment = f"{day or date(2020, 1, 1)}T00:00:00Z"
    times = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>'
        for name in ("created", "modified")
    )
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title[:250])}</dc:title><dc:creator>{escape(author[:250])}</dc:creator>"
        f"<dc:language>vi-VN</dc:language>{times}</cp:coreProperties>"
    )


def _app() -> str:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return f'{_HEAD}<Properties xmlns="{space}"><Application>Nhịp Cầu</Application></Properties>'


def _settings() -> etree._Element:
    mode = element(
        "compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15
    )
    return element(
        "settings",
        element("zoom", percent=100),
        element("defaultTabStop", val=720),
        element("characterSpacingControl", val="doNotCompress"),
        element("compat", mode),
        element("themeFontLang", val="vi-VN"),
        element("decimalSymbol", val=","),
        element("listSeparator", val=";"),
    )


def _header(*, numbered: bool) -> etree._Element:
    look = element("pPr", element("pStyle", val="SoTrang"))
    if not numbered:
        return element("hdr", element("p", look))
    field = element("fldSimple", element("r", _text("2")), instr=" PAGE ")
    return element("hdr", element("p", look, field))


def _text(words: str) -> etree._Element:
    made = element("t")
    made.text = words
    return made
