"""A number is found by its blind index however it is written, under each key, and by nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.core.sealing import (
    NothingToIndex,
    Purpose,
    UnknownForm,
    blind_index,
    blind_indexes,
    key_of_index,
    new_ring,
    plain_number,
)

RING = new_ring()
numbers = st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=20)


@given(numbers, st.lists(st.sampled_from(" .-/\u00a0\t"), max_size=10), st.data())
def test_blanks_dots_and_small_letters_do_not_matter(number, signs, data):
    written = number.lower()
    for sign in signs:
        place = data.draw(st.integers(0, len(written)))
        written = written[:place] + sign + written[place:]
    assert blind_index(RING, "passport", written) == blind_index(RING, "passport", number)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("0010 8500 0000", "001085000000"),
        ("b 123.456-7", "B1234567"),
        ("０１２３４５６７８", "012345678"),
        ("٠١٢", "012"),
        ("  ", ""),
    ],
)
def test_what_is_left_of_a_written_number(written, plain):
    assert plain_number(written) == plain


@given(numbers, numbers)
def test_different_numbers_have_different_indexes(one, other):
    same = blind_index(RING, "cccd", one) == blind_index(RING, "cccd", other)
    assert same == (one == other)


def test_the_kind_is_part_of_the_number():
    assert blind_index(RING, "cccd", "012345678901") != blind_index(RING, "passport", "012345678901")
    assert blind_index(RING, "a", "BC1") != blind_index(RING, "ab", "C1")


def test_another_key_gives_another_index():
    assert blind_index(RING, "cccd", "012345678901") != blind_index(new_ring(), "cccd", "012345678901")


def test_while_keys_change_a_number_is_searched_for_under_both():
    before = blind_index(RING, "cccd", "012345678901")
    ring = RING.with_new(Purpose.INDEX)
    after = blind_index(ring, "cccd", "012345678901")
    assert blind_indexes(ring, "cccd", "0123 4567 8901") == (after, before)
    assert key_of_index(after) == ring.current(Purpose.INDEX).id != key_of_index(before)


def test_nothing_has_no_index():
    with pytest.raises(NothingToIndex):
        blind_index(RING, "cccd", " .- ")


def test_what_is_no_index_is_refused():
    with pytest.raises(UnknownForm):
        key_of_index(b"\x01abc")
