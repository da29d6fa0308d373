"""Readings (schema plan/1) as tests need them: small plans in which every span quotes its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

HEAD = "ỦY BAN NHÂN DÂN TỈNH MẪU\nKẾ HOẠCH\nThực hiện công tác người Việt Nam ở nước ngoài năm 2027\n"


@dataclass(frozen=True, slots=True)
class Item:
    """One task of a plan under a heading. `label` is its own marker."""

    label: str
    text: str
    agencies: Sequence[str] = ("Sở Công Thương",)
    role: str = "responsible"
    partners: Sequence[str] = ()
    due: Sequence[dict[str, Any]] = ()
    doubts: Sequence[str] = ()
    scope: str = "assigned"


def due(kind: str, value: str, phrase: str = "", *, bound: str = "by", of: str = "task") -> dict[str, Any]:
    return {"kind": kind, "value": value, "of": of, "bound": bound, "phrase": phrase, "rule": "test"}


ITEMS = (
    Item(
        "a)",
        "Chủ trì, phối hợp với Sở Tài chính lập danh mục dự án mời gọi đầu tư trước ngày 15/11 hằng năm.",
        role="lead",
        partners=("Sở Tài chính",),
        due=(due("annual", "11-15", "trước ngày 15/11 hằng năm", bound="before"),),
    ),
    Item("b)", "Tổ chức hội nghị kết nối doanh nghiệp; biên soạn sổ tay hướng dẫn đầu tư.", doubts=("due",)),
    Item("c)", "Phối hợp với các cơ quan liên quan tuyên truyền.", partners=("các cơ quan liên quan",)),
)
UNSEEN = "Định kỳ đánh giá, đề xuất khen thưởng doanh nhân."


@dataclass(slots=True)
class Plan:
    """Builds the text and the reading beside it."""

    number: str = "38/KH-UBND"
    issued: str = "2026-11-20"
    text: str = HEAD
    tasks: list[dict[str, Any]] = field(default_factory=list)
    blocks: list[dict[str, Any]] = field(default_factory=list)
    assigning: list[dict[str, Any]] = field(default_factory=list)

    def paragraph(self, words: str, kind: str = "paragraph", level: int = 0) -> tuple[int, int]:
        start = len(self.text)
        self.text += words + "\n"
        self.blocks.append({"span": [start, start + len(words)], "kind": kind, "level": level})
        return start, start + len(words)

    def task(self, path: str, item: Item) -> None:
        start, end = self.paragraph(f"{item.label} {item.text}", "item", 2)
        start += len(item.label) + 1
        self.tasks.append(
            {
                "id": path,
                "scope": item.scope,
                "agencies": list(item.agencies),
                "role": item.role,
                "with": list(item.partners),
                "text": item.text,
                "due": list(item.due),
                "span": [start, end],
                "doubts": list(item.doubts),
                "assignments": [{"agency": name, "role": item.role} for name in item.agencies],
                "section": path.rpartition(".")[0],
            }
        )
        self.assigning.append({"span": [start, end], "task": path})

    def reading(self) -> dict[str, Any]:
        return {
            "schema": "plan/1",
            "text": self.text,
            "document": {
                "number": self.number,
                "issued": self.issued,
                "year": 2027,
                "place": "Mẫu",
                "issuer": "Ủy ban nhân dân tỉnh Mẫu",
                "type": "Kế hoạch",
                "title": "Thực hiện công tác người Việt Nam ở nước ngoài năm 2027",
                "period": None,
                "signatory": {"name": None, "position": None, "on_behalf": None},
                "recipients": [],
                "spans": {},
            },
            "citations": [
                {
                    "number": "13/2023/NĐ-CP",
                    "type": "Nghị định",
                    "issued": "2023-04-17",
                    "issuer": "Chính phủ",
                    "span": [0, 5],
                }
            ],
            "sections": [],
            "tasks": self.tasks,
            "reporting": [
                {
                    "by": "Sở Công Thương; các sở, ban, ngành",
                    "to": "Sở Ngoại vụ",
                    "via": None,
                    "kind": "periodic",
                    "due": "--06-05",
                    "every": "half",
                    "due_rules": [
                        {
                            "every": "half",
                            "kind": "annual",
                            "value": "06-05",
                            "bound": "before",
                            "phrase": "trước ngày 05/6 hằng năm",
                            "span": [0, 5],
                        }
                    ],
                    "within": "báo cáo công tác đối ngoại",
                    "text": "Báo cáo trước ngày 05/6 hằng năm.",
                    "span": [0, 5],
                    "task": None,
                }
            ],
            "places": [[0, 1, 1], [len(HEAD), 2, 1]],
            "assigning": self.assigning,
            "blocks": self.blocks,
            "notes": [],
        }


def plan(items: Sequence[Item] = ITEMS, **values: Any) -> dict[str, Any]:
    """A reading with the items under "III.1" and one assigning sentence that became no task."""
    made = Plan(**values)
    made.paragraph("1. Sở Công Thương", "heading", 1)
    for item in items:
        made.task(f"III.1.{item.label.rstrip(')')}", item)
    start, end = made.paragraph(UNSEEN, "item", 2)
    made.assigning.append({"span": [start, end], "task": None})
    return made.reading()
