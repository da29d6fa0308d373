"""Names taken apart."""

from __future__ import annotations

import unicodedata

import numpy as np
import pyarrow as pa
import pytest

from nhipcau.core.linkage import names
from nhipcau.core.linkage.codes import code_of
from nhipcau.core.linkage.vocabulary import foreign_given_names, plain, surnames, toned, without_telex

CROWD = [
    f"{surname} {middle} {given}"
    for surname in ("Nguyễn", "Trần", "Lê", "Bùi", "Phạm")
    for middle in ("Thị Ngọc", "Văn", "Thị", "Mỹ", "Minh")
    for given in ("Lan", "Hoa", "Hùng", "Như", "Thủy", "Tuấn", "Hương")
]


def read(*written: str, turned: float = 0.25) -> names.NameParts:
    """The names, read among a crowd from which known words are learned; the asked ones come first."""
    column = pa.array([*written, *CROWD])
    return names.read(column, np.full(len(column), turned))


@pytest.mark.parametrize(
    "other",
    [
        "NGUYEN THI NGOC LAN",
        "nguyễn  thị ngọc lan ",
        "Ngoc Lan Nguyen",
        "Lan Ngoc Nguyen",
        "Bà Nguyễn Thị Ngọc Lan",
        "Nguyeenx Thị Ngọc Lan",
        "Nguyễn Thị Ngoclan",
        "Nguyễn T. Ngọc Lan",
        "Ng. Thị Ngọc Lan",
        "Nguyễn-Thị-Ngọc-Lan",
        "Nguyễn Thị Ngọc Lna",
        unicodedata.normalize("NFD", "Nguyễn Thị Ngọc Lan"),
    ],
)
def test_a_name_is_the_same_however_it_is_written(other: str) -> None:
    parts = read("Nguyễn Thị Ngọc Lan", other)
    assert parts.whole[0] == parts.whole[1]
    assert parts.given[0] == parts.given[1] == code_of("lan")
    assert parts.surname[0] == parts.surname[1] == code_of("nguien")


def test_marks_are_compared_apart_from_the_words() -> None:
    parts = read("Bùi Thị Thủy", "Bùi Thị Thuỷ", "Bùi Thị Thúy", "Bui Thi Thuy")
    assert parts.whole[0] == parts.whole[2] == parts.whole[3]
    assert parts.spelling[0] == parts.spelling[1] != parts.spelling[2]
    assert parts.spelling[3] == 0


def test_i_and_y_are_one_letter() -> None:
    parts = read("Lý Mỹ Hoa", "Lí Mĩ Hoa")
    assert parts.whole[0] == parts.whole[1]


@pytest.mark.parametrize("written", ["Kevin Tuấn Trần", "Trần Tuấn (Kevin)", "KEVIN TUAN TRAN"])
def test_a_foreign_given_name_stands_apart(written: str) -> None:
    parts = read(written)
    assert parts.foreign[0] == code_of("kevin")
    assert (parts.surname[0], parts.given[0]) == (code_of("tran"), code_of("tuan"))


def test_a_surname_alone_beside_a_foreign_name_has_no_given_name() -> None:
    parts = read("Kevin Tran")
    assert parts.surname[0] == code_of("tran")
    assert parts.given[0] == 0


def test_a_married_surname_does_not_hide_the_given_name() -> None:
    parts = read("Johnson Thi Ngoc Lan")
    assert parts.given[0] == code_of("lan")
    assert parts.surname[0] == code_of("johnson")


def test_where_the_order_is_open_the_given_name_is_not_sure() -> None:
    parts = read("Ngọc Như Bùi", "Bùi Ngọc Như")
    assert list(parts.given_sure[:2]) == [False, True]
    assert parts.given[0] == code_of("nhu")


def test_an_empty_name_gives_nothing() -> None:
    parts = read("", "  .  ", "123")
    assert list(parts.whole[:3]) == [0, 0, 0]
    assert list(parts.given[:3]) == [0, 0, 0]


def test_names_alone_without_any_crowd_are_read_too() -> None:
    parts = names.read(pa.array(["Lê Lan"]), np.array([0.02]))
    assert parts.surname[0] == code_of("le")
    empty = names.read(pa.array([], pa.string()), np.array([]))
    assert len(empty.whole) == 0


def test_spellings_have_one_form() -> None:
    assert toned("hoà") == toned("hòa")
    assert toned("hoa") == ""
    assert without_telex("nguyeenx") == "nguyen"
    assert plain("Đỷ") == "di"


def test_lists_of_names_are_in_plain_form_and_do_not_meet_the_common_surnames() -> None:
    assert surnames()["nguien"] > 30
    assert all(word == plain(word) for word in (*surnames(), *foreign_given_names()))
    assert not {"nguien", "tran", "le", "pham"} & foreign_given_names()
