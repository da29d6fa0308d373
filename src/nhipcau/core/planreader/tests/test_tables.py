"""Task tables, with cells and without."""

from __future__ import annotations

from nhipcau.core.planreader.reading import read_source, read_text
from nhipcau.core.planreader.source import Cell, Line, Source

HEADS = [
    "STT",
    "Nội dung công việc",
    "Cơ quan chủ trì",
    "Cơ quan phối hợp",
    "Thời gian hoàn thành",
    "Sản phẩm",
]
ROWS = [
    ["I", "Hoàn thiện thể chế", "", "", "", ""],
    ["1", "Rà soát văn bản quy phạm pháp luật", "Sở Tư pháp", "Các sở, ban, ngành", "Quý II/2026", "Báo cáo"],
    [
        "2",
        "Xây dựng cơ sở dữ liệu",
        "Sở Khoa học và Công nghệ, Công an tỉnh",
        "UBND các xã, phường",
        "Trước 30/9/2026",
        "Phần mềm",
    ],
    ["3", "Tập huấn cán bộ", "Sở Nội vụ", "", "Hằng năm", ""],
]
FRONT = (
    "KẾ HOẠCH\nCông tác năm 2026\n\nI. NHIỆM VỤ\n\n1. Thực hiện các nhiệm vụ.\n\n"
    "Nơi nhận:\n- Lưu: VT.\n\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLê Văn An\n"
)


def word_file() -> Source:
    lines = [Line(t, kind="paragraph") for t in FRONT.split("\n")]
    lines.append(Line("PHỤ LỤC", kind="paragraph"))
    for r, row in enumerate([HEADS, *ROWS]):
        lines += [Line(t, kind="cell", cell=Cell(0, r, c)) for c, t in enumerate(row) if t]
    return Source("docx", lines)


def flat_text() -> str:
    cells = [c for row in [HEADS, *ROWS] for c in row if c]
    return FRONT + "\nPHỤ LỤC\n\n" + "\n\n".join(cells) + "\n"


def rows(reading):
    return [
        (t["id"], t["role"], t["agencies"], t["with"], [(d["kind"], d["value"]) for d in t["due"]])
        for t in reading["tasks"]
        if t["id"].startswith("PL")
    ]


EXPECTED = [
    ("PL#1", "lead", ["Sở Tư pháp"], ["Các sở, ban, ngành"], [("date", "2026-06-30")]),
    (
        "PL#2",
        "lead",
        ["Sở Khoa học và Công nghệ", "Công an tỉnh"],
        ["UBND các xã, phường"],
        [("date", "2026-09-30")],
    ),
    ("PL#3", "lead", ["Sở Nội vụ"], [], []),
]


def test_the_rows_of_an_annex_table_are_tasks():
    reading = read_source(word_file())
    assert rows(reading) == EXPECTED
    task = reading["tasks"][-1]
    assert reading["text"][slice(*task["span"])] == "Tập huấn cán bộ"


def test_a_flattened_table_gives_the_same_tasks():
    assert rows(read_text(flat_text())) == EXPECTED


def test_a_table_in_the_body_goes_on_with_the_numbers_of_its_section():
    lines = [Line("II. NHIỆM VỤ", kind="paragraph"), Line("- Rà soát hồ sơ.", kind="paragraph")]
    for r, row in enumerate([HEADS, *ROWS[1:]]):
        lines += [Line(t, kind="cell", cell=Cell(0, r, c)) for c, t in enumerate(row) if t]
    assert [t["id"] for t in read_source(Source("docx", lines))["tasks"]] == ["II#1", "II#2", "II#3", "II#4"]


def test_a_table_of_figures_gives_no_tasks():
    heads, row = ["STT", "Chỉ tiêu", "Đơn vị tính", "Số lượng"], ["1", "Lớp tập huấn", "lớp", "12"]
    lines = [Line("I. NHIỆM VỤ", kind="paragraph"), Line("1. Mở lớp tập huấn.", kind="paragraph")]
    for r, cells in enumerate([heads, row]):
        lines += [Line(t, kind="cell", cell=Cell(0, r, c)) for c, t in enumerate(cells)]
    assert [t["id"] for t in read_source(Source("docx", lines))["tasks"]] == ["I.1"]


BLOCK = """II. NỘI DUNG

1. Tuyên truyền pháp luật

- Nội dung thực hiện: Tổ chức tuyên truyền Luật Việc làm.
- Cơ quan chủ trì: Sở Nội vụ, Sở Tư pháp.
- Cơ quan phối hợp: Các sở, ngành và UBND các xã.
- Thời gian thực hiện: Trước ngày 30/6/2026.

2. Kiểm tra việc thi hành

- Cơ quan thực hiện: Sở Nội vụ.
- Thời gian: Năm 2026 và các năm tiếp theo.

3. Tập huấn

- Tập huấn cho cán bộ cấp xã.

Đơn vị chủ trì: Sở Nội vụ.

- Tập huấn cho doanh nghiệp.

Đơn vị chủ trì: Sở Công Thương.
"""


def test_blocks_of_fields_are_tasks():
    tasks = read_text(BLOCK)["tasks"]
    assert [(t["id"], t["role"], t["agencies"], t["text"]) for t in tasks] == [
        ("II.1", "lead", ["Sở Nội vụ", "Sở Tư pháp"], "Tổ chức tuyên truyền Luật Việc làm."),
        ("II.2", "responsible", ["Sở Nội vụ"], "Kiểm tra việc thi hành"),
        ("II.3#1", "lead", ["Sở Nội vụ"], "Tập huấn cho cán bộ cấp xã."),
        ("II.3#2", "lead", ["Sở Công Thương"], "Tập huấn cho doanh nghiệp."),
    ]
    assert tasks[0]["with"] == ["Các sở, ngành", "UBND các xã"]
    assert [(d["kind"], d["value"], d["bound"]) for d in tasks[0]["due"]] == [
        ("date", "2026-06-30", "before")
    ]
    assert tasks[1]["due"] == []
