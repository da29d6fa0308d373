"""Bars as PNG for reports: told apart in black and white by fill and hatch, with the figures written on them.

matplotlib's object interface draws them; it is loaded by who imports this module (jobs), never by pages.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont, get_font
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from nhipcau.core.officialdoc.cleaning import line

MOST_ROWS = 40
"""More bars than this do not fit on a page: `parts` cuts them up."""
OUTCOMES = ("Hoàn thành đúng hạn", "Hoàn thành quá hạn", "Đang làm, còn hạn", "Đang làm, quá hạn")
INK, ACCENT, SEAL, PAPER = "#1B2428", "#14487A", "#A6251B", "#ffffff"
_INCH = 25.4
_LABEL = 30
"""Letters of a label on one line."""
_TITLE = 76


@dataclass(frozen=True, slots=True)
class Look:
    """Of one series: filled is done, an outline is open; a hatch is late."""

    face: str
    edge: str
    hatch: str = ""


DOTS, SMALL, MOST_TICKS = 150, 8.5, 8
"""dots an inch; points of a label; figures below the bars"""
LOOKS = (Look(ACCENT, INK), Look("#A9C2D8", INK, "///"), Look(PAPER, INK), Look(PAPER, SEAL, "xxx"))


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it stands for and its values, one for each series; None where nothing is known."""

    label: str
    values: Sequence[float | None]


def outcomes(bars: Sequence[Bar], *, title: str = "", width: float = 160) -> bytes:
    """Stacked bars of the four outcomes, in the order of OUTCOMES."""
    return stacked(bars, OUTCOMES, title=title, width=width)


def stacked(bars: Sequence[Bar], series: Sequence[str], *, title: str = "", width: float = 160) -> bytes:
    """Stacked bars lying down, the first on top. ValueError for no bars, too many, or unfit values."""
    _fit(bars, len(series))
    figure, axes = _canvas(bars, width, legend=bool(series), title=title)
    places = range(len(bars))
    left = [0.0] * len(bars)
    total = max((sum(value or 0 for value in bar.values) for bar in bars), default=0) or 1
    for at, words in enumerate(series):
        look = LOOKS[at % len(LOOKS)]
        values = [bar.values[at] or 0 for bar in bars]
        axes.add_collection(_bars(values, left, look, words))
        for place, value in zip(places, values, strict=True):
            if value / total > 0.035:
                _figure_inside(axes, left[place] + value / 2, place, value, look)
        left = [a + b for a, b in zip(left, values, strict=True)]
    axes.set_xlim(0, total * 1.03)
    _legend(figure, series)
    return _png(figure, axes, bars, title)


def simple(bars: Sequence[Bar], *, title: str = "", unit: str = "", width: float = 160) -> bytes:
    """Bars of one value each, the figure behind the bar; "…" where nothing is known."""
    _fit(bars, 1)
    figure, axes = _canvas(bars, width, legend=bool(unit), title=title)
    values = [bar.values[0] for bar in bars]
    places = range(len(bars))
    axes.add_collection(_bars([value or 0 for value in values], [0.0] * len(bars), LOOKS[0], ""))
    most = max((value or 0 for value in values), default=0) or 1
    for place, value in zip(places, values, strict=True):
        words = "…" if value is None else number(value)
        axes.text((value or 0) + most * 0.01, place, words, va="center", ha="left", fontsize=SMALL, color=INK)
    axes.set_xlim(0, most * 1.12)
    if unit:
        axes.set_xlabel(textwrap.shorten(line(unit), _TITLE, placeholder=" …"), fontsize=SMALL, color=INK)
    return _png(figure, axes, bars, title)


