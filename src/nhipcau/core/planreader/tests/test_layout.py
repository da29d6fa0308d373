"""How wide lines are, what blank lines mean, and which lines are full."""

from __future__ import annotations

import pytest

from nhipcau.core.planreader.damage import widths
from nhipcau.core.planreader.layout import Layout, ems, ends_open, is_full, line_width, measure, starts_low
from nhipcau.core.planreader.rows import Row

SENTENCE = "chúng tôi mở lớp học tiếng Lào cho cán bộ ở các xã biên giới của tỉnh và mời giáo viên"


def rows(*texts: str, gap: int = 0) -> list[Row]:
    return [Row(text, 1, n, gap) for n, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("text", "is_open"),
    [("mở lớp", True), ("mở lớp.", False), ("“mở lớp.”", False), ("các việc sau:", False),
     ("kế hoạch này./.", False), ("(mở lớp)", True), ("“”", True)],
)  # fmt: skip
def test_a_line_is_open_until_an_end_mark(text, is_open):
    assert ends_open(text) is is_open


@pytest.mark.parametrize(
    ("text", "low"), [("lớp", True), (", lớp", True), ("%", True), ("Lớp", False), ("5 lớp", False)]
)
def test_a_small_letter_or_a_mark_does_not_begin_a_sentence(text, low):
    assert starts_low(text) is low


def test_the_usual_width_leaves_out_lines_that_stick_out():
    assert line_width([60] * 50 + [140]) == 60
    assert line_width([7]) == 7


def test_capitals_and_wide_letters_take_more_room():
    assert ems("mmm") > ems("lll")
    assert ems("SỞ") > ems("sở")
    assert ems("") == 0


def test_wrapped_lines_have_a_width_and_whole_paragraphs_have_none():
    wrapped = measure(rows(*[SENTENCE] * 40))
    assert (wrapped.width, wrapped.gaps, wrapped.ragged) == (len(SENTENCE), False, False)
    whole = measure(rows(*[SENTENCE * 4] * 10))
    assert (whole.gaps, whole.ragged, whole.ems) == (False, False, 1e9)
    assert measure([]).width == 10_000


def test_blank_lines_part_paragraphs_when_sentences_do_not_run_over_them():
    parted = [r for _ in range(20) for r in (Row(f"Nay {SENTENCE}", 1, 1, 1), Row(f"{SENTENCE}.", 1, 2, 0))]
    assert measure(parted).gaps
    double = [Row(SENTENCE, 1, n, 1) for n in range(40)]
    assert not measure(double).gaps


def test_lines_that_end_anywhere_are_ragged():
    short = [
        Row(t, 1, 1, int(t[0].isupper()))
        for _ in range(20)
        for t in ("Nay mở", "lớp học ở các", f"xã; {SENTENCE}.")
    ]
    assert measure(short).ragged


@pytest.mark.parametrize(
    ("before", "after", "full"),
    [
        (SENTENCE, "dạy", True),
        (SENTENCE[:40], "dạy", False),
        (SENTENCE[:72], "dạy-dỗ-thật-là-lâu", True),
    ],
)
def test_a_line_is_full_when_the_next_word_had_no_place(before, after, full):
    layout = Layout(len(SENTENCE), gaps=False, ragged=False, ems=ems(SENTENCE))
    first, second = rows(before, after)
    assert is_full(first, second, layout) is full


def test_the_width_that_is_reported_is_the_one_that_is_used():
    assert widths("\n".join([SENTENCE] * 30)) == (len(SENTENCE), False)
