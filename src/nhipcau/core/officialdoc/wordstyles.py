"""The named styles of our documents: what a person changes in Word to change the look everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lxml import etree

from nhipcau.core.officialdoc.ooxml import NAMESPACES, element, twips

FONT = "Times New Roman"
FIRST_LINE = 12.7
"""mm"""


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style. Sizes and spaces in points, indents in mm, `line` in lines."""

    key: str
    name: str
    size: float = 14
    align: Literal["both", "center", "left", "right"] = "center"
    bold: bool = False
    italic: bool = False
    caps: bool = False
    before: float = 0
    after: float = 0
    line: float = 1
    first: float = 0
    left: float = 0
    hanging: float = 0
    outline: int | None = None
    keep_next: bool = False
    alias: str = ""
    next: str = ""


BODY = Style("NoiDung", "Nội dung", align="both", after=6, line=1.1, first=FIRST_LINE)
STYLES = (
    Style("CoQuanChuQuan", "Cơ quan chủ quản", 13),
    Style("CoQuanBanHanh", "Cơ quan ban hành", 13, bold=True),
    Style("QuocHieu", "Quốc hiệu", 13, bold=True),
    Style("TieuNgu", "Tiêu ngữ", 14, bold=True),
    Style("DuongKe", "Đường kẻ", 1, before=2, after=6),
    Style("SoKyHieu", "Số và ký hiệu", 13),
    Style("DiaDanhNgay", "Địa danh và ngày", 14, italic=True),
    Style("TrichYeuCongVan", "Trích yếu công văn", 13, before=6),
    Style("TenLoai", "Tên loại", 14, bold=True, before=16, keep_next=True, outline=0),
    Style("TrichYeu", "Trích yếu", 14, bold=True, keep_next=True),
    Style("KinhGui", "Kính gửi", 14, before=12, after=6),
    Style("KinhGuiDong", "Kính gửi từng nơi", 14, "left", left=42, hanging=4, after=3),
    Style("ThamQuyen", "Thẩm quyền ban hành", 14, bold=True, before=12, after=12),
    Style("CanCu", "Căn cứ", 14, "both", italic=True, after=6, line=1.1, first=FIRST_LINE),
    BODY,
    Style("GachDauDong", "Gạch đầu dòng", 14, "both", after=6, line=1.1, first=FIRST_LINE),
    Style("GachDauDong2", "Gạch đầu dòng cấp 2", 14, "both", after=6, line=1.1, first=FIRST_LINE),
    Style("Heading1", "heading 1", 14, "both", bold=True, caps=True, before=6, after=6, line=1.1,
          first=FIRST_LINE, outline=0, keep_next=True, alias="Đề mục I"),
    Style("Heading2", "heading 2", 14, "both", bold=True, before=3, after=6, line=1.1,
          first=FIRST_LINE, outline=1, keep_next=True, alias="Đề mục 1"),
    Style("Heading3", "heading 3", 14, "both", bold=True, italic=True, after=6, line=1.1,
          first=FIRST_LINE, outline=2, keep_next=True, alias="Đề mục a"),
    Style("Heading4", "heading 4", 14, "both", italic=True, after=6, line=1.1,
          first=FIRST_LINE, outline=3, keep_next=True, alias="Đề mục nhỏ"),
    Style("TenBang", "Tên bảng", 13, italic=True, before=6, after=4, keep_next=True),
    Style("BangDau", "Bảng đầu cột", 12, bold=True),
    Style("BangO", "Bảng ô", 12, "left"),
    Style("BangGhiChu", "Bảng ghi chú", 12, "both", italic=True, before=3, after=3),
    Style("KhoangTrong", "Khoảng trống", 6),
    Style("Hinh", "Hình", 14, before=6, keep_next=True),
    Style("TenHinh", "Tên hình", 13, italic=True, before=4, after=8),
    Style("QuyenHan", "Quyền hạn và chức vụ người ký", 14, bold=True, keep_next=True),
    Style("KhoangKy", "Chỗ ký", 14, keep_next=True),
    Style("HoTen", "Họ tên người ký", 14, bold=True),
    Style("NoiNhan", "Nơi nhận", 12, "left", bold=True, italic=True, keep_next=True),
    Style("NoiNhanDong", "Nơi nhận từng dòng", 11, "left"),
    Style("PhuLuc", "Phụ lục", 14, bold=True, outline=0, keep_next=True),
    Style("TenPhuLuc", "Tên phụ lục", 14, bold=True, keep_next=True),
    Style("KemTheo", "Kèm theo văn bản", 14, italic=True, keep_next=True),
    Style("SoTrang", "Số trang", 14),
    Style("HetPhan", "Hết phần", 1),
)  # fmt: skip


