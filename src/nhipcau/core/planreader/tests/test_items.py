"""The items that may be tasks, and what the headings above say of them."""

from __future__ import annotations

import pytest

from nhipcau.core.planreader.blocks import Block, Page, lay_out
from nhipcau.core.planreader.folding import shadow
from nhipcau.core.planreader.items import CLOSING, DIFFICULTY, PREAMBLE, Item, items_of, told_in
from nhipcau.core.planreader.outline import outline_of
from nhipcau.core.planreader.rows import Row


def read(*texts: str) -> tuple[Page, list[Item]]:
    page = lay_out([Block("body", t, [(0, 1, 1)], Row(t, 1, 1, 0)) for t in texts])
    return page, items_of(page, outline_of(page))


def listed(*texts: str) -> list[tuple[str, str]]:
    page, items = read(*texts)
    return [(i.id, i.text(page)) for i in items]


def test_every_label_below_a_heading_is_an_item_and_bullets_are_counted():
    texts = ["I. NHIỆM VỤ", "1. Mở lớp.", "II. TỔ CHỨC THỰC HIỆN", "1. Sở Y tế", "- Trồng cây.", "- Sửa cầu."]
    assert listed(*texts) == [("I.1", "Mở lớp."), ("II.1#1", "Trồng cây."), ("II.1#2", "Sửa cầu.")]


def test_the_words_behind_a_headings_colon_are_its_first_item():
    texts = ["I. TỔ CHỨC THỰC HIỆN", "1. Sở Y tế: Mở lớp.", "- Trồng cây."]
    assert listed(*texts) == [("I.1#1", "Mở lớp."), ("I.1#2", "Trồng cây.")]


def test_a_paragraph_without_a_label_behind_an_item_is_more_of_it():
    texts = ["I. NHIỆM VỤ", "1. Mở lớp.", "Lớp mở ở xã Tân Lập.", "2. Trồng cây."]
    assert listed(*texts) == [("I.1", "Mở lớp. Lớp mở ở xã Tân Lập."), ("I.2", "Trồng cây.")]


def test_what_stands_before_the_first_label_is_the_preamble():
    assert listed("Xét đề nghị của Sở Y tế về lớp học.", "I. NHIỆM VỤ", "1. Mở lớp.") == [("I.1", "Mở lớp.")]


def test_a_field_belongs_to_the_item_before_it_and_is_no_item():
    page, items = read(
        "I. NHIỆM VỤ", "1. Mở lớp.", "- Chủ trì: Sở Y tế.", "- Thời gian: Quý III.", "2. Trồng cây."
    )
    assert [i.id for i in items] == ["I.1", "I.2"]
    assert {k: page.text[a:z] for k, (a, z) in items[0].fields.items()} == {
        "lead": "Sở Y tế.",
        "time": "Quý III.",
    }
    assert items[1].fields == {}


def test_contents_of_a_block_are_items_of_their_own():
    page, items = read(
        "I. NHIỆM VỤ",
        "1. Lớp học",
        "- Nội dung: Mở lớp.",
        "- Chủ trì: Sở Y tế.",
        "- Nội dung: Trồng cây.",
        "- Chủ trì: Sở Nội vụ.",
    )
    assert [(i.text(page), page.text[slice(*i.fields["lead"])]) for i in items] == [
        ("Mở lớp.", "Sở Y tế."),
        ("Trồng cây.", "Sở Nội vụ."),
    ]


@pytest.mark.parametrize(
    ("heading", "purpose"),
    [
        ("I. MỤC ĐÍCH, YÊU CẦU", "none"),
        ("I. NHIỆM VỤ, GIẢI PHÁP", "general"),
        ("I. TỔ CHỨC THỰC HIỆN", "assign"),
        ("I. KINH PHÍ THỰC HIỆN", "money"),
        ("I. DU LỊCH CỘNG ĐỒNG", "general"),
    ],
)
def test_a_part_gives_its_purpose_to_its_items(heading, purpose):
    _, (item,) = read(heading, "1. Mở lớp tiếng Lào.")
    assert (item.context.purpose, item.context.section) == (purpose, "I")


def test_background_stays_background_below_a_heading_of_work():
    _, items = read("I. MỤC TIÊU", "1. Mục tiêu chung", "a) Mở lớp.", "2. Nhiệm vụ chung", "a) Trồng cây.")
    assert [i.context.purpose for i in items] == ["none", "none"]


