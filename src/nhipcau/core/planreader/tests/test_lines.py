"""Which lines make one paragraph, and what is no line of the text at all."""
# ruff: noqa: E501 - lines stand as they are printed

from __future__ import annotations

import pytest

from nhipcau.core.planreader.damage import DAMAGES
from nhipcau.core.planreader.debris import drop_debris
from nhipcau.core.planreader.reading import read_text
from nhipcau.core.planreader.rows import rows_of, source_from_text

WRAPPED = """I. NHIỆM VỤ

1. Triển khai thực hiện Nghị quyết số 36-
NQ/TW của Bộ Chính trị về công tác đối với
người Việt Nam ở nước ngoài giai đoạn 2021
- 2026 trên địa bàn tỉnh.
2. Đề nghị các đoàn thể chính trị
- xã hội tỉnh tăng cường tuyên truyền về bảo

12

vệ môi trường sống; phối hợp với Sở Kế hoạch
và Đầu tư rà soát.
"""


def test_a_dash_at_the_start_of_a_line_may_belong_to_the_sentence():
    tasks = read_text(WRAPPED)["tasks"]
    assert [t["id"] for t in tasks] == ["I.1", "I.2"]
    assert "giai đoạn 2021 - 2026 trên" in tasks[0]["text"]
    assert "chính trị - xã hội tỉnh" in tasks[1]["text"]


def test_a_number_cut_by_a_line_end_is_whole_again():
    assert [c["number"] for c in read_text(WRAPPED)["citations"]] == ["36-NQ/TW"]


def test_a_page_number_inside_a_sentence_is_left_out():
    assert "bảo vệ môi trường" in read_text(WRAPPED)["tasks"][1]["text"]


def test_a_heading_without_an_end_mark_does_not_swallow_the_next_line():
    text = "I. PHÂN CÔNG\n1. Sở Lao động - Thương binh và Xã hội\nRà soát, hỗ trợ người lao động đi làm việc ở nước ngoài theo hợp\nđồng trên địa bàn.\n"
    reading = read_text(text)
    assert [s["heading"] for s in reading["sections"]] == ["PHÂN CÔNG", "Sở Lao động - Thương binh và Xã hội"]
    assert reading["tasks"][0]["text"].startswith("Rà soát")


def test_a_label_alone_on_its_line_takes_the_next_line():
    text = "I. NHIỆM VỤ\n\n1.\n\nRà soát văn bản.\n\n2.\n\nTổ chức tập huấn.\n"
    assert [(t["id"], t["text"]) for t in read_text(text)["tasks"]] == [
        ("I.1", "Rà soát văn bản."),
        ("I.2", "Tổ chức tập huấn."),
    ]


def test_running_heads_are_told_from_repeated_words():
    page = "1. Thực hiện nhiệm vụ được giao tại kế hoạch của\n{n}\nKẾ HOẠCH CÔNG TÁC NĂM\n\ntỉnh và hướng dẫn của bộ.\n\nSở Y tế\n\nRà soát.\n\n"
    rows, gone = drop_debris(rows_of(source_from_text("".join(page.format(n=n) for n in range(1, 5)))))
    assert gone["running-head"] == 4
    assert sum(r.text == "Sở Y tế" for r in rows) == 4


PLAN = """KẾ HOẠCH
Công tác năm 2026

Căn cứ Nghị quyết số 12/NQ-HĐND ngày 05/7/2025 của Hội đồng nhân dân tỉnh về nhiệm vụ phát triển kinh tế - xã hội; Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU

1. Nâng cao hiệu quả công tác.

II. NHIỆM VỤ

1. Đẩy mạnh công tác tuyên truyền, phổ biến giáo dục pháp luật đến các tầng lớp Nhân dân, nhất là ở vùng sâu, vùng xa.

2. Tăng cường phối hợp với các cơ quan chức năng để hỗ trợ người dân tiếp cận dịch vụ công.

III. TỔ CHỨC THỰC HIỆN

1. Sở Tư pháp

a) Chủ trì, phối hợp với các sở, ngành liên quan xây dựng tài liệu tuyên truyền, hoàn thành trước ngày 30/6/2026.

b) Định kỳ 06 tháng báo cáo Ủy ban nhân dân tỉnh tình hình thực hiện Kế hoạch.

2. Ủy ban nhân dân các xã, phường

- Tổ chức tuyên truyền trên hệ thống thông tin cơ sở của địa phương bằng nhiều hình thức.

- Bố trí kinh phí thực hiện.
"""


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_plan_reads_as_the_whole_one(name):
    whole, damaged = read_text(PLAN), read_text(DAMAGES[name](PLAN))
    for part in ("id", "role", "agencies", "with", "scope"):
        assert [t[part] for t in damaged["tasks"]] == [t[part] for t in whole["tasks"]]
    assert [s["path"] for s in damaged["sections"]] == [s["path"] for s in whole["sections"]]
    assert len(whole["tasks"]) == 6
