"""Documents to write and to check: one of every type, and a long report."""

from __future__ import annotations

import struct
import zlib
from datetime import date

from nhipcau.core.officialdoc import (
    KINDS,
    Annex,
    Block,
    Bullets,
    Cell,
    Heading,
    OfficialDocument,
    Paragraph,
    Picture,
    Signature,
    Table,
)
from nhipcau.core.officialdoc.phrases import roman

DAY = date(2027, 2, 5)
WORDS = (
    "Thực hiện Kế hoạch của Ủy ban nhân dân tỉnh về công tác đối với người Việt Nam ở nước ngoài, các sở, "
    "ngành và Ủy ban nhân dân các xã đã chủ động triển khai nhiệm vụ được giao, kết nối kiều bào với quê "
    "hương, tháo gỡ vướng mắc cho các dự án đầu tư và hỗ trợ công dân về nước."
)


def png(width: int = 40, height: int = 20) -> bytes:
    """A grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x80" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def figures(rows: int = 5) -> Table:
    """A table of four outcomes by agency, with a head of two rows."""
    return Table(
        head=[
            [
                Cell("TT", rows=2),
                Cell("Cơ quan", rows=2),
                Cell("Đã xong", columns=2),
                Cell("Chưa xong", columns=2),
            ],
            ["Đúng hạn", "Quá hạn", "Trong hạn", "Quá hạn"],
        ],
        rows=[
            *(
                [str(n), f"Ủy ban nhân dân xã Vĩnh Thạnh {n}", "12", "3", "1.204", "0"]
                for n in range(1, rows + 1)
            ),
            [Cell("Cộng", columns=2, bold=True), "60", "15", "6.020", "0"],
        ],
        align=("center", "left", "right", "right", "right", "right"),
        caption="Bảng 1. Kết quả thực hiện nhiệm vụ theo cơ quan",
        notes=(
            "Ghi chú: số liệu chốt đến ngày 14/12/2026.",
            "…: không có số liệu. Số đơn vị trả lời ghi dạng n/N.",
        ),
    )


def text() -> list[Block]:
    """A body with a block of each sort."""
    return [
        Paragraph(WORDS),
        Heading(1, "I.", "Kết quả thực hiện"),
        Heading(2, "1.", "Công tác thông tin, tuyên truyền"),
        Paragraph(WORDS),
        Bullets(["Tổ chức 12 hội nghị phổ biến pháp luật;", "Tiếp nhận 34 ý kiến của kiều bào."]),
        Heading(3, "a)", "Hỗ trợ đầu tư"),
        Paragraph(WORDS),
        figures(),
        Picture(
            png(), "Biểu đồ cột: số nhiệm vụ theo kết quả", caption="Hình 1. Kết quả theo cơ quan", width=120
        ),
        Heading(1, "II.", "Khó khăn, kiến nghị"),
        Paragraph("Đề nghị Ủy ban nhân dân tỉnh xem xét, chỉ đạo./."),
    ]


def document(kind: str = "BC", **changes: object) -> OfficialDocument:
    """A document of a type, complete."""
    letter = kind == "CV"
    values: dict[str, object] = {
        "kind": kind,
        "parent_body": "Ủy ban nhân dân tỉnh Lâm Giang",
        "issuer": "Sở Ngoại vụ",
        "number": "5",
        "symbol": "SNgV-NVNONN" if letter else "SNgV",
        "place": "Lâm Giang",
        "day": DAY,
        "year": 2027,
        "subject": "đôn đốc báo cáo công tác đối với người Việt Nam ở nước ngoài"
        if letter
        else "Kết quả công tác đối với người Việt Nam ở nước ngoài năm 2026",
        "bases": () if KINDS[kind].bases == "none" else (
            "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025",
            "Căn cứ Kế hoạch số 38/KH-UBND ngày 10 tháng 02 năm 2026 của Ủy ban nhân dân tỉnh",
        ),
        "addressed_to": ("Ủy ban nhân dân tỉnh Lâm Giang",) if KINDS[kind].greeting != "none" else (),
        "authority": "Giám đốc Sở Ngoại vụ" if KINDS[kind].order else "",
        "body": [
            Paragraph("Ban hành kèm theo văn bản này Quy chế phối hợp.", label="Điều 1."),
            Paragraph("Văn bản này có hiệu lực từ ngày ký./.", label="Điều 2."),
        ] if KINDS[kind].order else text(),
        "signature": Signature(("KT. GIÁM ĐỐC",), "PHÓ GIÁM ĐỐC", "Nguyễn Thị Minh Tâm"),
        "recipients": ("Bộ Ngoại giao (để báo cáo)", "Các sở, ban, ngành"),
        "archive": "VT, NVNONN.Tâm",
    }  # fmt: skip
    return OfficialDocument(**{**values, **changes})  # type: ignore[arg-type]


def long_report() -> OfficialDocument:
    """A report of a province: 40 pages, tables of 150 rows, two annexes."""
    body: list[Block] = []
    for part in range(1, 9):
        body.append(Heading(1, f"{roman(part)}.", "Kết quả theo nhóm nhiệm vụ"))
        for task in range(1, 9):
            body.append(Heading(2, f"{task}.", f"Nhiệm vụ số {task} của nhóm {part}"))
            body += [Paragraph(WORDS), Paragraph(WORDS), Bullets([WORDS, "Đạt 26.362 lượt người."])]
    body.append(figures(150))
    annexes = (
        Annex("Kết quả theo cơ quan, đơn vị", [figures(150)]),
        Annex("Số liệu theo chỉ tiêu, nhóm, quốc gia và vùng lãnh thổ", [wide(60)], landscape=True),
    )
    return document(body=body, annexes=annexes, recipients=[f"Cơ quan số {n}" for n in range(12)])


def wide(rows: int) -> Table:
    """A table of fourteen columns."""
    head = ["TT", "Nhiệm vụ", *(f"Quý {n}/2026" for n in range(1, 13))]
    return Table(
        head,
        [
            [str(n), "Rà soát, lập danh sách dự án kêu gọi đầu tư", *["1.250"] * 12]
            for n in range(1, rows + 1)
        ],
        align=("center", "left", *["right"] * 12),
    )
