"""The text as the desk lays it out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nhipcau.apps.plans.views.page_text import Heading, Sentence, blocks

TEXT = "I. NHIỆM VỤ\n1. Sở Tài chính\na) Bố trí kinh phí trước ngày 30/11.\nb) Báo cáo kết quả.\nNơi nhận:"


def span(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def test_a_sentence_takes_its_label_and_its_full_stop_along() -> None:
    start, end = span("Bố trí kinh phí trước ngày 30/11")
    found = blocks(TEXT, [Sentence("7", start, end)])
    runs = [run for block in found for run in block.runs if run.key]
    assert ["".join(piece.text for piece in run.pieces).strip() for run in runs] == [
        "a) Bố trí kinh phí trước ngày 30/11."
    ]


def test_a_doubtful_phrase_is_a_piece_of_its_own() -> None:
    start, end = span("Bố trí kinh phí trước ngày 30/11.")
    found = blocks(TEXT, [Sentence("7", start, end, doubts=("trước  ngày 30/11",))])
    doubtful = [p.text for block in found for run in block.runs for p in run.pieces if p.doubtful]
    assert doubtful == ["trước ngày 30/11"]


def test_headings_carry_their_level_and_pages_their_number() -> None:
    heads = [Heading(*span("I. NHIỆM VỤ"), 1), Heading(*span("1. Sở Tài chính"), 2)]
    found = blocks(TEXT, [], heads, [0, TEXT.index("b)")])
    assert [block.level for block in found] == [3, 4, 0, 0, 0]
    assert [block.page for block in found] == [1, None, None, 2, None]


def test_of_two_nested_sentences_the_inner_one_has_its_words() -> None:
    outer, inner = span("a) Bố trí kinh phí trước ngày 30/11."), span("kinh phí")
    found = blocks(TEXT, [Sentence("out", *outer), Sentence("in", *inner)])
    runs = [(run.key, run.first) for block in found for run in block.runs if run.key]
    assert runs == [("out", True), ("in", True), ("out", False)]


@given(
    st.text(alphabet="ab \n.", max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6),
)
def test_every_visible_character_is_shown_once_and_in_order(text: str, spans: list[tuple[int, int]]) -> None:
    sentences = [
        Sentence(str(index), min(pair), max(pair))
        for index, pair in enumerate(spans)
        if min(pair) < max(pair) <= len(text)
    ]
    pieces = [piece for block in blocks(text, sentences) for run in block.runs for piece in run.pieces]
    assert "".join("".join(piece.text for piece in pieces).split()) == "".join(text.split())
    assert all(text[piece.start : piece.start + len(piece.text)] == piece.text for piece in pieces)