@pytest.mark.parametrize(
    ("heading", "names", "asked"),
    [
        ("1. Sở Y tế, Sở Nội vụ", ["Sở Y tế", "Sở Nội vụ"], False),
        ("1. Đề nghị Hội Người cao tuổi tỉnh", ["Hội Người cao tuổi tỉnh"], True),
    ],
)
def test_a_heading_of_bodies_gives_them_to_its_items(heading, names, asked):
    page, items = read("I. TỔ CHỨC THỰC HIỆN", heading, "a) Mở lớp.", "b) Trồng cây.")
    for item in items:
        assert item.context.agencies is not None
        assert [page.text[a:z] for a, z in item.context.agencies.spans] == names
        assert item.context.asked is asked


def test_a_topic_between_takes_no_bodies_and_a_body_below_background_none_either():
    _, items = read("I. NHIỆM VỤ", "1. Sở hữu trí tuệ", "a) Mở lớp.")
    assert items[0].context.agencies is None
    _, items = read("I. MỤC ĐÍCH", "1. Sở Y tế", "a) Mở lớp.")
    assert items[0].context.agencies is None


def test_a_leading_line_gives_its_bodies_to_what_follows():
    _, items = read("I. TỔ CHỨC THỰC HIỆN", "Giao Sở Y tế chủ trì thực hiện:", "- Mở lớp.", "- Trồng cây.")
    assert [(i.context.agencies.names, i.context.work.role) for i in items] == [(["Sở Y tế"], "lead")] * 2


def test_an_order_paragraph_tells_whom_the_numbers_below_mean():
    _, items = read(
        "Để mở lớp, Chủ tịch UBND tỉnh yêu cầu Giám đốc Sở Y tế thực hiện:", "1. Mở lớp.", "2. Trồng cây."
    )
    assert [(i.context.purpose, i.context.agencies.names) for i in items] == [
        ("assign", ["Giám đốc Sở Y tế"])
    ] * 2


def test_a_letter_without_numbers_has_its_paragraphs_as_items():
    assert listed("Căn cứ quy chế;", "Sở Y tế mở lớp tiếng Lào.", "Trân trọng./.") == [
        ("#1", "Sở Y tế mở lớp tiếng Lào."),
        ("", "Trân trọng./."),
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Chủ tịch yêu cầu các sở, ngành thực hiện:", ["các sở, ngành"]),
        ("Theo yêu cầu của Sở Y tế, đề nghị UBND các xã thực hiện:", ["UBND các xã"]),
        ("Yêu cầu của lớp học là đúng giờ.", None),
        ("Các sở, ngành thực hiện:", None),
    ],
)
def test_whom_an_ordering_paragraph_tells(text, names):
    found = told_in(text, shadow(text))
    assert (found.names if found else None) == names


@pytest.mark.parametrize(
    "text",
    [
        "Trên đây là Kế hoạch mở lớp.",
        "Trong quá trình thực hiện, nếu có vướng mắc thì báo cáo.",
        "Kế hoạch này thay thế kế hoạch cũ.",
        "UBND tỉnh yêu cầu các sở, ngành nghiêm túc thực hiện.",
        "Nhận được Công văn này, các xã mở lớp.",
        "Trân trọng./.",
    ],
)
def test_closing_paragraphs_are_known(text):
    assert CLOSING.match(shadow(text))


@pytest.mark.parametrize(
    "text",
    [
        "Mở lớp tiếng Lào.",
        "Trong quá trình học, ghi chép đầy đủ.",
        "UBND tỉnh mở lớp.",
        "Kế hoạch mở lớp được duyệt.",
        "Quá trình học kéo dài ba năm.",
    ],
)
def test_other_paragraphs_do_not_close(text):
    assert not CLOSING.match(shadow(text))


def test_a_closing_paragraph_is_an_item_without_a_number():
    _, items = read("I. NHIỆM VỤ", "1. Mở lớp.", "Trên đây là Kế hoạch mở lớp./.")
    assert [(i.id, i.closing) for i in items] == [("I.1", False), ("", True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("trong quá trình thực hiện, nếu có khó khăn thì báo cáo", True),
        ("nếu có vướng mắc, các xã báo cáo", True),
        ("quá trình thực hiện cần điều chỉnh thì báo cáo", True),
        ("tháo gỡ khó khăn, vướng mắc cho lớp học", False),
        ("trong quá trình thực hiện, báo cáo hằng năm", False),
    ],
)
def test_a_sentence_about_difficulties_is_known(text, expected):
    assert bool(DIFFICULTY.search(text)) is expected


@pytest.mark.parametrize(
    ("text", "expected"), [("căn cứ quy chế", True), ("xét đề nghị", True), ("mở lớp", False)]
)
def test_a_preamble_is_known_by_its_first_word(text, expected):
    assert bool(PREAMBLE.match(text)) is expected
