"""Hardships change what they say they change, the same way each time, and nothing else."""

from __future__ import annotations

import pytest

from nhipcau.core.planreader.hardship import HARDSHIPS, is_heading, names_body, suffer

LONG = "Rà soát " + "rất kỹ " * 20
TEXT = "\n\n".join(
    [
        "KẾ HOẠCH", "Phát triển du lịch", "I. MỤC TIÊU", "1. Thu hút khách.", "II. TỔ CHỨC THỰC HIỆN",
        *(
            f"{n}. Sở Giáo dục và Đào tạo\n\na) Mở lớp. Mời thầy.\n\n- Đơn vị chủ trì: Sở Y tế\n\nb) {LONG}."
            for n in range(1, 30)
        ),
    ]
)  # fmt: skip


@pytest.mark.parametrize("name", sorted(HARDSHIPS))
def test_the_same_seed_gives_the_same_text_and_something_is_changed(name):
    once = suffer(TEXT, name)
    assert once == suffer(TEXT, name)
    assert once != TEXT
    assert suffer("", name) in ("", "\n")


def lines(name: str) -> set[str]:
    return set(suffer(TEXT, name).split("\n")) - set(TEXT.split("\n"))


def test_lost_labels_leave_the_words():
    known = {line.partition(" ")[2] for line in TEXT.split("\n")}
    assert lines("labels-lost") <= known


def test_lost_marks_and_cut_headings_touch_headings_only():
    assert all(line.isascii() for line in lines("marks-lost"))
    assert all(
        line.endswith(("Giáo dục", "MỤC TIÊU", "CHỨC THỰC", "TỔ CHỨC")) for line in lines("headings-cut")
    )


def test_sentences_change_places_whole():
    assert lines("reordered") == {"a) Mời thầy. Mở lớp."}


def test_fields_lose_their_colon_or_their_key():
    assert lines("fields-flattened") <= {
        "- Đơn vị chủ trì Sở Y tế", "- Sở Y tế (Đơn vị chủ trì)", "- Sở Y tế",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "heading", "body"),
    [
        ("1. Sở Y tế", True, True),
        ("I. TỔ CHỨC THỰC HIỆN", True, False),
        ("1. Mở lớp ở xã.", False, False),
        ("- Sở Y tế", False, False),
        ("Sở Y tế", False, False),
        ("2. Nhiệm vụ", True, False),
    ],
)
def test_which_lines_are_headings_and_which_name_bodies(line, heading, body):
    assert (is_heading(line), names_body(line)) == (heading, body)
