from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.core.text import TextMap, apply_edits
from nhipcau.core.text.textmap import Edit


@st.composite
def edited(draw: st.DrawFn, text: str | None = None) -> tuple[str, list[Edit]]:
    base = draw(st.text(max_size=30)) if text is None else text
    cuts = sorted(draw(st.lists(st.integers(0, len(base)), max_size=8).map(lambda x: x[: len(x) // 2 * 2])))
    pairs = zip(cuts[::2], cuts[1::2], strict=True)
    return base, [(a, b, draw(st.text(max_size=3))) for a, b in pairs]


def assert_total_and_monotone(mapping: TextMap) -> None:
    starts = [mapping.to_original(i) for i in range(mapping.derived_length + 1)]
    assert starts == sorted(starts)
    assert starts[0] >= 0 and starts[-1] == mapping.original_length
    for start in range(mapping.derived_length + 1):
        for end in range(start, mapping.derived_length + 1):
            first, last = mapping.span(start, end)
            assert 0 <= first <= last <= mapping.original_length


@given(edited())
def test_every_offset_leads_back_and_order_is_kept(case: tuple[str, list[Edit]]) -> None:
    derived, mapping = apply_edits(*case)
    assert mapping.derived_length == len(derived)
    assert_total_and_monotone(mapping)


@given(edited())
def test_characters_that_were_not_touched_lead_back_to_themselves(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    derived, mapping = apply_edits(text, edits)
    touched = {i for a, b, _ in edits for i in range(a, b)}
    for i in range(len(text)):
        if i not in touched and not any(a == b == i for a, b, _ in edits):
            spans = [mapping.span(j, j + 1) for j in range(len(derived))]
            j = spans.index((i, i + 1))
            assert derived[j] == text[i]
            assert mapping.to_original(j) == i


@given(st.data())
def test_maps_compose(data: st.DataObject) -> None:
    text, edits = data.draw(edited())
    middle, first = apply_edits(text, edits)
    last, second = apply_edits(middle, data.draw(edited(middle))[1])
    both = first.then(second)
    assert (both.original_length, both.derived_length) == (len(text), len(last))
    assert_total_and_monotone(both)
    for i in range(len(last) + 1):
        assert both.to_original(i) == first.to_original(second.to_original(i))


def test_a_deleted_place_has_two_sides() -> None:
    text, mapping = apply_edits("Nghị--quyết", [(4, 6, "")])
    assert text == "Nghịquyết"
    assert mapping.to_original(4) == 6
    assert mapping.span(0, 4) == (0, 4)
    assert mapping.span(0, 5) == (0, 7)


def test_a_letter_made_of_three_leads_back_to_all_three() -> None:
    text, mapping = apply_edits("vie\u0323\u0302t", [(2, 5, "ệ")])
    assert text == "việt"
    assert mapping.span(2, 3) == (2, 5)
    assert mapping.span(3, 4) == (5, 6)


def test_maps_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="map for 4"):
        TextMap.identity(3).then(TextMap.identity(4))
    with pytest.raises(ValueError, match="overlaps"):
        apply_edits("abc", [(1, 2, ""), (0, 1, "")])
    with pytest.raises(IndexError):
        TextMap.identity(3).to_original(4)
