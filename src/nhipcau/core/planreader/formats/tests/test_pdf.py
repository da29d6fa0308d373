"""PDF by the places of its glyphs: reading order, columns, tables, notes, scans told from texts."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from nhipcau.core.planreader.formats.opening import Need
from nhipcau.core.planreader.formats.pdf import read
from nhipcau.core.planreader.formats.tests.renderings import FONT_FILES, has_fonts
from nhipcau.core.planreader.refusal import Refusal
from nhipcau.core.planreader.source import Cell, Source

pytestmark = pytest.mark.skipif(
    not has_fonts(), reason="no serif font with Vietnamese letters (fonts-dejavu)"
)

LEFT, RIGHT, TOP = 85, 547, 780


class Sheet:
    """A page on which a test writes and draws."""

    def __init__(self) -> None:
        for name, file in zip(("Serif", "Serif-Bold"), FONT_FILES, strict=True):
            pdfmetrics.registerFont(TTFont(name, file))
        self.memory = io.BytesIO()
        self.canvas: Any = Canvas(self.memory, pagesize=(595, 842))

    def text(self, x: float, y: float, text: str, size: float = 12, font: str = "Serif") -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, y, text)

    def rows(self, x: float, y: float, *rows: str, step: float = 16) -> None:
        for number, row in enumerate(rows):
            self.text(x, y - number * step, row)

    def grid(self, xs: list[float], ys: list[float]) -> None:
        self.canvas.grid(xs, ys)

    def read(self, tmp_path: Path) -> Source:
        self.canvas.save()
        path = tmp_path / "plan.pdf"
        path.write_bytes(self.memory.getvalue())
        return read(path)


def shown(found: Source) -> list[str]:
    return [line.text for line in found.lines if line.text]


def test_rows_come_from_top_to_bottom_whatever_their_order_in_the_file(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(LEFT, 500, "Dòng ba")
    sheet.text(LEFT, 700, "Dòng một")
    sheet.text(LEFT, 600, "Dòng hai")
    assert shown(sheet.read(tmp_path)) == ["Dòng một", "Dòng hai", "Dòng ba"]


def test_a_letterhead_in_two_columns_is_read_left_then_right(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.rows(105, TOP, "ỦY BAN NHÂN DÂN", "TỈNH MẪU", "", "Số: 12/KH-UBND")
    sheet.rows(290, TOP, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
    sheet.text(310, TOP - 48, "Mẫu, ngày      tháng 6 năm 2027")
    sheet.text(275, 680, "KẾ HOẠCH")
    sheet.text(LEFT, 640, "Thực hiện Chương trình hành động của Chính phủ về công tác đối ngoại năm 2027,")
    sheet.text(LEFT, 624, "Ủy ban nhân dân tỉnh ban hành Kế hoạch.")
    assert shown(sheet.read(tmp_path)) == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH MẪU",
        "Số: 12/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Mẫu, ngày tháng 6 năm 2027",
        "KẾ HOẠCH",
        "Thực hiện Chương trình hành động của Chính phủ về công tác đối ngoại năm 2027,",
        "Ủy ban nhân dân tỉnh ban hành Kế hoạch.",
    ]


def test_recipients_and_signature_are_read_left_then_right(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(LEFT, 400, "Ủy ban nhân dân tỉnh yêu cầu các cơ quan, đơn vị thực hiện nghiêm túc Kế hoạch./.")
    sheet.rows(LEFT, 360, "Nơi nhận:", "- Bộ Ngoại giao;", "- Lưu: VT.")
    sheet.rows(330, 360, "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    sheet.text(345, 250, "Nguyễn Văn Mẫu")
    assert shown(sheet.read(tmp_path))[1:] == [
        "Nơi nhận:", "- Bộ Ngoại giao;", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH",
        "Nguyễn Văn Mẫu",
    ]  # fmt: skip


def test_a_label_that_hangs_apart_stays_with_its_words(tmp_path: Path) -> None:
    sheet = Sheet()
    for number, row in enumerate(["Sở Ngoại vụ", "Sở Nội vụ", "Sở Tài chính"]):
        sheet.text(LEFT, 700 - 20 * number, f"{number + 1}.")
        sheet.text(LEFT + 40, 700 - 20 * number, row)
    assert shown(sheet.read(tmp_path)) == ["1. Sở Ngoại vụ", "2. Sở Nội vụ", "3. Sở Tài chính"]


def test_a_ruled_table_gives_cells_with_whole_paragraphs(tmp_path: Path) -> None:
    sheet = Sheet()
    xs, ys = [80.0, 110.0, 300.0, 420.0, 520.0], [700.0, 670.0, 620.0, 590.0]
    sheet.grid(xs, ys)
    for x, row in zip(xs, ["TT", "Nội dung", "Cơ quan", "Hạn"], strict=False):
        sheet.text(x + 4, 680, row, 10)
    sheet.rows(114, 655, "Xây dựng cơ sở dữ liệu về người", "Việt Nam ở nước ngoài")
    sheet.text(84, 655, "1", 10)
    sheet.text(304, 655, "Sở Ngoại vụ", 10)
    sheet.text(424, 655, "30/10/2027", 10)
    sheet.text(84, 600, "2", 10)
    sheet.text(114, 600, "Việc khác", 10)
    sheet.text(LEFT, 740, "Phụ lục")
    sheet.text(LEFT, 560, "Sau bảng")
    found = [line for line in sheet.read(tmp_path).lines if line.text]
    assert [(line.text, line.cell) for line in found] == [
        ("Phụ lục", None),
        ("TT", Cell(0, 0, 0)),
        ("Nội dung", Cell(0, 0, 1)),
        ("Cơ quan", Cell(0, 0, 2)),
        ("Hạn", Cell(0, 0, 3)),
        ("1", Cell(0, 1, 0)),
        ("Xây dựng cơ sở dữ liệu về người Việt Nam ở nước ngoài", Cell(0, 1, 1)),
        ("Sở Ngoại vụ", Cell(0, 1, 2)),
        ("30/10/2027", Cell(0, 1, 3)),
        ("2", Cell(0, 2, 0)),
        ("Việc khác", Cell(0, 2, 1)),
        ("Sau bảng", None),
    ]


@pytest.mark.parametrize("quarter", [1, 2, 3])
def test_a_page_on_its_side_is_read_upright(quarter: int, tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.canvas.setPageRotation({1: 270, 2: 180, 3: 90}[quarter])
    sheet.canvas.translate(*{1: (0, 842), 2: (595, 842), 3: (595, 0)}[quarter])
    sheet.canvas.rotate({1: -90, 2: 180, 3: 90}[quarter])
    sheet.grid([80.0, 110.0, 300.0], [500.0, 470.0])
    sheet.text(84, 480, "TT")
    sheet.text(114, 480, "Nội dung việc làm")
    sheet.text(100, 560, "Phụ lục")
    sheet.text(100, 400, "Sau bảng")
    found = [line for line in sheet.read(tmp_path).lines if line.text]
    assert [(line.text, line.cell) for line in found] == [
        ("Phụ lục", None), ("TT", Cell(0, 0, 0)), ("Nội dung việc làm", Cell(0, 0, 1)), ("Sau bảng", None),
    ]  # fmt: skip


def test_a_stamp_on_its_side_is_left_out(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(LEFT, 700, "Câu văn của trang này")
    sheet.canvas.rotate(90)
    sheet.text(300, -20, "TỔNG ĐÀI")
    assert shown(sheet.read(tmp_path)) == ["Câu văn của trang này"]


def test_a_table_goes_on_on_the_next_page(tmp_path: Path) -> None:
    sheet = Sheet()
    for page in range(2):
        sheet.grid([80.0, 300.0, 520.0], [120.0, 90.0, 60.0] if page == 0 else [790.0, 760.0])
        for number, y in enumerate([100, 70] if page == 0 else [770]):
            sheet.text(84, y, f"Việc {page}{number}")
            sheet.text(304, y, "Sở")
        sheet.canvas.showPage()
    cells = [line.cell for line in sheet.read(tmp_path).lines if line.text.startswith("Việc")]
    assert cells == [Cell(0, 0, 0), Cell(0, 1, 0), Cell(0, 2, 0)]


def test_a_row_that_a_page_cuts_goes_on_and_a_repeated_head_is_left_out(tmp_path: Path) -> None:
    sheet = Sheet()
    xs = [80.0, 110.0, 300.0]
    for page, ys in enumerate([[110.0, 85.0, 60.0], [800.0, 775.0, 750.0, 725.0]]):
        sheet.grid(xs, ys)
        sheet.text(84, ys[1] + 8, "TT")
        sheet.text(114, ys[1] + 8, "Nội dung")
        if page == 0:
            sheet.text(84, 68, "1")
            sheet.text(114, 68, "Việc một dài đến hết trang")
        else:
            sheet.text(114, 758, "và còn tiếp")
            sheet.text(84, 733, "2")
            sheet.text(114, 733, "Việc hai")
        sheet.canvas.showPage()
    assert [(line.text, line.cell) for line in sheet.read(tmp_path).lines if line.text] == [
        ("TT", Cell(0, 0, 0)),
        ("Nội dung", Cell(0, 0, 1)),
        ("1", Cell(0, 1, 0)),
        ("Việc một dài đến hết trang và còn tiếp", Cell(0, 1, 1)),
        ("2", Cell(0, 2, 0)),
        ("Việc hai", Cell(0, 2, 1)),
    ]


def test_a_date_cut_by_a_narrow_column_is_whole(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.grid([80.0, 200.0, 262.0], [700.0, 650.0])
    sheet.text(84, 680, "Việc một")
    sheet.rows(204, 685, "01/10/202", "7")
    assert [line.text for line in sheet.read(tmp_path).lines if line.text] == ["Việc một", "01/10/2027"]


def test_page_numbers_and_footnotes_have_their_kind(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(297, 805, "2")
    for number in range(20):
        sheet.text(
            LEFT, 760 - 16 * number, "Câu văn đủ dài để thấy cỡ chữ thường dùng của trang này là bao nhiêu"
        )
    sheet.text(LEFT, 430, "trong đó có 26.362 người")
    sheet.text(LEFT + 150, 435, "1", 7)
    sheet.text(LEFT, 70, "1", 6)
    sheet.text(LEFT + 5, 66, "Số liệu năm 2026.", 9)
    found = sheet.read(tmp_path).lines
    assert (found[0].text, found[0].kind) == ("2", "header")
    assert (found[-1].text, found[-1].kind) == ("¹ Số liệu năm 2026.", "note")


def test_bold_and_centred_are_told(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(285, 750, "KẾ HOẠCH", font="Serif-Bold")
    for number in range(6):
        sheet.text(
            LEFT, 700 - 16 * number, "Một dòng chữ thường kéo dài từ lề trái sang đến lề phải của trang giấy"
        )
    found = [line for line in sheet.read(tmp_path).lines if line.text]
    assert (found[0].bold, found[1].bold, found[1].centred) == (True, False, False)


def test_paragraphs_that_begin_indented_are_told_from_lines_that_go_on(tmp_path: Path) -> None:
    sheet = Sheet()
    full = "Đây là một dòng đầy của một đoạn văn bản hành chính dài đến sát lề bên phải:"
    y = 760
    for number in range(6):
        sheet.text(LEFT + 28, y, f"{number + 1}. {full[4:]}")
        sheet.text(
            LEFT, y - 16, "- Nhật Bản và những nước khác" if number == 3 else "và phần còn lại của câu."
        )
        y -= 32
    found = sheet.read(tmp_path).lines
    assert sum(not line.text for line in found) == 5
    assert any(line.text.endswith("lề bên phải: - Nhật Bản và những nước khác") for line in found)


def test_a_page_that_is_a_picture_asks_for_recognition(tmp_path: Path) -> None:
    sheet = Sheet()
    picture = ImageReader(Image.new("L", (400, 600), 255))
    sheet.canvas.drawImage(picture, 0, 0, 595, 842)
    with pytest.raises(Need) as need:
        sheet.read(tmp_path)
    assert (need.value.what, need.value.pages) == ("ocr", 1)


def test_one_picture_among_texts_is_noted_as_unread(tmp_path: Path) -> None:
    sheet = Sheet()
    for _ in range(3):
        sheet.text(LEFT, 700, "Một trang có lớp chữ đọc được")
        sheet.canvas.showPage()
    sheet.canvas.drawImage(ImageReader(Image.new("L", (400, 600), 255)), 0, 0, 595, 842)
    assert sheet.read(tmp_path).notes == ["unread-pages 4"]


def test_a_password_is_asked_to_be_removed(tmp_path: Path) -> None:
    memory = io.BytesIO()
    canvas: Any = Canvas(memory, encrypt="secret")
    canvas.drawString(100, 700, "x")
    canvas.save()
    path = tmp_path / "locked.pdf"
    path.write_bytes(memory.getvalue())
    with pytest.raises(Refusal) as caught:
        read(path)
    assert caught.value.code == "encrypted"
