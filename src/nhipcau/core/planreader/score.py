"""The score table: how well the engine reads the plans in ../shared/plans, by ../shared/tools/score_plan.py.

python -m nhipcau.core.planreader.score [--misses] [--shared DIR] [--plan NAME] [--json] [--damage NAME]
    [--doubts] [--floor]
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nhipcau.core.planreader import doubt_cases
from nhipcau.core.planreader.damage import DAMAGES
from nhipcau.core.planreader.hardship import HARDSHIPS, suffer
from nhipcau.core.planreader.reading import read_text

Damage = Callable[[str], str]
FIVE = ("angiang-2024", "binhdinh-2024", "cantho-2025", "hanoi-2024", "hatinh-2020")
FIGURES = (
    "header", "recipients", "citations", "citation_dates", "sections", "tasks", "spans", "ids", "scope",
    "agencies", "role", "with", "due", "reporting", "flagged", "flags",
)  # fmt: skip


def shared_folder(given: str | None = None) -> Path:
    """Where the plans lie: `given`, NHIPCAU_SHARED, or the folder `shared` beside the checkout."""
    if given or os.environ.get("NHIPCAU_SHARED"):
        return Path(given or os.environ["NHIPCAU_SHARED"])
    return Path(__file__).resolve().parents[4].parent / "shared"


def load_scorer(shared: Path) -> Any:
    """The scoring tool as a module."""
    spec = importlib.util.spec_from_file_location("score_plan", shared / "tools" / "score_plan.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def plan_files(shared: Path) -> dict[str, list[Path]]:
    """The gold files by column: the five plans, the full ones of others/, those with a header only."""
    plans = shared / "plans"
    others = sorted((plans / "others").glob("*.gold.json"))
    full = [g for g in others if "tasks" in json.loads(g.read_text(encoding="utf-8"))]
    return {
        "five": [plans / f"{name}.gold.json" for name in FIVE],
        "others": full,
        "headers": [g for g in others if g not in full],
    }


def text_of(gold: Path) -> str:
    """The text that a gold file belongs to, with its letters right: the repaired one where there is one."""
    repaired = gold.with_name(f"{gold.name.removesuffix('.gold.json')}.repaired.txt")
    return repaired.read_text(encoding="utf-8") if repaired.exists() else raw_text_of(gold)


def raw_text_of(gold: Path) -> str:
    """The text that a gold file belongs to, as it arrived."""
    return gold.with_name(f"{gold.name.removesuffix('.gold.json')}.txt").read_text(encoding="utf-8")


def measure(shared: Path, damage: Damage | None = None, only: str | None = None) -> dict[str, dict[str, Any]]:
    """Figures per plan and pooled per column: name -> {"figures": …, "misses": …}."""
    scorer = load_scorer(shared)
    table: dict[str, dict[str, Any]] = {}
    for column, golds in plan_files(shared).items():
        pooled = scorer.Tally()
        for path in golds:
            name = path.name.removesuffix(".gold.json")
            if only and only not in name:
                continue
            gold = json.loads(path.read_text(encoding="utf-8"))
            text = raw_text_of(path)
            reading = json.loads(json.dumps(read_text(damage(text) if damage else text)))
            one = scorer.Tally()
            scorer.score_into(one, reading, gold)
            scorer.score_into(pooled, reading, gold, f"{name} ")
            table[name] = {"figures": one.figures(), "misses": dict(one.miss)}
        table[column] = {"figures": pooled.figures(), "misses": dict(pooled.miss)}
    return table


def show(table: dict[str, dict[str, Any]]) -> str:
    """The table as text, one row a plan, pooled rows last in their column."""
    lines = [" " * 16 + " ".join(f"{f[:8]:>8}" for f in FIGURES)]
    for name, row in table.items():
        cells = [row["figures"].get(f) for f in FIGURES]
        if any(c is not None for c in cells):
            mark = "= " if name in ("five", "others", "headers") else "  "
            lines.append(f"{mark}{name:<14}" + " ".join(" " * 8 if c is None else f"{c:8.3f}" for c in cells))
    return "\n".join(lines)


# Of the tasks of a column, how many may be marked as doubtful: more marks would tell a reader nothing.
MOST_FLAGS = 0.2
FLOOR = Path(__file__).parent / "tests" / "score_floor.json"
DOUBT_FLOOR = FLOOR.with_name("doubt_floor.json")


def measure_doubts(shared: Path) -> dict[str, doubt_cases.Figures]:
    """How many wrong fields the reader flags, on the texts as they are and after each hardship."""
    return doubt_cases.measured(doubt_cases.cases_of(load_scorer(shared), shared))


def write_doubt_floor(table: dict[str, doubt_cases.Figures]) -> None:
    """Keep the shares of flagged fields, cut to two places, as the least that the tests allow."""
    shares = {k: row.flagged_share for k, row in table.items()}
    kept = {k: int(share * 100) / 100 for k, share in shares.items() if share is not None}
    DOUBT_FLOOR.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def damage_named(name: str | None) -> Damage | None:
    """The damage or hardship of that name."""
    if name is None:
        return None
    return DAMAGES.get(name) or (lambda text: suffer(text, name))


def write_floor(table: dict[str, dict[str, Any]]) -> None:
    """Keep the figures, cut to three places, as the least that the tests allow."""
    figures = {
        name: {
            k: int(v * 1000) / 1000
            for k, v in row["figures"].items()
            if v is not None and not k.startswith("flag")
        }
        for name, row in table.items()
    }
    FLOOR.write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Print the table; with --misses what differs."""
    parser = argparse.ArgumentParser(
        prog="python -m nhipcau.core.planreader.score", description="Score the plan reader."
    )
    parser.add_argument("--shared", help="the folder with plans/ and tools/")
    parser.add_argument("--plan", help="only plans with this in their name")
    parser.add_argument("--misses", action="store_true", help="list what differs")
    parser.add_argument("--damage", choices=sorted({*DAMAGES, *HARDSHIPS}), help="spoil the texts first")
    parser.add_argument(
        "--doubts", action="store_true", help="how many wrong fields are flagged, by hardship"
    )
    parser.add_argument(
        "--floor", action="store_true", help="write the figures as the least that tests allow"
    )
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    args = parser.parse_args(arguments)
    shared = shared_folder(args.shared)
    if not (shared / "plans").is_dir():
        sys.stdout.write(f"No plans in {shared}: give --shared DIR or set NHIPCAU_SHARED.\n")
        return 1
    if args.doubts:
        figures = measure_doubts(shared)
        sys.stdout.write(doubt_cases.show(figures) + "\n")
        if args.floor:
            write_doubt_floor(figures)
        return 0
    table = measure(shared, damage_named(args.damage), args.plan)
    if args.misses:
        columns = {k: v for k, v in table.items() if k in ("five", "others", "headers")}
        misses = {c: {k: v for k, v in row["misses"].items() if v} for c, row in columns.items()}
        sys.stdout.write(json.dumps(misses, ensure_ascii=False, indent=1, default=str) + "\n")
    if args.floor and not args.damage and not args.plan:
        write_floor(table)
    if args.json:
        sys.stdout.write(json.dumps({k: v["figures"] for k, v in table.items()}) + "\n")
    else:
        sys.stdout.write(show(table) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
