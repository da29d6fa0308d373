"""Who is told to do something."""

from __future__ import annotations

import pytest

from nhipcau.core.planreader.folding import shadow
from nhipcau.core.planreader.subjects import (
    bodies_in,
    bracketed,
    further_subjects,
    heading_subject,
    leading_subject,
    ordered_subject,
    sentence_subject,
    subject_at,
    subject_later,
)


def names(find, text: str, *more):
    found = find(text, shadow(text), *more)
    return found.names if found is not None else None


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("Sở Ngoại vụ rà soát danh mục lớp học.", ["Sở Ngoại vụ"]),
        ("Sở Ngoại vụ, Sở Y tế có trách nhiệm mở lớp.", ["Sở Ngoại vụ", "Sở Y tế"]),
        ("Các sở, ngành xây dựng kế hoạch.", ["Các sở, ngành"]),
        ("Giao Sở Nội vụ mở lớp tiếng Lào.", ["Sở Nội vụ"]),
        ("Đề nghị Hội Chữ thập đỏ tỉnh vận động hội viên.", ["Hội Chữ thập đỏ tỉnh"]),
        ("Căn cứ nhiệm vụ được giao, các sở, ngành xây dựng kế hoạch.", ["các sở, ngành"]),
        ("Hằng năm, Sở Y tế tổng hợp kết quả.", ["Sở Y tế"]),
        ("Định kỳ, chậm nhất ngày 20/5, UBND các xã báo cáo kết quả.", ["UBND các xã"]),
        ("Trên cơ sở danh mục (đã duyệt, công bố), Sở Y tế rà soát.", ["Sở Y tế"]),
    ],
)
def test_a_sentence_has_the_bodies_in_front_of_its_verb_as_subject(text, bodies):
    assert names(sentence_subject, text) == bodies


@pytest.mark.parametrize(
    "text",
    [
        "Rà soát danh mục do Sở Ngoại vụ lập.",
        "Phối hợp với Sở Y tế mở lớp.",
        "Danh mục lớp học rà soát xong trước tháng 5.",
        "Hội nghị tổng kết tổ chức tại xã Tân Lập.",
        "Ban hành quy chế của Sở Y tế.",
        "Căn cứ quy chế, danh mục được rà soát.",
        "Sở Ngoại vụ",
        "",
    ],
)
def test_bodies_elsewhere_in_a_sentence_are_not_its_subject(text):
    assert names(sentence_subject, text) is None


def test_a_stop_cuts_the_sentence():
    text = "Căn cứ nhiệm vụ, Sở Y tế rà soát."
    assert names(sentence_subject, text, 10) is None


@pytest.mark.parametrize(
    ("text", "asked", "addressed", "collective"),
    [
        ("Đề nghị Sở Y tế", True, True, False),
        ("Yêu cầu các sở, ngành", False, True, True),
        ("Sở Y tế", False, False, False),
        ("Các sở, ngành", False, False, True),
    ],
)
def test_a_heading_tells_whether_it_asks_and_whether_it_means_one_body(text, asked, addressed, collective):
    found = heading_subject(text, shadow(text))
    assert found is not None
    assert (found.asked, found.addressed, found.collective) == (asked, addressed, collective)


def test_places_are_those_of_the_names():
    text = "Giao Sở Nội vụ, Sở Y tế mở lớp."
    found = subject_at(text, shadow(text), 0, len(text))
    assert found is not None
    assert [text[a:z] for a, z in found.spans] == found.names == ["Sở Nội vụ", "Sở Y tế"]


@pytest.mark.parametrize("text", ["Đối với Sở Y tế rà soát lại.", "Trách nhiệm của Sở Y tế là rà soát."])
def test_only_a_heading_may_say_whose_duty_it_is(text):
    assert subject_at(text, shadow(text), 0, len(text)) is None


