"""Signs that a field of a task may be wrong: there where a document shows them, and not elsewhere."""

from __future__ import annotations

import pytest

from nhipcau.core.planreader.evidence import FIELDS, signs_of
from nhipcau.core.planreader.reading import laid_out, read_page
from nhipcau.core.planreader.rows import source_from_text

HEAD = "KẾ HOẠCH\nPhát triển du lịch\n\n"


def signs(body: str, change=None):
    """The signs of each task of a plan with this body, by id; `change` alters the tasks before."""
    reading = read_page(*laid_out(source_from_text(HEAD + body.replace("\n", "\n\n"))))
    for task in reading["tasks"]:
        if change is not None:
            change(task)
    found = signs_of(reading["text"], reading["blocks"], reading["tasks"])
    return {t["id"]: s for t, s in zip(reading["tasks"], found, strict=True)}


ASSIGNED = "I. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\n"
CLEAR = "I. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\na) Mở lớp.\nb) Mời giáo viên.\n2. Sở Nội vụ\na) Cử cán bộ đi học."


def test_a_clear_plan_shows_no_signs():
    for task in signs(CLEAR).values():
        assert task == {"role": set(), "agencies": set(), "scope": set()}


@pytest.mark.parametrize(
    ("item", "sign"),
    [
        ("Mở lớp; phối hợp với Sở Nội vụ cấp thẻ.", "later-clause"),
        ("Mở lớp; phối hợp với Sở Nội vụ cấp thẻ.", "responsible-seen"),
        ("Trên cơ sở đề xuất của các xã và các phường trong tỉnh, tham mưu UBND tỉnh.", "late"),
        ("Nghiên cứu, phối hợp với Sở Nội vụ, tham mưu UBND tỉnh.", "narrow"),
    ],
)
def test_signs_of_a_role(item, sign):
    assert sign in signs(f"{ASSIGNED}a) {item}")["I.1.a"]["role"]


def test_a_role_that_the_words_do_not_have_is_noticed():
    def lead(task):
        task["role"] = "lead"

    found = signs(CLEAR, lead)["I.1.a"]["role"]
    assert {"responsible-seen", "lead-not-seen"} <= found


def test_a_misread_role_word_is_noticed():
    assert "word-damaged" in signs(f"{ASSIGNED}a) Chù trì mở lớp học tiếng Lào.")["I.1.a"]["role"]
    assert "word-damaged" not in signs(f"{ASSIGNED}a) Chủ trì mở lớp học tiếng Lào.")["I.1.a"]["role"]


def named(*names: str):
    def change(task):
        task["agencies"], task["scope"] = list(names), "assigned" if names else "general"

    return change


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Sở Y tế"], set()),
        (["Sở"], {"one-word"}),
        (["Sở Y tế (cũ"], {"open-bracket"}),
        (["Sở Y tế chủ động"], {"clause-in-name"}),
        (["Sở Y tế trong tỉnh"], {"more-than-name"}),
        (["Sở Y tế và"], {"dangles"}),
        (["Sở Khoa học và"], {"name-goes-on", "dangles"}),
        (["Sở Y tê"], {"strange-spelling"}),
        (["Sở Nội vụ"], {"from-nowhere"}),
        (["Sở A", "Sở B", "Sở C", "Sở D"], {"many"}),
    ],
)
def test_signs_of_agencies(names, expected):
    found = signs(CLEAR, named(*names))["I.1.a"]["agencies"]
    assert expected <= found
    assert bool(expected) == bool(found)


@pytest.mark.parametrize(
    ("body", "task", "sign"),
    [
        (f"{ASSIGNED}a) Giao Công an tỉnh hướng dẫn khách khai báo.", "I.1.a", "another-told"),
        (f"{ASSIGNED}a) Mở lớp ở xã. Công an tỉnh hướng dẫn khách.", "I.1.a", "later-subject"),
        (f"{ASSIGNED}a) Mở lớp.\nb) Mời thầy.\na) Cấp thẻ.\nb) Thu phí.", "I.1.b", "row-anew"),
        (
            "I. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\n- Mở lớp.\n3. Sở Nội vụ\n- Mời thầy.",
            "I.1#1",
            "number-left-out",
        ),
    ],
)
def test_signs_of_what_stands_around_agencies(body, task, sign):
    found = signs(body)[task]["agencies"]
    assert sign in found


def test_a_heading_that_lost_its_number_is_noticed_below_it():
    found = signs(f"{ASSIGNED}- Mở lớp ở xã.\nSở Nội vụ\n- Mời giáo viên.\n2. Sở Tư pháp\n- Rà soát văn bản.")
    late = [s["agencies"] for i, s in found.items() if i.startswith("I.1#")]
    assert "line-between" in late[-1]
    assert "body-line-before" in late[-1]


def test_a_row_of_a_table_is_not_judged_by_its_words_alone():
    body = "I. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế\na) Mở lớp."
    table = "PHỤ LỤC\nSTT\nNội dung\nCơ quan chủ trì\n1\nRà soát danh mục ở các xã\nSở Nội vụ"
    assert signs(f"{body}\n{table}")["PL#1"]["role"] == set()


def test_a_long_name_that_is_the_whole_heading_is_no_sign():
    long = "Các doanh nghiệp hoạt động trong lĩnh vực xây dựng, giao thông và vận tải trên địa bàn tỉnh"
    found = signs(f"I. TỔ CHỨC THỰC HIỆN\n1. {long}\na) Mở lớp.", named(long))["I.1.a"]["agencies"]
    assert found <= {"rule-guessed"}


def test_the_first_readers_own_guesses_are_signs():
    def guess(task):
        task["doubts"] = ["scope"]

    assert signs(CLEAR, guess)["I.1.a"] == {"role": set(), "agencies": set(), "scope": {"rule-guessed"}}


@pytest.mark.parametrize(
    ("names", "expected"),
    [([], {"head-names", "body-above", "general-in-assigning"}), (["Sở Y tế"], set())],
)
def test_signs_of_the_scope_are_signs_of_nobody_too(names, expected):
    found = signs(CLEAR, named(*names))["I.1.a"]
    assert expected <= found["scope"]
    assert (found["scope"] == found["agencies"]) is (not names) or not expected


def test_an_assignment_that_nothing_names_is_noticed():
    body = "I. NHIỆM VỤ\n1. Mở lớp ở xã."
    assert "nobody-named" in signs(body, named("Sở Y tế"))["I.1"]["scope"]
    assert signs(body)["I.1"]["scope"] == set()


def test_a_task_unlike_all_beside_it_is_noticed():
    body = ASSIGNED + "\n".join(f"{x}) Mở lớp." for x in "abcd")

    def other(task):
        if task["id"] == "I.1.c":
            task["agencies"] = ["Sở Nội vụ"]

    found = signs(body, other)
    assert ["unlike-beside" in s["agencies"] for s in found.values()] == [False, False, True, False]


def test_every_task_of_any_reading_has_signs_for_every_field():
    reading = read_page(*laid_out(source_from_text(HEAD + CLEAR)))
    assert signs_of(reading["text"], [], reading["tasks"])
    assert all(set(s) == set(FIELDS) for s in signs_of(reading["text"], [], reading["tasks"]))
    assert signs_of("", [], []) == []
