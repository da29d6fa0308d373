"""Sentences and clauses, and those that look as if they assigned work."""

from __future__ import annotations

import pytest

from nhipcau.core.planreader.blocks import Page
from nhipcau.core.planreader.folding import shadow
from nhipcau.core.planreader.sentences import clauses_in, orders, sentences_in


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Mở lớp. Trồng cây.", ["Mở lớp.", "Trồng cây."]),
        ("Mở lớp… Trồng cây", ["Mở lớp…", "Trồng cây"]),
        ("Mở “lớp.” Trồng cây.", ["Mở “lớp.”", "Trồng cây."]),
        ("Mở lớp ở TP. Hòa Vọng.", ["Mở lớp ở TP. Hòa Vọng."]),
        ("Mở 1.500 lớp. các xã", ["Mở 1.500 lớp. các xã"]),
        ("Bà A. Lương mở lớp.", ["Bà A. Lương mở lớp."]),
        ("", []),
    ],
)
def test_a_sentence_ends_at_a_mark_before_a_capital(text, sentences):
    assert [text[a:z] for a, z in sentences_in(text, 0, len(text))] == sentences


def test_clauses_part_at_semicolons_too():
    text = "Mở lớp; trồng cây. Sửa cầu."
    assert [text[a:z] for a, z in clauses_in(text, 0, len(text))] == ["Mở lớp;", "trồng cây.", "Sửa cầu."]


def test_only_the_part_asked_for_is_parted():
    text = "Mở lớp. Trồng cây. Sửa cầu."
    assert [text[a:z] for a, z in sentences_in(text, 8, 18)] == ["Trồng cây."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sở Y tế chủ trì mở lớp.", True),
        ("Các sở, ngành có trách nhiệm mở lớp.", True),
        ("Giao Sở Y tế mở lớp.", True),
        ("Yêu cầu các xã mở lớp.", True),
        ("Để lớp mở đúng hạn, giao Sở Y tế trồng cây.", True),
        ("Lớp học do người dân chủ trì.", False),
        ("Lớp học mở ở xã Tân Lập.", False),
        ("Nếu có vướng mắc, yêu cầu các xã báo cáo.", False),
        ("Bàn giao các sở vật chất.", False),
    ],
)
def test_a_sentence_that_names_somebody_and_gives_work_assigns(text, expected):
    assert orders(Page(text=text, low=shadow(text)), 0, len(text)) is expected
