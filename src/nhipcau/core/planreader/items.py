"""The items of the outline that may be tasks: each with its id, its words, and what the headings above
say of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from nhipcau.core.planreader.blocks import Page
from nhipcau.core.planreader.outline import Node
from nhipcau.core.planreader.roles import Work, work_of
from nhipcau.core.planreader.scoping import Purpose, purpose_of
from nhipcau.core.planreader.subjects import Subject, heading_subject

CLOSING = re.compile(
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
    return sorted(walker.items, key=lambda i: i.start)


def _gives_order(low: str) -> bool:
    """Whether a paragraph orders work and leads to it; "ban hành kế hoạch … như sau" only announces."""
    leads = low.rstrip().endswith((":", "như sau.", "sau đây.", "sau."))
    orders = re.search(r"(?:yêu cầu|đề nghị|chỉ thị|giao) ", low)
    return leads and bool(orders) and not re.search(r"ban hành (?:kế hoạch|chương trình|quy chế|đề án)", low)


class _Walker:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.items: list[Item] = []

    # ---- the top: numbered parts, preamble, closing

    def top(self, root: Node) -> None:
        """Parts of the document; what stands before the first label is the preamble."""
        romans = [c for c in root.children if c.numbered]
        styles = {c.label.style for c in romans if c.label}
        lead = self._lead_paragraph(root)
        base = Context(purpose="none", section="")
        if lead is not None or (
            romans and "roman" not in styles and "article" not in styles and "part" not in styles
        ):
            base = Context(purpose="assign", section="", work=None, known=lead is not None)
        self.children(root, base, preamble=True, lead=lead)

    def _lead_paragraph(self, root: Node) -> Node | None:
        """The paragraph of a directive or letter that gives the order: "… yêu cầu các sở … thực hiện: "."""
        for child in root.children:
            if child.numbered:
                return None
            if child.label is None and _gives_order(self._low(child)):
                return child
        return None

    def _low(self, node: Node) -> str:
        return self.page.low[node.words : node.end]

    def _text(self, node: Node) -> str:
        return self.page.text[node.words : node.end]

    # ---- children of a section

    def children(
        self, section: Node, context: Context, preamble: bool = False, lead: Node | None = None
    ) -> None:
        """Items and sections below a section; paragraphs and bullets are counted, "III.1#2"."""
        count = 0
        path = section.path()
        governing = context
        last: Item | None = None
        if section.block is not None and section.heading is not None and section.head_end < section.end:
            count, last = self._inline(section, context, path)
        begun = not preamble
        for i, child in enumerate(section.children):
            if child is lead:
                begun = True
                continue
            if child.numbered:
                begun = True
                self.numbered(child, governing)
                last = self.items[-1] if self.items and self.items[-1].node is child else None
                continue
            if not begun:
                continue
            if self._leads(child, section.children[i + 1 :]):
                governing = self._led(child, context)
                last = None
                continue
            count, last = self._counted(child, governing, path, count, last)

    def _inline(self, section: Node, context: Context, path: str) -> tuple[int, Item | None]:
        """The words behind "Chế độ báo cáo: …" are the section's first item."""
        start = section.head_end + 1
        while start < section.end and self.page.text[start].isspace():
            start += 1
        item = Item(f"{path}#1", [(start, section.end)], context, section)
        if self.page.text[start : section.end].rstrip().endswith(":") and section.children:
            return 0, None
        self._take(item)
        return 1, item

    def _leads(self, child: Node, following: list[Node]) -> bool:
        """A line that ends with a colon and leads the items after it."""
        if child.block is None or not child.block.text.rstrip().endswith(":"):
            return False
        return bool(child.children) or (
            child.label is None and bool(following) and following[0].label is not None
        )

    def _led(self, child: Node, context: Context) -> Context:
        """The context of items behind a leading line: its role and partners hold for each of them."""
        work = work_of(self._text(child), self._low(child))
        merged = work if work.role != "responsible" or work.partners else context.work
        new = replace(context, work=merged)
        subject = heading_subject(self._text(child), self._low(child)) if context.agencies is None else None
        if subject is not None and context.purpose != "none":
            new = replace(new, agencies=_placed(subject, child.words), asked=subject.asked)
        for k, below in enumerate(child.children):
            self._below(below, new, child, k)
        return new

    def _below(self, node: Node, context: Context, parent: Node, k: int) -> None:
        """Bullets below a bullet that leads them."""
        path = _carrying_path(parent)
        number = sum(1 for i in self.items if i.id.startswith(f"{path}#")) + 1
        self._take(Item(f"{path}#{number}", [(node.words, node.end)], context, node))
        for j, deeper in enumerate(node.children):
            self._below(deeper, context, node, j + k)

    def _counted(
        self, child: Node, context: Context, path: str, count: int, last: Item | None
    ) -> tuple[int, Item | None]:
        """A paragraph or bullet; a paragraph without a label behind a labelled item is more of that item."""
        low = self._low(child)
        closing = child.label is None and (
            bool(CLOSING.match(low)) or (low.rstrip().endswith("./.") and bool(DIFFICULTY.search(low)))
        )
        if closing:
            self.items.append(Item("", [(child.words, child.end)], context, child, closing=True))
            return count, None
        if (
            child.label is None
            and last is not None
            and last.node.label is not None
            and last.node is not child.parent
            and "#" not in last.id
        ):
            last.spans.append((child.words, child.end))
            return count, last
        own = sum(1 for i in self.items if i.id.startswith(f"{path}#"))
        count = max(count, own) + 1
        item = Item(f"{path}#{count}" if path else f"#{count}", [(child.words, child.end)], context, child)
        self._take(item)
        before = len(self.items)
        for k, below in enumerate(child.children):
            self._below(below, context, child, k)
        return count + len(self.items) - before, item

    def _take(self, item: Item) -> None:
        self.items.append(item)

    # ---- numbered nodes

    def numbered(self, node: Node, context: Context) -> None:
        """A section, a block of fields, or an item with its own label."""
        fields = field_block(self.page, node)
        if fields:
            self._field_item(node, self._section_context(node, context) if node.heading else context, fields)
            return
        if node.heading is not None:
            self.children(node, self._section_context(node, context))
            return
        item = Item(node.path(), [(node.words, node.end)], context, node)
        self._take(item)
        for child in node.children:
            if child.label is None:
                low = self._low(child)
                if CLOSING.match(low):
                    self.items.append(Item("", [(child.words, child.end)], context, child, closing=True))
                else:
                    item.spans.append((child.words, child.end))
            elif child.numbered:
                self.numbered(child, context)
            else:
                self._below(child, context, node, 0)

    def _section_context(self, node: Node, context: Context) -> Context:
        """What a section's heading adds to the context from above."""
        assert node.heading is not None
        heading = self.page.text[node.words : node.head_end].strip().rstrip(".:;, ")
        low = self.page.low[node.words : node.words + len(heading)]
        subject = (
            heading_subject(heading, low) if context.purpose != "none" or context.agencies is None else None
        )
        purpose = purpose_of(node.heading) if subject is None else None
        top = node.label is not None and node.label.style in ("roman", "part", "upper", "article")
        new = replace(
            context, section=node.path(), known=context.known or purpose is not None or subject is not None
        )
        if purpose is not None and not (
            context.purpose == "none" and not top and purpose != "none" and context.known
        ):
            new = replace(new, purpose=purpose)
        elif top and purpose is None and subject is None:
            new = replace(new, purpose="general", known=False)
        if subject is not None and new.purpose != "none":
            new = replace(new, agencies=_placed(subject, node.words), asked=subject.asked)
            start = subject.end
        else:
            start = 0
        work = (
            work_of(heading, low, start)
            if heading.split()
            and (subject is not None or low.startswith(("chủ trì", "phối hợp", "tham mưu")))
            else None
        )
        if work is not None and (work.role != "responsible" or work.partners):
            new = replace(new, work=work)
        return new

    def _field_item(self, node: Node, context: Context, fields: dict[str, tuple[int, int]]) -> None:
        span = fields.get("content") or (
            (node.words, node.head_end) if node.heading else (node.words, node.end)
        )
        self._take(Item(node.path(), [span], context, node, fields=fields))


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


