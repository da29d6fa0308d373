"""Ruled tables: lines that touch form a grid, the grid has cells, glyphs belong to the cell they stand in."""

from __future__ import annotations

from dataclasses import dataclass

from nhipcau.core.planreader.formats.layout.fragments import Fragment, rows_of
from nhipcau.core.planreader.formats.layout.tables import Table

NEAR = 3.5
MOST_RULES = 6_000
MOST_CELLS = 4_000


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across (y equal) or down (x equal), in points from the top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def across(self) -> bool:
        return self.right - self.left > self.bottom - self.top


def find_tables(rules: list[Rule], fragments: list[Fragment]) -> tuple[list[Table], list[Fragment]]:
    """Tables of at least two columns with their text, and the fragments outside them."""
    tables: list[Table] = []
    rest = fragments
    if len(rules) > MOST_RULES:
        return [], rest
    for group in _groups(rules):
        grid = Grid(group)
        if not grid.is_table():
            continue
        inside = [f for f in rest if grid.holds(f)]
        if not any(not f.blank for f in inside):
            continue
        kept = {id(f) for f in inside}
        rest = [f for f in rest if id(f) not in kept]
        tables.append(grid.table(inside))
    return tables, rest


def _groups(rules: list[Rule]) -> list[list[Rule]]:
    """Rules that touch each other, found by merging their boxes."""
    parent = list(range(len(rules)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    order = sorted(range(len(rules)), key=lambda i: rules[i].top)
    for place, i in enumerate(order):
        for j in order[place + 1 :]:
            if rules[j].top > rules[i].bottom + NEAR:
                break
            if rules[j].left <= rules[i].right + NEAR and rules[i].left <= rules[j].right + NEAR:
                parent[root(j)] = root(i)
    groups: dict[int, list[Rule]] = {}
    for i, rule in enumerate(rules):
        groups.setdefault(root(i), []).append(rule)
    return list(groups.values())


def _steps(values: list[float]) -> list[float]:
    """Distinct positions, near ones taken together."""
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > NEAR:
            out.append(value)
    return out


class Grid:
    """The positions of a group's lines and which walls stand between neighbouring fields."""

    def __init__(self, rules: list[Rule]) -> None:
        self.across = [r for r in rules if r.across]
        self.down = [r for r in rules if not r.across]
        self.xs = _steps([r.left for r in self.down])
        self.ys = _steps([r.top for r in self.across])

    def is_table(self) -> bool:
        """At least two columns and one row, of sensible number."""
        columns, rows = len(self.xs) - 1, len(self.ys) - 1
        return columns >= 2 and rows >= 1 and columns * rows <= MOST_CELLS

    def holds(self, f: Fragment) -> bool:
        """Whether a fragment stands inside the outer lines."""
        x, y = (f.left + f.right) / 2, f.base - 0.3 * f.size
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def table(self, fragments: list[Fragment]) -> Table:
        """Cells with text, merged fields as one, from top to bottom and left to right."""
        owner = self._owners()
        texts: dict[tuple[int, int], list[Fragment]] = {}
        for f in fragments:
            row = _index(self.ys, f.base - 0.3 * f.size)
            column = _index(self.xs, (f.left + f.right) / 2)
            texts.setdefault(owner[row, column], []).append(f)
        table = Table(self.ys[0], self.ys[-1], edges=tuple(self.xs))
        for (row, column), inside in sorted(texts.items()):
            rows = rows_of(inside)
            if rows:
                last = max(c for (r, c), own in owner.items() if own == (row, column))
                table.cells.append((row, column, rows, self.xs[last + 1]))
        return table

    def _owners(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Each field's cell, named by its first field: fields without a wall between them are one cell."""
        rows, columns = len(self.ys) - 1, len(self.xs) - 1
        owner: dict[tuple[int, int], tuple[int, int]] = {}
        for row in range(rows):
            for column in range(columns):
                owner[row, column] = (row, column)
                if column and not self._wall_left(row, column):
                    owner[row, column] = owner[row, column - 1]
                elif row and not self._wall_above(row, column):
                    owner[row, column] = owner[row - 1, column]
        return owner

    def _wall_left(self, row: int, column: int) -> bool:
        y = (self.ys[row] + self.ys[row + 1]) / 2
        x = self.xs[column]
        return any(abs(r.left - x) <= NEAR and r.top <= y <= r.bottom for r in self.down)

    def _wall_above(self, row: int, column: int) -> bool:
        x = (self.xs[column] + self.xs[column + 1]) / 2
        y = self.ys[row]
        return any(abs(r.top - y) <= NEAR and r.left <= x <= r.right for r in self.across)


def _index(steps: list[float], value: float) -> int:
    """The field that holds a position."""
    for i in range(len(steps) - 2):
        if value < steps[i + 1]:
            return i
    return len(steps) - 2
