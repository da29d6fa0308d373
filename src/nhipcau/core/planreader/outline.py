"""The outline: labelled blocks as a tree."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nhipcau.core.planreader.blocks import Block, Page
from nhipcau.core.planreader.bodies import is_body, list_end
from nhipcau.core.planreader.joining import first_verb, is_caps
from nhipcau.core.planreader.labels import Label, Style, follows, label_at, ordinal
from nhipcau.core.planreader.schema import Section

# Rank of a label's style where nothing else tells: the smaller, the higher in the outline.
_RANK: dict[Style, int] = {
    "part": 0,
    "article": 1,
    "upper": 2,
    "roman": 3,
    "arabic": 4,
    "decimal": 5,
    "letter": 6,
    "bracket": 7,
    "dash": 8,
    "plus": 9,
}


@dataclass(slots=True)
class Node:
    """A block in the outline. `words` is where the label ends and the words begin, an offset in the text."""

    block: Block | None
    label: Label | None
    words: int = 0
    end: int = 0
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)
    heading: str | None = None
    head_end: int = 0

    @property
    def numbered(self) -> bool:
        return self.label is not None and not self.label.bullet

    def walk(self) -> list[Node]:
        """This node and all below it, in order."""
        out, stack = [], [self]
        while stack:
            node = stack.pop()
            out.append(node)
            stack.extend(reversed(node.children))
        return out

    def path(self) -> str:
        """The labels from the top joined by "."; a decimal label stands for the levels it names."""
        parts: list[str] = []
        node: Node | None = self
        while node is not None:
            if node.label is not None and not node.label.bullet:
                bare = re.sub(r"^(?:Điều|ĐIỀU|Mục|MỤC|Chương|CHƯƠNG|Phần|PHẦN) ", "", node.label.bare)
                parts.append(_PART_NUMBERS.get(bare.lower().removeprefix("thứ "), bare))
                if node.label.style == "decimal":
                    node = _above_decimal(node)
                    continue
            node = node.parent
        return ".".join(reversed(parts))


_PART_NUMBERS = {
    "nhất": "1", "hai": "2", "ba": "3", "tư": "4", "bốn": "4", "năm": "5", "sáu": "6", "bảy": "7",
}  # fmt: skip


def _above_decimal(node: Node) -> Node | None:
    """The nearest ancestor that a decimal label does not already name."""
    up = node.parent
    while up is not None and up.label is not None and up.label.style in ("arabic", "decimal"):
        up = up.parent
    return up


def outline_of(page: Page) -> Node:
    """The tree of the body's blocks. Blocks without a label hang under the last numbered node above them."""
    root = Node(None, None)
    current = root
    for block in page.blocks:
        if block.zone != "body" or block.cell is not None:
            continue
        label = label_at(block.text)
        if label is not None and not _real(label, current):
            label = None
        node = Node(block, label, block.start + (label.end if label else 0), block.end)
        parent = _parent(label, current) if label is not None else _carrier(current)
        node.parent = parent
        parent.children.append(node)
        if label is not None:
            current = node
    _find_headings(root)
    return root


def _real(label: Label, current: Node) -> bool:
    """Whether a label fits the row it would continue; "2026. Trong" after a line break does not."""
    if label.bullet or label.style in ("part", "article"):
        return True
    if any(follows(label, n.label) for n in _line_up(current) if n.label and n.label.style == label.style):
        return True
    return follows(label, None) or (
        label.style in ("arabic", "roman", "letter", "upper") and ordinal(label) <= 40
    )


def _line_up(node: Node) -> list[Node]:
    """A node and the nodes above it."""
    out: list[Node] = []
    here: Node | None = node
    while here is not None:
        out.append(here)
        here = here.parent
    return out


def _parent(label: Label, current: Node) -> Node:
    """Where a labelled block hangs: beside its like if one is open above, else under the last node of a
    higher rank.
    """
    line = _line_up(current)
    like = [
        n
        for n in line
        if n.label is not None
        and n.label.style == label.style
        and (not label.bullet or n.label.bare == label.bare)
    ]
    for node in like:
        if _starts_inside(label, current, node):
            return current
        if follows(label, node.label):
            if label.style == "decimal":
                break
            return node.parent or node
    if label.style == "decimal":
        return _decimal_parent(label, line)
    for node in line:
        if (
            node.label is None
            or (_RANK[node.label.style] < _RANK[label.style] and not node.label.bullet)
            or _inside(node, label)
        ):
            return node
    return line[-1]


def _starts_inside(label: Label, current: Node, like: Node) -> bool:
    """ "1." again while a deeper numbered node is open: a new row inside that node ("a) …: 1. … 2. …")."""
    from_start = (
        label.bare in ("1", "a", "I") and like.label is not None and like.label.bare not in ("1", "a", "I")
    )
    return (
        from_start
        and current is not like
        and current.label is not None
        and not current.label.bullet
        and _ends_colon(current)
    )


def _ends_colon(node: Node) -> bool:
    return node.block is not None and node.block.text.rstrip().endswith(":")


def _inside(node: Node, label: Label) -> bool:
    """Bullets below bullets: "+" under "-"; another mark under one that ends with a colon."""
    if node.label is None or not node.label.bullet or not label.bullet:
        return False
    return node.label.bare != label.bare and (label.style == "plus" or _ends_colon(node))


def _decimal_parent(label: Label, line: list[Node]) -> Node:
    """ "2.1" hangs under "2", "2.1.3" under "2.1"; else under the last node that is no decimal."""
    above = label.bare.rpartition(".")[0]
    for node in line:
        if node.label is not None and node.label.bare == above and node.label.style in ("arabic", "decimal"):
            return node
    for node in line:
        if node.label is None or _RANK[node.label.style] < _RANK["decimal"]:
            return node
    return line[-1]


