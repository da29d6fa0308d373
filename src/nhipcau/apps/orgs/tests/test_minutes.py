"""Minutes of a handover are in the official form, with both names and every piece of work."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import docx

from nhipcau.apps.orgs.minutes import HEADS, Line, Minutes, Party, as_word
from nhipcau.core.officialdoc import check_docx

MINUTES = Minutes(
    agency="Sở Ngoại vụ tỉnh Mẫu",
    symbol="SNgV",
    place="Mẫu",
    day=date(2027, 2, 5),
    giver=Party("Trần Văn Đông", ["Chuyên viên, Sở Ngoại vụ tỉnh Mẫu"]),
    receiver=Party("Lê Thị Hoa", []),
    why="chuyển công tác",
    remark="",
    lines=[Line(n, "Rà soát danh sách các hội, đoàn", "05/6/2027", "đang làm") for n in range(1, 40)],
    said=["Bên bàn giao xác nhận lúc 09:00 ngày 05/02/2027."],
    training=False,
)


def test_the_minutes_are_in_the_official_form() -> None:
    findings = check_docx(as_word(MINUTES))
    assert [(each.element, each.code) for each in findings if each.severity == "error"] == []


def test_both_sides_and_every_piece_of_work_stand_in_them() -> None:
    word = docx.Document(io.BytesIO(as_word(MINUTES)))
    text = "\n".join(node.text or "" for node in word.element.body.iter("{*}t"))
    assert "BIÊN BẢN" in text
    assert "/BB-SNgV" in text
    for words in ("BÊN NHẬN BÀN GIAO", "XÁC NHẬN CỦA CƠ QUAN", "BÊN BÀN GIAO", "Trần Văn Đông", "Lê Thị Hoa"):
        assert words in text
    cells = [[cell.text for cell in row.cells] for row in word.tables[1].rows]
    assert cells[0] == list(HEADS)
    assert len(cells) == 40


def test_a_training_copy_says_that_it_is_worth_nothing() -> None:
    word = docx.Document(io.BytesIO(as_word(replace(MINUTES, training=True))))
    assert "BẢN TẬP HUẤN - KHÔNG CÓ GIÁ TRỊ" in [paragraph.text for paragraph in word.paragraphs]
