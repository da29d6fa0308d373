"""What each sign of doubt is worth: fitted to hand-made readings, and tried on documents left out.

python -m nhipcau.core.planreader.calibrate [--shared DIR] [--readings DIR] [--seeds N] [--write]

For each field a logistic regression over its signs: a base, and for each sign a weight that is never below
zero (a sign never speaks for the reading). The weights are drawn towards what one expects of the sign before
any case is seen (EXPECTED), the more the fewer cases there are, so that a sign that one document shows is
neither ignored nor believed too much. What is printed was measured with each document left out in turn: its
fields are judged by weights that were fitted without it.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from nhipcau.core.planreader.doubt_cases import AS_IT_IS, Case, Figures, cases_of, groups_of, show
from nhipcau.core.planreader.doubts import Table, doubts_of
from nhipcau.core.planreader.evidence import FIELDS
from nhipcau.core.planreader.score import load_scorer, shared_folder

STRONG = frozenset(
    {
        "another-told", "from-line", "general-in-assigning", "open-bracket", "body-line-before", "head-names",
        "field-not-taken", "line-between", "word-elsewhere", "dangles", "one-word", "name-goes-on",
        "strange-spelling", "later-clause", "clause-in-name", "field-words", "nobody-named",
    }
)  # fmt: skip
WEAK = frozenset(
    {
        "late", "unlike-beside", "more-than-name", "collective", "assigned-in-general", "row-anew",
        "line-swallowed", "others-act", "word-damaged", "word-not-taken", "many", "body-above",
    }
)  # fmt: skip
EXPECTED_STRONG, EXPECTED, EXPECTED_WEAK = 3.0, 1.5, 0.7
# How many cases the expectation counts as; how many times a reading of an undamaged text counts.
HOLD, UNDAMAGED = 4.0, 8.0
BASE, ROUNDS = -5.0, 60
Pattern = frozenset[str]


def expected(sign: str) -> float:
    """The weight that a sign is expected to have."""
    return EXPECTED_STRONG if sign in STRONG else EXPECTED_WEAK if sign in WEAK else EXPECTED


@dataclass(slots=True)
class Counted:
    """Cases with the same signs: how many, and how many of them are wrong."""

    total: float = 0.0
    wrong: float = 0.0


def counted(cases: Iterable[Case], field: str) -> dict[Pattern, Counted]:
    """The cases by their signs for a field."""
    out: dict[Pattern, Counted] = defaultdict(Counted)
    for case in cases:
        weight = UNDAMAGED if case.hardship == AS_IT_IS else 1.0
        here = out[frozenset(case.signs[field])]
        here.total += weight
        here.wrong += weight * (field in case.wrong)
    return dict(out)


class Fit:
    """The regression for one field: each weight moved in turn to where the rest wants it."""

    def __init__(self, patterns: dict[Pattern, Counted]) -> None:
        self.cells = list(patterns.values())
        names = sorted({sign for pattern in patterns for sign in pattern})
        self.weights = {name: expected(name) for name in names}
        self.holding: dict[str, list[int]] = {name: [] for name in names}
        for i, pattern in enumerate(patterns):
            for sign in pattern:
                self.holding[sign].append(i)
        self.base = BASE
        self.sums = [BASE + sum(map(expected, pattern)) for pattern in patterns]

    def run(self) -> tuple[float, dict[str, float]]:
        """The base and the weights."""
        everywhere = range(len(self.cells))
        for _ in range(ROUNDS):
            self.base += self._move(everywhere, 0.0, 1e-6)
            for name, where in self.holding.items():
                here = self.weights[name]
                step = self._move(where, HOLD * (here - expected(name)), HOLD, least=-here)
                self.weights[name] = here + step
        return self.base, self.weights

    def _move(self, where: Sequence[int], slope: float, bend: float, least: float = -1.0) -> float:
        """One step of Newton's method along one weight, at most 1; the sums follow."""
        for i in where:
            chance = 1.0 / (1.0 + math.exp(-self.sums[i]))
            cell = self.cells[i]
            slope += cell.total * chance - cell.wrong
            bend += cell.total * chance * (1.0 - chance)
        step = max(-1.0, least, min(1.0, -slope / bend))
        for i in where:
            self.sums[i] += step
        return step


def fitted(cases: Sequence[Case]) -> Table:
    """The table of weights for all fields."""
    found = {field: Fit(counted(cases, field)).run() for field in FIELDS}
    return {field: found[field][0] for field in FIELDS}, {field: found[field][1] for field in FIELDS}


def left_out(cases: Sequence[Case]) -> dict[str, Figures]:
    """Figures by hardship, each document judged by weights that were fitted without it."""
    out: dict[str, Figures] = defaultdict(Figures)
    for name in sorted({case.document for case in cases}):
        table = fitted([case for case in cases if case.document != name])
        for case in cases:
            if case.document == name:
                doubts = doubts_of(case.signs, case.nobody, table)
                for group in groups_of(case):
                    out[group].add(case, doubts)
    return dict(out)


def as_module(table: Table) -> str:
    """The table as the module `doubt_weights`."""
    base, weights = table
    lines = [
        '"""What each sign of doubt is worth; written by `calibrate --write`, which says how it is made."""',
        "",
        "BASE: dict[str, float] = {",
        *(f'    "{field}": {base[field]:.2f},' for field in FIELDS),
        "}",
        "WEIGHTS: dict[str, dict[str, float]] = {",
    ]
    for field in FIELDS:
        lines.append(f'    "{field}": {{')
        ordered = sorted(weights[field].items(), key=lambda item: (-round(item[1], 2), item[0]))
        lines += [f'        "{sign}": {weight:.2f},' for sign, weight in ordered if weight >= 0.005]
        lines.append("    },")
    return "\n".join([*lines, "}", ""])


def main(arguments: list[str] | None = None) -> int:
    """Fit, print the figures of documents left out, write the table when asked."""
    parser = argparse.ArgumentParser(
        prog="python -m nhipcau.core.planreader.calibrate", description="Weigh the signs of doubt."
    )
    parser.add_argument("--shared", help="the folder with plans/ and tools/")
    parser.add_argument("--readings", type=Path, help="a folder with more hand-made readings (*.gold.json)")
    parser.add_argument("--seeds", type=int, default=2, help="how often each hardship is tried")
    parser.add_argument("--write", action="store_true", help="write the table that the reader uses")
    args = parser.parse_args(arguments)
    shared = shared_folder(args.shared)
    if not (shared / "plans").is_dir():
        sys.stdout.write(f"No plans in {shared}: give --shared DIR or set NHIPCAU_SHARED.\n")
        return 1
    cases = list(cases_of(load_scorer(shared), shared, args.readings, seeds=args.seeds))
    documents = Counter(case.document for case in cases)
    sys.stdout.write(f"{len(documents)} documents, each left out in turn\n")
    sys.stdout.write(show(left_out(cases)) + "\n")
    if args.write:
        target = Path(__file__).with_name("doubt_weights.py")
        target.write_text(as_module(fitted(cases)), encoding="utf-8")
        sys.stdout.write(f"Written: {target}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