def _carrier(current: Node) -> Node:
    """What a block without a label belongs to: the nearest numbered node, or the top."""
    node: Node | None = current
    while node is not None and node.label is not None and node.label.bullet:
        node = node.parent
    return node or current


# ---- headings


def _find_headings(root: Node) -> None:
    for node in root.walk():
        if node.numbered and node.block is not None:
            _set_heading(node, heading_end(node))
    for node in root.walk():
        kin = [c for c in node.children if c.numbered and c.children]
        if sum(c.heading is not None for c in kin) * 2 > len(kin):
            for child in kin:
                if child.heading is None and _one_sentence(child):
                    _set_heading(child, child.end)


def _set_heading(node: Node, end: int) -> None:
    node.head_end = end
    if end and node.block is not None:
        raw = node.block.text[node.words - node.block.start : end - node.block.start]
        node.heading = _LEAD_TAIL.sub("", raw.strip().rstrip(" .:;,"))


def _one_sentence(node: Node) -> bool:
    """A single sentence that leads bullets, where most of its neighbours are headings of bullets."""
    block = node.block
    first = node.children[0]
    bullets = first.label is not None and not _is_field(first)
    bullets = bullets and all(c.label is not None or _is_field(c) for c in node.children)
    return block is not None and bullets and not re.search(r"[.!?] ", block.text[node.words - block.start :])


_ADDRESSED = re.compile(r"\s*(?:đề nghị|giao|yêu cầu)\s+")
_LEAD_TAIL = re.compile(r",\s*(?:cụ thể|như sau|cụ thể như sau|gồm|bao gồm|cụ thể là)$")
_LEADS = re.compile(r"(?:cụ thể|sau|sau đây|gồm|như sau|bao gồm|dưới đây|trọng tâm)\s*:$")


def heading_end(node: Node) -> int:
    """Where the heading of a numbered block ends (an offset in the text), or 0 when the block is an item, not
    a heading.
    """
    block = node.block
    if block is None or node.label is None:
        return 0
    words = block.text[node.words - block.start :].strip()
    if not words:
        return 0
    if node.label.style in ("roman", "part", "upper") or is_caps(words):
        return _inline_end(node) or node.end
    if words.endswith(":"):
        return node.end if (node.children or len(words) < 120) else 0
    inline = _inline_end(node)
    if inline:
        return inline
    return node.end if _bare_heading(node, words) else 0


def _bare_heading(node: Node, words: str) -> bool:
    """Words without an end mark that something follows below; or a short phrase with a full stop that leads
    items.
    """
    if words[-1] in ";,":
        return False
    below = bool(node.children)
    if words[-1] not in ".!?…":
        return below or len(words.split()) <= 14
    one_phrase = len(words.split()) <= 16 and "." not in words[:-1] and ";" not in words
    led = below and node.children[0].label is not None and not _is_field(node.children[0])
    return one_phrase and led and not words.endswith("/.")


_FIELD = re.compile(
    r"(?:các )?(?:cơ quan|đơn vị|thời gian|thời hạn|nội dung|sản phẩm|tiến độ|chủ trì|phối hợp)[^:.;]{0,40}:"
)


def _is_field(node: Node) -> bool:
    """Whether a paragraph is a field of an item ("Đơn vị chủ trì: …")."""
    block = node.block
    return block is not None and bool(_FIELD.match(block.low, node.words - block.start))


def _inline_end(node: Node) -> int:
    """ "Chế độ báo cáo: Các sở …": a short heading, a colon, and the words it governs in the same block."""
    block = node.block
    assert block is not None
    at = node.words - block.start
    colon = block.text.find(":", at, at + 160)
    if colon < 0 or colon + 1 >= len(block.text) or not block.text[colon + 1].isspace():
        return 0
    head, rest = block.text[at:colon].strip(), block.text[colon + 1 :].strip()
    if (
        not head
        or not rest
        or len(head.split()) > 18
        or any(c in head for c in ";.")
        or not head[0].isupper()
    ):
        return 0
    verbal = first_verb(block.low[at:].lstrip()) and not _asks(block.low, block.text, at)
    named = is_body(block.text, block.low, at) and list_end(block.text, block.low, at, colon) == colon
    if not (rest[0].isupper() or named) or verbal or _LEADS.search(block.low[at : colon + 1]):
        return 0
    wordy = len(head.split()) > 6 or head.startswith(("Đối với", "Trong", "Để", "Căn cứ"))
    if (wordy or _ENUMERATES.search(head)) and not _works(block, colon + 1):
        return 0
    return block.start + colon


_ENUMERATES = re.compile(r"(?:phường|xã|huyện|tỉnh|[Ss]ở|ngành|đặc khu|khu công nghiệp|sau)$")


def _works(block: Block, at: int) -> bool:
    """Whether the words behind the colon say what is to be done: a verb, or a body first."""
    low = block.low[at:].lstrip()
    return first_verb(low) or is_body(block.text[at:].lstrip(), low)


def _asks(low: str, text: str, at: int) -> bool:
    """ "Đề nghị Ban …: …": a heading of bodies although it starts with a verb."""
    m = _ADDRESSED.match(low, at)
    return m is not None and is_body(text, low, m.end())


def sections_of(root: Node) -> list[Section]:
    """Every numbered heading in order."""
    return [
        Section(path=n.path(), heading=n.heading, span=[n.words, n.head_end])
        for n in root.walk()
        if n.heading is not None and n.block is not None
    ]
