"""The items of the outline that may be tasks: each with its id, its words, and what the headings above
say of it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from nhipcau.core.planreader.blocks import Page
from nhipcau.core.planreader.fields import keys_of
from nhipcau.core.planreader.outline import Node
from nhipcau.core.planreader.roles import Work, work_of
from nhipcau.core.planreader.scoping import Purpose, purpose_of
from nhipcau.core.planreader.subjects import Subject, heading_subject, subject_at

CLOSING = re.compile(
    r"(?:ban hành|phê duyệt) kèm theo (?:quyết định|nghị quyết|chỉ thị|công văn) này|"
    r"[^.]{0,400}(?:chịu trách nhiệm|căn cứ) thi hành (?:quyết định|nghị quyết|chỉ thị|kế hoạch) này|"
    r"(?:trên đây là|trong quá trình [^.]{0,160}?(?:nếu |trường hợp|khó khăn|vướng mắc|phát sinh|"
    r"vượt thẩm quyền|đối với các vấn đề|cần sửa đổi)|"
    r"(?:ủy ban nhân dân|ubnd|chủ tịch)[^.,;]{0,60} (?:yêu cầu|đề nghị) (?:các|giám đốc|thủ trưởng|chủ tịch)|"
    r"yêu cầu (?:các|giám đốc|thủ trưởng)[^.]{0,200}nghiêm túc|(?:kế hoạch|chỉ thị|quyết định|quy chế|"
    r"chương trình) này (?:có hiệu lực|thay thế)|"
    r"quá trình (?:triển khai|thực hiện)[^.]{0,100}(?:khó khăn|vướng mắc|phát sinh)|nhận được (?:kế hoạch|"
    r"chỉ thị|công văn) này|trân trọng)"
)
DIFFICULTY = re.compile(
    r"(?:trong )?quá trình [^.]{0,200}?(?:khó khăn|vướng mắc|phát sinh|vượt (?:thẩm )?quyền|"
    r"cần (?:thiết )?(?:phải )?(?:sửa đổi|điều chỉnh|bổ sung))|"
    r"^(?:nếu|khi|trường hợp|mọi)[^.]{0,60}(?:khó khăn|vướng mắc|vượt thẩm quyền)"
)


@dataclass(frozen=True, slots=True)
class Context:
    """What governs an item from above."""

    purpose: Purpose = "none"
    agencies: Subject | None = None
    asked: bool = False
    work: Work | None = None
    known: bool = False
    section: str = ""


@dataclass(slots=True)
class Item:
    """One candidate: its path, the places of its words, and its context."""

    id: str
    spans: list[tuple[int, int]]
    context: Context
    node: Node
    closing: bool = False
    fields: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def start(self) -> int:
        return self.spans[0][0]

    @property
    def end(self) -> int:
        return self.spans[-1][1]

    def text(self, page: Page) -> str:
        """The words on one line."""
        return " ".join(page.text[a:z].strip() for a, z in self.spans)

    def low(self, page: Page) -> str:
        return " ".join(page.low[a:z].strip() for a, z in self.spans)


def items_of(page: Page, root: Node) -> list[Item]:
    """Every item of the body, in order of the text."""
    walker = _Walker(page)
    walker.top(root)
    items = sorted(walker.items, key=lambda i: i.start)
    counts: Counter[str] = Counter()
    for item in items:
        if "#" in item.id:
            path = item.id.partition("#")[0]
            counts[path] += 1
            item.id = f"{path}#{counts[path]}"
    return items


def _everyone(subject: Subject) -> bool:
    """Whether a leading line names only groups of bodies and asks nobody: a direction to all."""
    return subject.collective and not subject.addressed


def _gives_order(low: str) -> bool:
    """Whether a paragraph orders work and leads to it; "ban hành kế hoạch … như sau" only announces."""
    leads = low.rstrip().endswith((":", "như sau.", "sau đây.", "sau."))
    orders = re.search(r"(?:yêu cầu|đề nghị|chỉ thị|giao) ", low)
    return leads and bool(orders) and not re.search(r"ban hành (?:kế hoạch|chương trình|quy chế|đề án)", low)


class _Walker:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.items: list[Item] = []
        self.counts: Counter[str] = Counter()

    def _low(self, node: Node) -> str:
        return self.page.low[node.words : node.end]

    def _text(self, node: Node) -> str:
        return self.page.text[node.words : node.end]

    def _new(self, node: Node, context: Context, path: str | None = None) -> Item:
        """A new item with the words of `node`: its own path, or the next number below `path`."""
        if path is None:
            name = node.path()
        else:
            self.counts[path] += 1
            name = f"{path}#{self.counts[path]}"
        item = Item(name, [(node.words, node.end)], context, node)
        self.items.append(item)
        return item

    # ---- the top: numbered parts, preamble, closing

    def top(self, root: Node) -> None:
        """Parts of the document; what stands before the first label is the preamble."""
        numbered = [c for c in root.children if c.numbered]
        high = any(c.label is not None and c.label.style in TOP_STYLES for c in numbered)
        lead = _order_paragraph(root, self.page)
        base = Context(purpose="none")
        if lead is not None:
            told = told_in(self._text(lead), self._low(lead))
            who = _placed(told, lead.words) if told is not None else None
            base = Context("assign", who, asked=told is not None and told.asked, known=True)
        elif numbered and not high:
            base = Context(purpose="assign")
        if not numbered and lead is None:
            self._plain(root)
            return
        begun = False
        kept: list[Node] = []
        for child in root.children:
            begun = begun or child.numbered
            if begun and child is not lead:
                kept.append(child)
            begun = begun or child is lead
        self.children(root, kept, base, None)

    def _plain(self, root: Node) -> None:
        """A letter without numbers: the paragraphs that give an order."""
        context = Context(purpose="report")
        for child in root.children:
            low = self._low(child)
            if CLOSING.match(low) and not low.startswith(("ủy ban", "ubnd", "chủ tịch")):
                self._closing(child, context)
            elif not PREAMBLE.match(low):
                self._new(child, context, "")

    # ---- children of a section

    def section(self, node: Node, context: Context) -> None:
        """A numbered heading: the words behind its colon are its first item, then what stands below."""
        first: Item | None = None
        path = node.path()
        if node.head_end < node.end:
            start = node.head_end + 1
            while start < node.end and self.page.text[start].isspace():
                start += 1
            if not (self.page.text[start : node.end].rstrip().endswith(":") and node.children):
                self.counts[path] += 1
                first = Item(f"{path}#1", [(start, node.end)], context, node)
                self.items.append(first)
        self.children(node, node.children, context, first)

    def children(self, parent: Node, nodes: list[Node], context: Context, last: Item | None) -> None:
        """Items and sections below a section or item; paragraphs and bullets are counted, "III.1#2"."""
        keys = keys_of(self.page.low, nodes)
        contents = sum(k is not None and k[0] == "content" for k in keys)
        governing = context
        begin = len(self.items) - (last is not None)
        for i, child in enumerate(nodes):
            key = keys[i]
            if key is not None:
                begin, last = self._field(parent, child, context, (key, contents, begin)), None
            elif child.numbered:
                last = self.numbered(child, governing)
            elif self._leads(child, nodes[i + 1] if i + 1 < len(nodes) else None):
                governing, last = self._led(child, context), None
            else:
                last = self._plain_child(parent, child, governing, last)

    def _field(
        self, parent: Node, child: Node, context: Context, how: tuple[tuple[str, int], int, int]
    ) -> int:
        """A field belongs to the items before it, from `begin` on; content begins an item, and so does the
        first field below a heading. Returns where the items of the block begin.
        """
        (name, at), contents, begin = how
        span = (at, child.end)
        if name == "content":
            return self._content(parent, child, context, span, contents)
        block = self.items[begin:]
        fresh = [i for i, item in enumerate(block) if not item.fields.keys() - {"content"}]
        if fresh and len(fresh) < len(block):
            begin += fresh[0]
            block = self.items[begin:]
        if not block:
            block = [self._section_item(parent, context)]
            begin = len(self.items) - 1
        for item in block:
            item.fields.setdefault(name, span)
        return begin

    def _content(
        self, parent: Node, child: Node, context: Context, span: tuple[int, int], contents: int
    ) -> int:
        """The items that a field "Nội dung: …" holds: its bullets when it has nothing else, or one."""
        begin = len(self.items)
        if span[0] >= span[1] and len(child.children) > 1:
            for below in child.children:
                self._new(below, context, parent.path()).fields["content"] = (below.words, below.end)
            return begin
        if contents > 1:
            item = self._new(child, context, parent.path())
        else:
            item = self._section_item(parent, context)
        item.spans = [span] if span[0] < span[1] else []
        item.spans += [(c.words, c.end) for c in child.walk()[1:]]
        item.spans = item.spans or [(child.words, child.end)]
        item.fields["content"] = span
        return begin

    def _section_item(self, parent: Node, context: Context) -> Item:
        """The item that a whole section is: its heading is the content."""
        end = parent.head_end or parent.end
        item = Item(parent.path(), [(parent.words, end)], context, parent)
        self.items.append(item)
        return item

    def _leads(self, child: Node, following: Node | None) -> bool:
        """A line that ends with a colon and leads the items after it."""
        if child.block is None or not child.block.text.rstrip().endswith(":"):
            return False
        below = following is not None and following.label is not None
        return bool(child.children) or (child.label is None and below)

    def _led(self, child: Node, context: Context) -> Context:
        """The context of items behind a leading line: its role and partners hold for each of them."""
        work = work_of(self._text(child), self._low(child))
        merged = work if work.role != "responsible" or work.partners else context.work
        new = replace(context, work=merged)
        subject = heading_subject(self._text(child), self._low(child)) if context.agencies is None else None
        general = context.purpose == "general" and subject is not None and _everyone(subject)
        if subject is not None and context.purpose != "none" and not general:
            new = replace(new, agencies=_placed(subject, child.words), asked=subject.asked)
        for below in child.children:
            self._below(below, new, _carrying_path(child))
        return new

    def _below(self, node: Node, context: Context, path: str) -> None:
        """Bullets below a bullet."""
        for here in node.walk():
            if not (here.children and self._leads(here, None)):
                self._new(here, context, path)

    def _plain_child(self, parent: Node, child: Node, context: Context, last: Item | None) -> Item | None:
        """A paragraph or bullet; a paragraph without a label behind a labelled item is more of that item."""
        low = self._low(child)
        last_words = low.rstrip().endswith("./.") and (DIFFICULTY.search(low) or _behind_items(last))
        if child.label is None and (CLOSING.match(low) or last_words):
            self._closing(child, context)
            return None
        if child.label is None and last is not None and _takes_more(last, parent):
            last.spans.append((child.words, child.end))
            return last
        path = parent.path()
        item = self._new(child, context, path)
        keys = keys_of(self.page.low, child.children)
        for below, key in zip(child.children, keys, strict=True):
            if key is not None:
                item.fields.setdefault(key[0], (key[1], below.end))
            else:
                self._below(below, context, path)
        return item

    def _closing(self, child: Node, context: Context) -> None:
        self.items.append(Item("", [(child.words, child.end)], context, child, closing=True))

    # ---- numbered nodes

    def numbered(self, node: Node, context: Context) -> Item | None:
        """A section, or an item with its own label."""
        if node.heading is not None:
            self.section(node, section_context(self.page, node, context))
            return None
        item = self._new(node, context)
        self.children(node, node.children, context, item)
        return item


def _behind_items(last: Item | None) -> bool:
    """Whether labelled items stand above, so that a last paragraph closes the document rather than being one
    of them.
    """
    return last is not None and last.node.label is not None


def _takes_more(item: Item, parent: Node) -> bool:
    """Whether a paragraph without a label behind `item` belongs to it: it has a label of its own, and no
    fields.
    """
    inline = "#" in item.id and item.node is parent
    return item.node.label is not None and not inline and not item.fields


PREAMBLE = re.compile(r"(?:căn cứ|thực hiện|xét|theo|thời gian qua|kính gửi|tiếp theo|ngày |sau khi|qua )")
TOP_STYLES = ("roman", "part", "upper")
_TOLD = re.compile(r"(?:đề nghị|yêu cầu|giao|chỉ thị(?: cho)?)\s+(?=\w)")


def told_in(text: str, low: str) -> Subject | None:
    """Whom the ordering paragraph tells: the bodies behind its last "yêu cầu", "đề nghị"."""
    for m in reversed(list(_TOLD.finditer(low))):
        found = subject_at(text, low, m.start(), len(text))
        if found is not None:
            return found
    return None


def _order_paragraph(root: Node, page: Page) -> Node | None:
    """The paragraph of a directive or letter that gives the order: "… yêu cầu các sở … thực hiện: "."""
    for child in root.children:
        if child.numbered:
            return None
        if child.label is None and _gives_order(page.low[child.words : child.end]):
            return child
    return None


def section_context(page: Page, node: Node, context: Context) -> Context:
    """What a section's heading adds to the context from above."""
    heading = page.text[node.words : node.head_end].strip().rstrip(".:;, ")
    low = page.low[node.words : node.words + len(heading)]
    free = context.purpose != "none" or context.agencies is None
    subject = heading_subject(heading, low) if free else None
    new = _with_purpose(node, context, subject)
    start = 0
    if subject is not None and new.purpose != "none":
        new = replace(new, agencies=_placed(subject, node.words), asked=subject.asked)
        start = subject.end
    if subject is not None or low.startswith(("chủ trì", "phối hợp", "tham mưu")):
        work = work_of(heading, low, start)
        if work.role != "responsible" or work.partners:
            new = replace(new, work=work)
    return new


def _with_purpose(node: Node, context: Context, subject: Subject | None) -> Context:
    """The purpose that the heading names; one below background stays background unless it is a part of its
    own.
    """
    purpose = purpose_of(node.heading or "") if subject is None else None
    top = node.label is not None and node.label.style in TOP_STYLES
    new = replace(
        context, section=node.path(), known=context.known or purpose is not None or subject is not None
    )
    buried = context.purpose == "none" and not top and purpose != "none" and context.known
    if purpose is not None and not buried:
        return replace(new, purpose=purpose)
    if top and purpose is None and subject is None:
        return replace(new, purpose="general", known=False)
    return new


def _placed(subject: Subject, offset: int) -> Subject:
    """A subject found in a part of the text, with places in the whole text."""
    return replace(
        subject, spans=[(a + offset, z + offset) for a, z in subject.spans], end=subject.end + offset
    )


def _carrying_path(node: Node) -> str:
    here: Node | None = node
    while here is not None and (here.label is None or here.label.bullet):
        here = here.parent
    return here.path() if here is not None else ""
