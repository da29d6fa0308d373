"""The paragraphs of the text for showing them: what each is, and how deep it lies."""

from __future__ import annotations

from nhipcau.core.planreader.blocks import Page
from nhipcau.core.planreader.outline import Node
from nhipcau.core.planreader.schema import BlockView


def views_of(page: Page, root: Node) -> list[BlockView]:
    """One view per block; `level` counts from 1 at the top of the outline, 0 outside it.

    Kinds: "letterhead", "type", "title", "subject", "address", "heading", "item", "paragraph", "cell",
    "recipients", "signature", "annex", "note".
    """
    nodes = {id(n.block): n for n in root.walk() if n.block is not None}
    views: list[BlockView] = []
    for block in page.blocks:
        node = nodes.get(id(block))
        kind, level = _kind(node) if node is not None else (block.zone, 0)
        if block.cell is not None and block.zone in ("body", "annex"):
            kind, level = "cell", 0
        views.append(
            BlockView(
                span=[block.start, block.end], kind="paragraph" if kind == "body" else kind, level=level
            )
        )
    return views


def _kind(node: Node) -> tuple[str, int]:
    level, up = 0, node
    while up.parent is not None:
        level += 1
        up = up.parent
    if node.heading is not None:
        return "heading", level
    return ("item" if node.label is not None else "paragraph"), level
