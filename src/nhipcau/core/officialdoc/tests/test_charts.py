"""Bars: the same picture each time, names that are no formulas, sizes that fit a page."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from nhipcau.core.officialdoc.charts import MOST_ROWS, Bar, number, outcomes, parts, simple, ticks
from nhipcau.core.officialdoc.pictures import size_of


def test_the_same_figures_give_the_same_picture() -> None:
    bars = [Bar("Sở Ngoại vụ", [12, 3, 5, 1]), Bar("Ủy ban nhân dân xã Vĩnh Thạnh", [1204, 0, 0, 0])]
    assert outcomes(bars, title="Kết quả") == outcomes(bars, title="Kết quả")


def test_the_four_outcomes_differ_in_black_and_white() -> None:
    picture = Image.open(io.BytesIO(outcomes([Bar("A", [25, 25, 25, 25])]))).convert("L")
    row = [picture.crop((at, 0, at + 40, picture.height)) for at in range(100, picture.width - 40, 40)]
    assert len({each.resize((1, 1)).getpixel((0, 0)) for each in row}) > 4


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "label", ["A $x^2 & <b>", "", "Ủy ban nhân dân " * 20, "một\nhai\x00", "$\\frac{1}{2}$"]
)
def test_a_name_is_text_whatever_stands_in_it(label: str) -> None:
    assert size_of(outcomes([Bar(label, [1, 0, 0, None])], title=label))[0] > 900
    assert size_of(simple([Bar(label, [None])], title=label, unit=label))[0] > 900


def test_a_picture_of_the_most_bars_fits_a_page() -> None:
    across, down = size_of(outcomes([Bar(f"Xã {n}", [n, 1, 2, 3]) for n in range(MOST_ROWS)]))
    assert down / across * 160 <= 226


def test_more_bars_are_cut_into_lots_of_one_size() -> None:
    bars = [Bar(str(n), [n]) for n in range(130)]
    lots = parts(bars)
    assert [len(lot) for lot in lots] == [33, 33, 33, 31]
    assert [bar for lot in lots for bar in lot] == bars
    assert parts([]) == []


@pytest.mark.parametrize("bars", [[], [Bar("A", [1])] * 41, [Bar("A", [1, 2])], [Bar("A", [-1])]])
def test_bars_that_cannot_be_drawn_are_refused(bars: list[Bar]) -> None:
    with pytest.raises(ValueError, match=r"bars|series|number"):
        simple(bars)


@pytest.mark.parametrize("most", [1, 2, 3, 7, 26_362])
def test_below_counts_stand_whole_numbers(most: int) -> None:
    places = [float(each) for each in ticks([Bar("A", [most, None])]).tick_values(0, most * 1.12)]
    assert places == [int(each) for each in places]
    assert len(set(places)) == len(places) <= 10


def test_below_parts_of_one_stand_parts_of_one() -> None:
    places = ticks([Bar("A", [0.5])]).tick_values(0, 0.56)
    assert 0.1 in [round(float(each), 3) for each in places]


def test_figures_are_written_as_people_here_write_them() -> None:
    assert [number(each) for each in (0, 26362, 3.5, 1204.25, 0.1)] == [
        "0",
        "26.362",
        "3,5",
        "1.204,25",
        "0,1",
    ]
