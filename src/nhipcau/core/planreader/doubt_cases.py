"""Cases to weigh signs and to measure doubts by: tasks, the signs of their fields, and which are wrong.

The texts with hand-made readings are read as they are and after each hardship; what a reading has else than
the hand-made one is wrong, as the scoring tool sees it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nhipcau.core.planreader.doubts import doubts_of
from nhipcau.core.planreader.evidence import FIELDS, Signs, signs_of
from nhipcau.core.planreader.hardship import HARDSHIPS, suffer
from nhipcau.core.planreader.reading import laid_out, read_page
from nhipcau.core.planreader.rows import source_from_text
from nhipcau.core.planreader.schema import Task

AS_IT_IS, POOLED = "as-it-is", "hardships, pooled"


@dataclass(slots=True)
class Case:
    """One task of one reading that the hand-made reading has too."""

    document: str
    hardship: str
    task: str
    signs: Signs
    wrong: frozenset[str]
    doubts: frozenset[str]
    nobody: bool


def gold_files(shared: Path, more: Path | None = None) -> list[Path]:
    """The hand-made readings with tasks, below `shared`/plans and in another folder."""
    plans = shared / "plans"
    found = [*sorted(plans.glob("*.gold.json")), *sorted((plans / "others").glob("*.gold.json"))]
    found += sorted(more.glob("*.gold.json")) if more is not None else []
    return [path for path in found if "tasks" in json.loads(path.read_text(encoding="utf-8"))]


def text_beside(gold: Path, shared: Path) -> str:
    """The text of a hand-made reading: beside it, or among the other plans; a repaired one first."""
    name = gold.name.removesuffix(".gold.json")
    folders = (gold.parent, shared / "plans" / "others")
    for path in (folder / f"{name}{end}" for folder in folders for end in (".repaired.txt", ".txt")):
        if path.exists():
            return path.read_text(encoding="utf-8")
    raise FileNotFoundError(f"{name}.txt")


def cases_of(
    scorer: Any, shared: Path, more: Path | None = None, hardships: tuple[str, ...] = (), seeds: int = 1
) -> Iterator[Case]:
    """Every case: the texts as they are, and after each of the hardships with each of so many seeds."""
    for gold in gold_files(shared, more):
        wanted = json.loads(gold.read_text(encoding="utf-8"))["tasks"]
        text = text_beside(gold, shared)
        name = gold.name.removesuffix(".gold.json")
        yield from compared(scorer, text, wanted, (name, AS_IT_IS))
        for hardship in hardships or tuple(HARDSHIPS):
            for seed in range(1, seeds + 1):
                yield from compared(scorer, suffer(text, hardship, seed), wanted, (name, hardship))


def compared(scorer: Any, text: str, wanted: list[dict[str, Any]], where: tuple[str, str]) -> Iterator[Case]:
    """The cases of one text: its reading beside the tasks of the hand-made one."""
    reading = read_page(*laid_out(source_from_text(text)))
    tasks = reading["tasks"]
    signs = signs_of(reading["text"], reading["blocks"], tasks)
    by_task = {id(task): sign for task, sign in zip(tasks, signs, strict=True)}
    for task, gold in scorer.match_tasks(tasks, wanted):
        wrong = frozenset(field for field in FIELDS if _differs(scorer, field, task, gold))
        here, nobody = by_task[id(task)], not task["agencies"]
        yield Case(*where, task["id"], here, wrong, frozenset(doubts_of(here, nobody)), nobody)


def _differs(scorer: Any, field: str, task: Task, gold: dict[str, Any]) -> bool:
    if field != "agencies":
        return bool(task[field] != gold.get(field))  # type: ignore[literal-required]
    return set(map(scorer.norm, task["agencies"])) != set(map(scorer.norm, gold.get("agencies") or []))


@dataclass(slots=True)
class Figures:
    """Counts of one group of cases."""

    wrong: int = 0
    flagged: int = 0
    tasks: int = 0
    marked: int = 0

    def add(self, case: Case, doubts: Iterable[str]) -> None:
        """Count a case with the doubts that it got."""
        named = set(doubts)
        self.wrong += len(case.wrong)
        self.flagged += len(case.wrong & named)
        self.tasks += 1
        self.marked += bool(named)

    @property
    def flagged_share(self) -> float | None:
        """The share of the wrong fields that are flagged."""
        return self.flagged / self.wrong if self.wrong else None

    @property
    def marked_share(self) -> float:
        """The share of the tasks that carry a flag."""
        return self.marked / max(1, self.tasks)


def groups_of(case: Case) -> tuple[str, ...]:
    """The rows of the table that a case counts in."""
    return (case.hardship,) if case.hardship == AS_IT_IS else (case.hardship, POOLED)


def measured(cases: Iterable[Case]) -> dict[str, Figures]:
    """The figures of the doubts that the reader itself gives, by hardship and pooled."""
    out: dict[str, Figures] = {}
    for case in cases:
        for group in groups_of(case):
            out.setdefault(group, Figures()).add(case, case.doubts)
    return out


def show(table: dict[str, Figures]) -> str:
    """The figures as text, the pooled row last."""
    lines = [f"{'':<24}{'tasks':>7} {'wrong':>7} {'flagged':>8} {'marked':>8}"]
    for name in sorted(table, key=lambda group: (group == POOLED, group != AS_IT_IS)):
        row = table[name]
        share = "n/a" if row.flagged_share is None else f"{row.flagged_share:.3f}"
        lines.append(f"{name:<24}{row.tasks:7} {row.wrong:7} {share:>8} {row.marked_share:8.3f}")
    return "\n".join(lines)
