"""Damage that texts suffer on their way, done on purpose: to measure that readings hold."""

from __future__ import annotations

import random
import re
import textwrap
import unicodedata

from nhipcau.core.planreader.labels import label_at
from nhipcau.core.planreader.layout import measure
from nhipcau.core.planreader.rows import rows_of, source_from_text


def rewrapped(text: str, width: int) -> str:
    """Each line wrapped again at `width` columns; what was broken already stays broken."""
    out: list[str] = []
    for line in text.split("\n"):
        out += textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""]
    return "\n".join(out)


def joined_and_wrapped(text: str, width: int) -> str:
    """Plain lines joined to paragraphs by blank lines and labels only, then wrapped at `width` columns."""
    paragraphs: list[str] = []
    fresh = True
    for line in text.split("\n"):
        bare = line.strip()
        if not bare:
            fresh = True
            continue
        if fresh or label_at(bare) is not None or bare.isupper() or len(bare) < 45:
            paragraphs.append(bare)
        else:
            paragraphs[-1] += " " + bare
        fresh = False
    return "\n\n".join(rewrapped(p, width) for p in paragraphs)


def decomposed(text: str) -> str:
    """The text in NFD."""
    return unicodedata.normalize("NFD", text)


HEAD = "KẾ HOẠCH CÔNG TÁC NĂM"


def littered(text: str, seed: int = 1, every: int = 45, heads: bool = False) -> str:
    """Page numbers, addresses and running heads between lines, about one in `every` lines with words."""
    rng = random.Random(seed)  # noqa: S311 - a reproducible mess, no secret
    out: list[str] = []
    since, page = 0, 1
    for line in text.split("\n"):
        out.append(line)
        since += bool(line.strip())
        if since >= every:
            since, page = 0, page + 1
            debris = [
                f"{page}",
                f"- {page} -",
                f"Trang {page}/12",
                "https://example.vn/van-ban/123.aspx",
                f"\f{page}",
            ]
            out += ["", rng.choice(debris), *([HEAD] if heads else []), ""]
    return "\n".join(out)


def widths(text: str) -> tuple[int, bool]:
    """Width of the lines as the reader measures it, and whether blank lines part paragraphs (for reports)."""
    layout = measure(rows_of(source_from_text(text)))
    return layout.width, layout.gaps


DAMAGES = {
    "wrap-60": lambda text: joined_and_wrapped(text, 60),
    "wrap-90": lambda text: joined_and_wrapped(text, 90),
    "wrap-120": lambda text: joined_and_wrapped(text, 120),
    "nfd": decomposed,
    "litter": littered,
    "heads": lambda text: littered(text, seed=2, every=30, heads=True),
    "rewrap-60": lambda text: rewrapped(text, 60),
    "rewrap-90": lambda text: rewrapped(text, 90),
    "rewrap-120": lambda text: rewrapped(text, 120),
    "spaces": lambda text: re.sub(r"(?m)^(?=\S)", "   ", text).replace(" - ", "  –  "),
}
