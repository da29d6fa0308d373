"""The laid-out text as its template wants it: tags, marks and links."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from nhipcau.apps.plans.views.page_text import Block, Run


class Marked(Protocol):
    """What a sentence needs to know of its row."""

    state: str
    here: bool

    @property
    def url(self) -> str: ...

    @property
    def label(self) -> str: ...


def shown_blocks(laid: list[Block], rows: Mapping[str, Marked]) -> list[dict[str, Any]]:
    """One entry a paragraph or heading. Offsets are text: no language puts points into them."""
    return [
        {
            "tag": f"h{block.level}" if block.level and not _marks(block) else "p",
            "plain": not _marks(block),
            "page": block.page,
            "runs": [_run(run, rows) for run in block.runs],
        }
        for block in laid
    ]


def _marks(block: Block) -> bool:
    return any(run.key for run in block.runs)


def _run(run: Run, rows: Mapping[str, Marked]) -> dict[str, Any]:
    pieces = [
        {"at": str(piece.start), "text": piece.text, "doubtful": piece.doubtful} for piece in run.pieces
    ]
    if not run.key:
        return {"key": "", "pieces": pieces}
    row = rows[run.key]
    return {
        "key": run.key,
        "pieces": pieces,
        "first": run.first,
        "state": row.state,
        "href": row.url,
        "now": row.here,
        "label": row.label,
    }