def styles_part() -> etree._Element:
    """The root of word/styles.xml."""
    root = etree.Element(f"{{{NAMESPACES['w']}}}styles", nsmap={"w": NAMESPACES["w"]})
    root.append(_defaults())
    normal = element(
        "style", element("name", val="Normal"), element("qFormat"), type="paragraph", styleId="Normal"
    )
    normal.set(f"{{{NAMESPACES['w']}}}default", "1")
    root.append(normal)
    root.append(_table("TableNormal", "Normal Table", default=True))
    root.append(_table("BangSoLieu", "Bảng số liệu", default=False))
    root.extend(_paragraph_style(style) for style in STYLES)
    return root


def _defaults() -> etree._Element:
    fonts = element("rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT)
    language = element("lang", val="vi-VN", eastAsia="vi-VN", bidi="ar-SA")
    runs = element(
        "rPr", fonts, element("color", val="000000"), element("sz", val=28), element("szCs", val=28), language
    )
    spacing = element("spacing", before=0, after=0, line=240, lineRule="auto")
    return element(
        "docDefaults",
        element("rPrDefault", runs),
        element("pPrDefault", element("pPr", element("widowControl"), spacing)),
    )


def _paragraph_style(style: Style) -> etree._Element:
    made = element("style", element("name", val=style.name), type="paragraph", styleId=style.key)
    if not style.alias:
        made.set(f"{{{NAMESPACES['w']}}}customStyle", "1")
    if style.alias:
        made.append(element("aliases", val=style.alias))
    made.append(element("basedOn", val="Normal"))
    if style.outline is not None and style.alias:
        made.append(element("next", val=BODY.key))
    made.append(element("qFormat"))
    made.append(_paragraph_look(style))
    look = element("rPr")
    for tag, on in (("b", style.bold), ("i", style.italic), ("caps", style.caps)):
        if on:
            look.append(element(tag))
    look.extend([element("sz", val=round(style.size * 2)), element("szCs", val=round(style.size * 2))])
    made.append(look)
    return made


def _paragraph_look(style: Style) -> etree._Element:
    look = element("pPr")
    if style.keep_next:
        look.append(element("keepNext"))
    rule: dict[str, str | float] = (
        {"line": 240, "lineRule": "auto"} if style.size > 1 else {"line": 20, "lineRule": "exact"}
    )
    if style.line != 1:
        rule["line"] = round(240 * style.line)
    look.append(element("spacing", before=round(style.before * 20), after=round(style.after * 20), **rule))
    if style.hanging:
        look.append(element("ind", left=twips(style.left), hanging=twips(style.hanging)))
    elif style.first or style.left:
        look.append(element("ind", left=twips(style.left), firstLine=twips(style.first)))
    look.append(element("jc", val=style.align))
    if style.outline is not None:
        look.append(element("outlineLvl", val=style.outline))
    return look


def _table(key: str, name: str, *, default: bool) -> etree._Element:
    made = element("style", element("name", val=name), type="table", styleId=key)
    w = NAMESPACES["w"]
    look = element("tblPr", element("tblInd", w=0, type="dxa"))
    if default:
        made.set(f"{{{w}}}default", "1")
        made.append(element("uiPriority", val=99))
        sides = (("top", 0), ("left", 0), ("bottom", 0), ("right", 0))
    else:
        made.set(f"{{{w}}}customStyle", "1")
        made.append(element("basedOn", val="TableNormal"))
        places = ("top", "left", "bottom", "right", "insideH", "insideV")
        look.append(
            element("tblBorders", *(element(p, val="single", sz=4, space=0, color="000000") for p in places))
        )
        sides = (("top", 28), ("left", 74), ("bottom", 28), ("right", 74))
    look.append(element("tblCellMar", *(element(side, w=width, type="dxa") for side, width in sides)))
    made.append(look)
    return made