def parts(bars: Sequence[Bar], most: int = MOST_ROWS) -> list[Sequence[Bar]]:
    """The bars in lots of about the same size, each small enough for one picture."""
    count = -(-len(bars) // most)
    if count < 2:
        return [bars] if bars else []
    size = -(-len(bars) // count)
    return [bars[at : at + size] for at in range(0, len(bars), size)]


def number(value: float) -> str:
    """26362 → "26.362", 3.5 → "3,5"."""
    words = f"{value:,.0f}" if value == int(value) else f"{value:,.2f}".rstrip("0")
    return words.translate(str.maketrans(",.", ".,"))


def ticks(bars: Sequence[Bar]) -> MaxNLocator:
    """Where figures stand below the bars. Half a report is none: counts have whole numbers there."""
    counts = all(value == int(value) for bar in bars for value in bar.values if value is not None)
    return MaxNLocator(nbins=MOST_TICKS, steps=[1, 2, 5, 10], integer=counts)


def _fit(bars: Sequence[Bar], series: int) -> None:
    if not 0 < len(bars) <= MOST_ROWS:
        raise ValueError(f"a picture has 1 to {MOST_ROWS} bars")
    for bar in bars:
        if len(bar.values) != series:
            raise ValueError(f"{len(bar.values)} values for {series} series")
        if any(value is not None and not 0 <= value < 1e15 for value in bar.values):
            raise ValueError("a bar's value is a number of 0 or more")


def _canvas(bars: Sequence[Bar], width: float, *, legend: bool, title: str) -> tuple[Figure, Axes]:
    """A figure whose room for labels is measured here: matplotlib's own layout draws everything twice."""
    labels = [_label(bar.label) for bar in bars]
    rows = sum(max(1, 0.7 * len(label.split("\n"))) for label in labels)
    above, below = 3.0 + 6 * bool(title), 8.0 + 8 * legend
    height = min(225.0, rows * 6.2 + above + below + 4)
    figure = Figure(figsize=(width / _INCH, height / _INCH), dpi=DOTS)
    FigureCanvasAgg(figure)
    beside = min(0.5, (max(map(_width, labels)) + 4) / width)
    room = (beside, below / height, 0.97 - beside, 1 - (above + below) / height)
    return figure, figure.add_axes(room)


def _width(label: str) -> float:
    """mm of the longest line of a label."""
    font = get_font(findfont("DejaVu Sans"))
    font.set_size(SMALL, DOTS)
    widest = 0.0
    for words in label.split("\n"):
        font.set_text(words)
        widest = max(widest, font.get_width_height()[0] / 64)
    return widest / DOTS * _INCH


def _bars(values: Sequence[float], left: Sequence[float], look: Look, words: str) -> PolyCollection:
    """The bars of one series, drawn as one."""
    half = 0.33
    corners = [
        ((at, place - half), (at + value, place - half), (at + value, place + half), (at, place + half))
        for place, (value, at) in enumerate(zip(values, left, strict=True))
        if value
    ]
    return PolyCollection(
        corners, facecolors=look.face, edgecolors=look.edge, hatch=look.hatch, linewidths=0.8, label=words
    )


def _label(words: str) -> str:
    rows = textwrap.wrap(line(words), _LABEL) or [""]
    return "\n".join(
        rows if len(rows) <= 2 else [rows[0], textwrap.shorten(" ".join(rows[1:]), _LABEL, placeholder=" …")]
    )


def _figure_inside(axes: Axes, across: float, place: int, value: float, look: Look) -> None:
    dark = look.face == ACCENT
    box = None if dark or not look.hatch else {"facecolor": PAPER, "edgecolor": "none", "pad": 0.8}
    axes.text(
        across,
        place,
        number(value),
        va="center",
        ha="center",
        fontsize=8,
        color=PAPER if dark else INK,
        bbox=box,
    )


def _legend(figure: Figure, series: Sequence[str]) -> None:
    handles = [
        Patch(facecolor=look.face, edgecolor=look.edge, hatch=look.hatch, label=line(words), linewidth=0.8)
        for words, look in zip(series, cycle(LOOKS), strict=False)
    ]
    figure.legend(
        handles=handles, loc="lower center", ncols=min(4, len(handles)), fontsize=8, frameon=False,
        handlelength=2.2, handleheight=1.1, columnspacing=1.2,
    )  # fmt: skip


def _png(figure: Figure, axes: Axes, bars: Sequence[Bar], title: str) -> bytes:
    # A "$" in a name would begin a formula.
    axes.set_yticks(
        range(len(bars)), [_label(bar.label) for bar in bars], fontsize=SMALL, color=INK, parse_math=False
    )
    axes.set_ylim(len(bars) - 0.4, -0.6)
    axes.xaxis.set_major_locator(ticks(bars))
    axes.xaxis.set_major_formatter(lambda value, _: number(value))
    axes.tick_params(axis="x", labelsize=8, colors=INK)
    axes.tick_params(axis="y", length=0)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="x", color="#d5d9e0", linewidth=0.6)
    axes.set_axisbelow(True)
    if title:
        axes.set_title(
            textwrap.shorten(line(title), _TITLE, placeholder=" …"),
            fontsize=10,
            fontweight="bold",
            loc="left",
            color=INK,
            parse_math=False,
        )
    out = io.BytesIO()
    with rc_context({"hatch.linewidth": 0.6, "font.family": "DejaVu Sans"}):
        figure.savefig(out, format="png", metadata={"Software": None})
    return out.getvalue()