def test_a_list_without_an_end_names_nobody():
    text = ", ".join(f"Sở Mẫu {chr(65 + n % 26)}" for n in range(90)) + " rà soát"
    assert subject_at(text, shadow(text), 0, len(text)) is None


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("Trước mùa mưa, Sở Y tế kiểm tra kho thuốc.", ["Sở Y tế"]),
        ("Danh mục gồm ba phần, Sở Y tế kiểm tra.", None),
        ("Trước mùa mưa, thuốc được kiểm tra.", None),
    ],
)
def test_a_later_subject_needs_an_opening_phrase(text, bodies):
    assert names(subject_later, text, len(text)) == bodies


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("Thống nhất đề xuất; giao Sở Y tế mở lớp.", ["Sở Y tế"]),
        ("Đồng ý chủ trương, đồng thời giao Sở Y tế và Sở Nội vụ mở lớp.", ["Sở Y tế", "Sở Nội vụ"]),
        ("Bàn giao Sở Y tế hồ sơ lớp học.", None),
        ("Nhiệm vụ được giao Sở Y tế mở lớp.", None),
        ("Thống nhất đề xuất; giao thông thuận lợi.", None),
    ],
)
def test_an_order_inside_a_text_names_whom_it_tells(text, bodies):
    assert names(ordered_subject, text) == bodies


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mở lớp (Sở Y tế chủ trì).", (["Sở Y tế"], [])),
        ("Mở lớp (Sở Y tế chủ trì; các sở, ngành phối hợp).", (["Sở Y tế"], ["các sở, ngành"])),
        ("Mở lớp (Sở Y tế chủ trì, phối hợp với Sở Nội vụ).", (["Sở Y tế"], ["Sở Nội vụ"])),
        (
            "Mở lớp (Chủ trì: Sở Y tế; phối hợp: Sở Nội vụ, Sở Tư pháp).",
            (["Sở Y tế"], ["Sở Nội vụ", "Sở Tư pháp"]),
        ),
        ("Mở lớp (cơ quan thực hiện: Sở Y tế).", (["Sở Y tế"], [])),
        ("Mở lớp (do người dân chủ trì).", ([], [])),
        ("Mở lớp (Sở Y tế).", ([], [])),
        ("Mở lớp; Sở Y tế chủ trì.", ([], [])),
    ],
)
def test_brackets_may_say_who_leads_and_who_helps(text, expected):
    assert bracketed(text, shadow(text)) == expected


@pytest.mark.parametrize(
    ("text", "any_work", "bodies"),
    [
        ("Mở lớp tiếng Lào. Sở Y tế chủ trì thực hiện.", False, ["Sở Y tế"]),
        ("Mở lớp tiếng Lào; Sở Y tế chủ trì thực hiện.", False, ["Sở Y tế"]),
        ("Mở lớp tiếng Lào. Sở Y tế rà soát học viên.", False, None),
        ("Mở lớp tiếng Lào. Sở Y tế rà soát học viên.", True, ["Sở Y tế"]),
        ("Mở lớp tiếng Lào. Các sở, ngành chủ trì thực hiện.", True, None),
        ("Mở lớp tiếng Lào do Sở Y tế chủ trì thực hiện.", True, None),
    ],
)
def test_a_later_sentence_may_name_the_leader(text, any_work, bodies):
    assert names(leading_subject, text, any_work) == bodies


@pytest.mark.parametrize(
    ("text", "field", "bodies"),
    [
        ("Sở Y tế mở lớp; Sở Nội vụ phối hợp thực hiện.", False, [["Sở Nội vụ"]]),
        ("Sở Y tế mở lớp, các đơn vị có trách nhiệm tham gia.", False, [["các đơn vị"]]),
        ("Sở Y tế mở lớp; các sở, ngành phối hợp thực hiện.", False, []),
        ("Sở Y tế mở lớp; các sở, ngành phối hợp thực hiện.", True, [["các sở, ngành"]]),
        ("Sở Y tế mở lớp, Sở Nội vụ phối hợp thực hiện.", False, []),
        ("Sở Y tế mở lớp; học viên của Sở Nội vụ tham gia.", False, []),
    ],
)
def test_later_clauses_may_have_subjects_of_their_own(text, field, bodies):
    assert [s.names for s in further_subjects(text, shadow(text), 0, field)] == bodies


def test_a_relative_clause_behind_several_bodies_is_nobodys_name():
    text = "Sở Y tế, Sở Nội vụ được giao kinh phí rà soát."
    assert names(sentence_subject, text) == ["Sở Y tế", "Sở Nội vụ"]


def test_bodies_between_two_places():
    text = "gửi Sở Y tế và Sở Nội vụ."
    assert [text[a:z] for a, z in bodies_in(text, shadow(text), 4, len(text) - 1)] == ["Sở Y tế", "Sở Nội vụ"]


@pytest.mark.parametrize(
    "name", ["Sở Y tế", "Báo và Phát thanh, Truyền hình thành phố", "Các sở, ban, ngành"]
)
@pytest.mark.parametrize(
    "words",
    [
        "Giao {}", "Đối với {}", "Trách nhiệm của {}", "Về phía {}", "{} có trách nhiệm",
        "{} là cơ quan đầu mối", "Phân công {} thực hiện", "{} tập trung các nhiệm vụ sau",
        "{} chủ động thực hiện một số nhiệm vụ",
    ],
)  # fmt: skip
def test_a_heading_may_give_work_in_many_words(words, name):
    heading = words.format(name)
    found = heading_subject(heading, shadow(heading))
    assert found is not None
    assert found.names == [name]
