"""Sentences and clauses of a text, and those that look as if they assigned work."""

from __future__ import annotations

import re

from nhipcau.core.planreader.blocks import Page
from nhipcau.core.planreader.folding import UPPER
from nhipcau.core.planreader.items import DIFFICULTY, Item
from nhipcau.core.planreader.joining import first_verb
from nhipcau.core.planreader.labels import label_at
from nhipcau.core.planreader.outline import Node
from nhipcau.core.planreader.schema import Assigning, Task
from nhipcau.core.planreader.subjects import sentence_subject

_SENTENCE = re.compile(rf"(?<![A-ZĐ])(?<!TP)[.!?…]+(?:[”\"’)])?\s+(?=[{UPPER}“])")
_CLAUSE = re.compile(r";\s+")
# An order, not "bàn giao", "chuyển giao": things handed over.
_TELLS = r"(?<!bàn )(?<!chuyển )(?:giao|yêu cầu|đề nghị)"
_ORDER = re.compile(
    rf"chủ trì|có trách nhiệm|chịu trách nhiệm|(?:^|[\s,]){_TELLS} (?:các|sở|ủy ban|ubnd|"
    r"công an|ban|văn phòng)"
)


def sentences_in(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Places of the sentences in text[start:end]."""
    return _parts(_SENTENCE, text, start, end)


def clauses_in(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Places of the clauses in text[start:end]: sentences parted again at semicolons."""
    return [c for a, z in sentences_in(text, start, end) for c in _parts(_CLAUSE, text, a, z)]


def _parts(pattern: re.Pattern[str], text: str, start: int, end: int) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    at = start
    for m in pattern.finditer(text, start, end):
        out.append((at, m.end() - (len(m.group()) - len(m.group().rstrip()))))
        at = m.end()
    if at < end:
        out.append((at, end))
    return out


def assigning_of(page: Page, root: Node, tasks: list[Task], items: list[Item]) -> list[Assigning]:
    """Sentences that look as if they assigned work, each with the task it became or None, in order."""
    out: list[Assigning] = []
    ids = {t["id"] for t in tasks}
    fields = {(*span, i.id) for i in items if i.id in ids for span in i.fields.values()}
    ordered = sorted({(t["span"][0], t["span"][1], t["id"]) for t in tasks} | fields)
    at = 0
    for node in root.walk():
        if node.block is None:
            continue
        begin = node.words if node.heading is None or node.head_end >= node.end else node.head_end + 1
        if node.heading is not None and node.head_end >= node.end:
            continue
        for a, z in sentences_in(page.text, begin, node.end):
            while at < len(ordered) and ordered[at][1] <= a:
                at += 1
            task = ordered[at][2] if at < len(ordered) and ordered[at][0] < z and a < ordered[at][1] else None
            if task is not None or orders(page, a, z):
                out.append(Assigning(span=[a, z], task=task))
    return out


def orders(page: Page, start: int, end: int) -> bool:
    """Whether a sentence names somebody and says what they are to do."""
    low = page.low[start:end]
    if DIFFICULTY.search(low):
        return False
    if (
        label_at(page.text[start:end]) is None
        and first_verb(low)
        and low.startswith(("giao ", "yêu cầu ", "đề nghị "))
    ):
        return True
    if not _ORDER.search(low):
        return False
    subject = sentence_subject(page.text[start:end], low)
    return subject is not None or bool(re.search(rf"{_TELLS} ", low))
