"""From items to tasks: who, in which role, with whom."""

from __future__ import annotations

import pytest

from nhipcau.core.planreader.blocks import Block, lay_out
from nhipcau.core.planreader.items import items_of
from nhipcau.core.planreader.outline import outline_of
from nhipcau.core.planreader.rows import Row
from nhipcau.core.planreader.tasks import tasks_of


def tasks(*texts: str):
    page = lay_out([Block("body", t, [(0, 1, 1)], Row(t, 1, 1, 0)) for t in texts])
    return tasks_of(page, items_of(page, outline_of(page)))


@pytest.mark.parametrize(
    ("item", "agencies", "role", "partners"),
    [
        ("Sở Y tế rà soát danh mục.", ["Sở Y tế"], "responsible", []),
        ("Sở Y tế chủ trì, phối hợp với Sở Nội vụ rà soát danh mục.", ["Sở Y tế"], "lead", ["Sở Nội vụ"]),
        ("Sở Y tế tham mưu UBND tỉnh ban hành danh mục.", ["Sở Y tế"], "advise", []),
        ("Đề nghị Hội Người cao tuổi tỉnh vận động hội viên.", ["Hội Người cao tuổi tỉnh"], "request", []),
        ("Giao Sở Y tế rà soát danh mục.", ["Sở Y tế"], "responsible", []),
    ],
)
def test_a_sentence_below_the_assignments_is_a_task_of_its_subject(item, agencies, role, partners):
    (task,) = tasks("I. TỔ CHỨC THỰC HIỆN", f"1. {item}")
    assert (task["scope"], task["agencies"], task["role"], task["with"]) == (
        "assigned",
        agencies,
        role,
        partners,
    )


def test_items_below_a_heading_of_bodies_are_theirs():
    found = tasks(
        "I. TỔ CHỨC THỰC HIỆN", "1. Sở Y tế", "a) Rà soát danh mục.", "b) Phối hợp với Sở Nội vụ mở lớp."
    )
    assert [(t["id"], t["agencies"], t["role"], t["with"]) for t in found] == [
        ("I.1.a", ["Sở Y tế"], "responsible", []),
        ("I.1.b", ["Sở Y tế"], "coordinate", ["Sở Nội vụ"]),
    ]


def test_fields_say_who_leads_who_helps_and_until_when():
    (task,) = tasks(
        "I. NHIỆM VỤ", "1. Mở lớp.", "- Chủ trì: Sở Y tế.", "- Phối hợp: Sở Nội vụ.", "- Thời hạn: 30/6/2031."
    )
    assert (task["agencies"], task["role"], task["with"]) == (["Sở Y tế"], "lead", ["Sở Nội vụ"])
    assert [d["value"] for d in task["due"]] == ["2031-06-30"]


def test_work_that_nobody_is_named_for_is_general():
    (task,) = tasks("I. NHIỆM VỤ, GIẢI PHÁP", "1. Rà soát danh mục lớp học.")
    assert (task["scope"], task["agencies"]) == ("general", [])


@pytest.mark.parametrize(
    "texts",
    [
        ["I. MỤC ĐÍCH", "1. Nâng cao chất lượng lớp học."],
        ["I. KINH PHÍ THỰC HIỆN", "Kinh phí từ ngân sách và xã hội hóa."],
        ["I. TỔ CHỨC THỰC HIỆN", "1. Sở Y tế"],
        ["Trên đây là Kế hoạch mở lớp./."],
    ],
)
def test_background_money_and_closing_are_no_tasks(texts):
    assert tasks(*texts) == []
