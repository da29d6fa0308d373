"""What a part is for, as its heading says."""

from __future__ import annotations

import pytest

from nhipcau.core.planreader.scoping import purpose_of


@pytest.mark.parametrize(
    ("heading", "purpose"),
    [
        ("MỤC ĐÍCH, YÊU CẦU", "none"),
        ("Mục tiêu chung", "none"),
        ("Một số chỉ tiêu đến năm 2030", "none"),
        ("Các mục tiêu cụ thể", "none"),
        ("Phạm vi, đối tượng áp dụng", "none"),
        ("Yêu cầu của công việc", "none"),
        ("NHIỆM VỤ VÀ GIẢI PHÁP", "general"),
        ("Mục tiêu, nhiệm vụ và giải pháp", "general"),
        ("Nội dung hoạt động", "general"),
        ("Lộ trình", "general"),
        ("TỔ CHỨC THỰC HIỆN", "assign"),
        ("Phân công nhiệm vụ", "assign"),
        ("Trách nhiệm của các đơn vị", "assign"),
        ("Tổ chức thực hiện và kinh phí", "assign"),
        ("KINH PHÍ THỰC HIỆN", "money"),
        ("Nguồn vốn", "money"),
        ("Chế độ thông tin, báo cáo", "report"),
        ("Báo cáo và sơ kết", "report"),
        ("Sơ kết, tổng kết", "report"),
    ],
)
def test_a_heading_says_what_its_part_is_for(heading, purpose):
    assert purpose_of(heading) == purpose


@pytest.mark.parametrize(
    "heading",
    [
        "Sở Ngoại vụ",
        "Du lịch cộng đồng",
        "Nâng cao hiệu quả và khắc phục khó khăn",
        "Xúc tiến thương mại trước tình hình mới",
        "",
        "Một câu dài " + "rất dài " * 12 + "có nhắc đến tổ chức thực hiện",
    ],
)
def test_a_topic_or_a_long_sentence_names_no_purpose(heading):
    assert purpose_of(heading) is None