# ---- blocks of fields: "Nội dung: …", "Cơ quan chủ trì: …", "Thời gian: …"

_BODY_WORDS = r"(?:các )?(?:cơ quan|đơn vị|cơ quan,? đơn vị|đơn vị,? cơ quan|tổ chức|bộ phận)"
FIELD_KEYS: list[tuple[str, re.Pattern[str]]] = [
    (
        "content",
        re.compile(
            r"(?:nội dung(?: thực hiện| công việc| nhiệm vụ)?|nhiệm vụ|công việc|hoạt động)\s*:",
        ),
    ),
    (
        "partner",
        re.compile(
            rf"(?:{_BODY_WORDS} (?:thực hiện )?phối hợp(?: thực hiện)?|phối hợp(?: thực hiện)?)\s*:",
        ),
    ),
    (
        "lead",
        re.compile(
            rf"(?:{_BODY_WORDS} (?:được giao )?chủ trì(?: thực hiện| tham mưu)?|chủ trì(?: thực hiện)?)\s*:",
        ),
    ),
    (
        "agency",
        re.compile(
            rf"(?:{_BODY_WORDS} (?:thực hiện|chịu trách nhiệm|tham mưu|đầu mối|phụ trách)|"
            r"phân công(?: thực hiện)?|trách nhiệm(?: thực hiện)?|người thực hiện|thực hiện)\s*:",
        ),
    ),
    (
        "time",
        re.compile(
            r"(?:thời gian(?: thực hiện| hoàn thành| dự kiến)*|thời hạn(?: hoàn thành| thực hiện)?|"
            r"tiến độ(?: thực hiện| hoàn thành)?|hoàn thành|thời điểm)\s*:",
        ),
    ),
    (
        "product",
        re.compile(r"(?:sản phẩm|kết quả|dự kiến kết quả|kết quả đầu ra|hình thức)[^:.;]{0,20}:"),
    ),
    ("money", re.compile(r"(?:kinh phí|nguồn kinh phí)[^:.;]{0,20}:")),
]


def field_block(page: Page, node: Node) -> dict[str, tuple[int, int]]:
    """The fields of a node whose paragraphs are "key: value"; empty when they are not."""
    fields: dict[str, tuple[int, int]] = {}
    open_key: str | None = None
    for child in node.children:
        if child.numbered:
            return {}
        key = field_key(page.low, child.words, child.end)
        if key is None:
            if open_key == "content" and child.label is not None:
                fields["content"] = (fields["content"][0], child.end)
                continue
            return {}
        name, at = key
        if name in fields:
            return {}
        fields[name] = (at, child.end)
        open_key = name
    return fields if fields.keys() & {"lead", "agency", "partner"} else {}


def field_key(low: str, start: int, end: int) -> tuple[str, int] | None:
    """The field that a paragraph opens with, and where its value starts."""
    for name, pattern in FIELD_KEYS:
        m = pattern.match(low, start, end)
        if m:
            at = m.end()
            while at < end and low[at] == " ":
                at += 1
            return name, at
    return None
