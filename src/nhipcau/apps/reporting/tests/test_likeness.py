from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from nhipcau.apps.reporting.answering import likeness
from nhipcau.apps.reporting.likeness import (
    NEAR,
    alike,
    figures,
    print_of,
    resemblance,
    shingles,
    sketch,
)

WORDS = st.lists(
    st.sampled_from(
        ["đã", "tổ", "chức", "hội", "nghị", "kiều", "bào", "xã", "phường", "năm", "chương", "trình", "ban"]
    ),
    max_size=30,
)
TEXTS = WORDS.map(" ".join)


@given(st.text(), st.text())
def test_resemblance_is_a_share_and_asks_nobody_first(one: str, other: str) -> None:
    there = resemblance(shingles(one), shingles(other))
    assert 0 <= there <= 1
    assert there == resemblance(shingles(other), shingles(one))


@given(st.text())
def test_a_text_is_wholly_like_itself(text: str) -> None:
    assert resemblance(shingles(text), shingles(text)) == 1


@given(TEXTS)
def test_writing_makes_no_difference(text: str) -> None:
    other = "  " + text.upper().replace(" ", ",  ") + "."
    assert likeness(text) == likeness(other)
    assert shingles(text) == shingles(other)


@given(TEXTS, TEXTS)
def test_the_same_key_means_the_same_runs(one: str, other: str) -> None:
    if likeness(one) == likeness(other):
        assert shingles(one) == shingles(other)


@given(TEXTS, TEXTS)
def test_a_text_that_goes_on_is_less_like_the_more_it_says(one: str, more: str) -> None:
    begun = shingles(one)
    if len(begun) > 1:
        some, all_of_it = shingles(f"{one} {more}"), shingles(f"{one} {more} {more} hết")
        assert resemblance(begun, some) >= resemblance(begun, all_of_it)


def test_texts_without_a_run_in_common_are_not_alike_at_all() -> None:
    assert resemblance(shingles("một hai ba bốn"), shingles("năm sáu bảy tám")) == 0


@given(st.integers(0, 2**32), st.integers(600, 900), st.integers(0, 600))
def test_a_sketch_estimates_what_the_whole_text_says(seed: int, many: int, kept: int) -> None:
    # Drawn one by one, the runs would take Hypothesis twenty times as long as the sketches.
    runs = set(Random(seed).sample(range(2**32), many))
    other = frozenset(sorted(runs, key=lambda run: run * 2654435761 % 2**32)[:kept])
    truth = len(other) / len(runs)
    estimate = resemblance(sketch(runs), sketch(other))
    # What is far from near is only bounded from above.
    assert estimate - truth < 0.3
    assert truth - estimate < 0.3 or estimate > NEAR


@given(st.lists(TEXTS, max_size=12))
def test_every_text_stands_in_one_group(texts: list[str]) -> None:
    groups = alike([print_of(text) for text in texts])
    assert sorted(at for group in groups for at in (*group.same, *group.near)) == list(range(len(texts)))
    for group in groups:
        first = shingles(texts[group.same[0]])
        assert len({likeness(texts[at]) for at in group.same}) == 1
        assert all(resemblance(first, shingles(texts[at])) > NEAR for at in group.near)


def test_texts_with_other_figures_are_never_nearly_the_same() -> None:
    long = "Xã đã tổ chức %s buổi gặp mặt kiều bào về quê đón tết cổ truyền của dân tộc tại nhà văn hóa xã"
    texts = [long % 5, long % 12, long % "05" + " nhà"]
    groups = alike([print_of(text) for text in texts])
    assert [(group.same, group.near) for group in groups] == [((0,), (2,)), ((1,), ())]


def test_texts_without_words_are_not_the_same() -> None:
    assert [group.same for group in alike([print_of("…"), print_of("-")])] == [(0,), (1,)]


def test_a_leading_nought_is_no_other_figure() -> None:
    assert figures("05 người, 5 xã, 0 phường") == ("0", "5", "5")
