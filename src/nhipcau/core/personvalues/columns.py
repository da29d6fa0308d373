"""Where the table of a sheet begins, and what each of its columns holds: guesses, to be corrected."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from nhipcau.core.personvalues.contents import FITTING, Cells, by_cells, look
from nhipcau.core.personvalues.countries import Countries
from nhipcau.core.personvalues.headings import Match, match
from nhipcau.core.personvalues.small_values import GROUPS
from nhipcau.core.personvalues.tidying import one_line, tidy
from nhipcau.core.text import fold

SEARCHED_ROWS, MOST_COLUMNS, LOOKED_AT = 40, 200, 400
LEAST_CERTAIN = 0.35
_NUMBERING = re.compile(r"\(?(?:\d{1,3}|[a-zđ])\)?\.?(?:\s*=\s*.*)?", re.IGNORECASE)
_FIGURES = re.compile(r"\d")
_DATA = re.compile(r"\d{4,}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|@|^\d+$")
TICKED = frozenset(f"group_{group}" for group in GROUPS)
Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Column:
    """`field` is empty for a column that is not taken; `left_out` says why where that is a rule.

    `by`: "heading", "contents" or "". `certainty` 0 to 1.
    """

    index: int
    heading: str
    field: str
    certainty: float
    by: str
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """`heading_rows` are indexes into the rows given, `first` that of the first row of data."""

    heading_rows: tuple[int, ...]
    first: int
    columns: tuple[Column, ...]

    def column(self, field: str) -> Column | None:
        """The column that holds the field."""
        return next((each for each in self.columns if each.field == field), None)

    @property
    def certainty(self) -> float:
        """How certain the least certain column is that people are told apart by."""
        told = [each.certainty for each in self.columns if each.field in ("name", "given_name", "birth")]
        return min(told, default=0.0)


def guess_columns(rows: Rows, *, today: date, countries: Countries | None = None) -> Table:
    """The table in the rows of a sheet: headings below a title block, of up to three rows, or none at all."""
    heads = _heading_rows(rows)
    first = _first_row(rows, heads)
    width = min(MOST_COLUMNS, max((len(row) for row in rows[: first + LOOKED_AT]), default=0))
    body = rows[first : first + LOOKED_AT]
    columns = []
    for index in range(width):
        above, heading = _heading_of(rows, heads, index)
        cells = look([row[index] for row in body if index < len(row)], today=today, countries=countries)
        columns.append(_column(index, above, heading, cells))
    return Table(heads, first, tuple(_each_once(_together(columns))))


def _heading_rows(rows: Rows) -> tuple[int, ...]:
    scores = [_score(row) for row in rows[:SEARCHED_ROWS]]
    if not scores or max(scores) < 1.5:
        return _strange_heading(rows)
    best = max(range(len(scores)), key=lambda index: (scores[index], -index))
    heads = [best]
    if best and _spans(rows[best - 1], rows[best]) and scores[best - 1] > 0.3:
        heads.insert(0, best - 1)
    for _ in range(2):
        last = heads[-1]
        if last + 1 < len(rows) and len(heads) < 3 and _is_second(rows[last], rows[last + 1]):
            heads.append(last + 1)
    return tuple(heads)


def _strange_heading(rows: Rows) -> tuple[int, ...]:
    """A row of words that nobody knows as headings: none has figures, and below each column that has some the
    cells do."""
    first = _first_row(rows, ())
    if first + 1 >= len(rows):
        return ()
    head, body = rows[first], rows[first + 1 : first + LOOKED_AT]
    words = [one_line(tidy(cell)) for cell in head]
    if len(set(words)) < len(words) or not all(words) or any(_FIGURES.search(word) for word in words):
        return ()
    for index in range(len(words)):
        cells = [row[index] for row in body if index < len(row) and row[index].strip()]
        if cells and sum(bool(_FIGURES.search(cell)) for cell in cells) > 0.6 * len(cells):
            return (first,)
    return ()


def _score(row: Sequence[str]) -> float:
    """How much a row looks like headings: what its cells match, less what looks like a value."""
    total, told = 0.0, 0
    for cell in row[:MOST_COLUMNS]:
        text = one_line(tidy(cell))
        if not text:
            continue
        told += 1
        found = match(text)
        if found.certainty > 0.5 and not _DATA.search(text):
            total += found.certainty
        elif _DATA.search(text):
            total -= 0.5
    return total if told > 1 else 0.0


def _spans(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether the upper row has headings where the lower one is empty, or over several of it."""
    told = [index for index, cell in enumerate(upper) if cell.strip()]
    if len(told) < 2:
        return False
    return any(index >= len(lower) or not lower[index].strip() for index in told)


def _is_second(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether the lower row is a second row of headings: below merged cells, no values."""
    told = [index for index, cell in enumerate(lower) if cell.strip()]
    if not told or any(_DATA.search(lower[index]) for index in told):
        return False
    fitting = [index for index in told if match(lower[index]).certainty > 0.5]
    gaps = sum(index >= len(upper) or not upper[index].strip() for index in told)
    left = sum(
        1
        for index, cell in enumerate(upper)
        if cell.strip() and (index >= len(lower) or not lower[index].strip())
    )
    return bool(gaps) and left > 0 and len(fitting) >= max(1, len(told) // 2)


def _first_row(rows: Rows, heads: tuple[int, ...]) -> int:
    if not heads:
        wide = [sum(bool(cell.strip()) for cell in row) for row in rows[:SEARCHED_ROWS]]
        most = max(wide, default=0)
        return next((index for index, count in enumerate(wide) if count > 1 and count >= most / 2), 0)
    first = heads[-1] + 1
    while first < len(rows) and _is_numbering(rows[first]):
        first += 1
    return first


def _is_numbering(row: Sequence[str]) -> bool:
    """ "(1) (2) (3)", "A B 1 2", below the headings; the first row of data is longer than its number."""
    told = [cell.strip() for cell in row if cell.strip()]
    if len(told) < 2 or not all(_NUMBERING.fullmatch(cell) for cell in told):
        return not told
    return len({fold(cell) for cell in told}) == len(told)


def _heading_of(rows: Rows, heads: tuple[int, ...], index: int) -> tuple[str, str]:
    """(what stands above, the column's own heading)."""
    if not heads:
        return "", ""
    own = [_cell(rows[head], index) for head in heads]
    if len(heads) == 1:
        return "", own[0]
    heading = next((cell for cell in reversed(own) if cell), "")
    if not own[-1] and len([cell for cell in own if cell]) <= 1:
        return "", heading
    upper = own[:-1]
    above = next((cell for cell in reversed(upper) if cell), "") or _carried(rows[heads[0]], index)
    return (above, own[-1]) if own[-1] else ("", heading)


def _carried(row: Sequence[str], index: int) -> str:
    """The heading that a merged cell to the left spreads over the column."""
    for left in range(min(index, len(row) - 1), -1, -1):
        if row[left].strip():
            return one_line(tidy(row[left]))
    return ""


def _cell(row: Sequence[str], index: int) -> str:
    return one_line(tidy(row[index])) if index < len(row) else ""


def _column(index: int, above: str, heading: str, cells: Cells) -> Column:
    found = match(heading, above)
    shown = f"{above}: {heading}" if above and heading else heading or above
    if found.left_out:
        return Column(index, shown, "", found.certainty, "heading", found.left_out)
    if found.field and found.certainty >= LEAST_CERTAIN:
        return _fitted(Column(index, shown, found.field, found.certainty, "heading"), found, cells)
    field, certainty, left_out = by_cells(cells)
    if not field and not left_out:
        return Column(index, shown, "", 0.0, "")
    return Column(index, shown, field, certainty if not heading else certainty * 0.8, "contents", left_out)


def _fitted(column: Column, found: Match, cells: Cells) -> Column:
    """The heading's field, surer or less sure by what the cells are; another one where they are that."""
    if cells.filled < 2:
        return column
    if column.field == "phone" and found.certainty <= 0.5 and cells.share("people") > 0.7:
        return replace(column, field="", certainty=0.8, by="contents", left_out="ethnicity")
    if column.field in ("sex_male", "sex_female") and cells.share("year") + cells.share("birth") > 1.2:
        return replace(column, field=column.field.replace("sex", "birth"), certainty=0.85)
    if column.field == "birth_male" and cells.share("mark") > 0.7:
        return replace(column, field="sex_male")
    if column.field == "given_name" and cells.share("name") > 0.8:
        return replace(column, field="name", certainty=0.8)
    if column.field in TICKED and cells.share("mark") < 0.5:
        if cells.share("group") > 0.6:
            return replace(column, field="group", certainty=0.6)
        # Neither ticks nor groups: what the cells are, else a question to the sender.
        field, certainty, left_out = by_cells(cells)
        return replace(column, field=field, certainty=certainty * 0.7, by="contents", left_out=left_out)
    kind = FITTING.get(column.field)
    if kind is None or cells.share(kind) >= 0.3 or _near_enough(column.field, cells):
        return column
    field, certainty, left_out = by_cells(cells)
    if (field or left_out) and certainty > 0.6 and column.certainty < 0.9:
        return replace(column, field=field, certainty=certainty * 0.7, by="contents", left_out=left_out)
    return replace(column, certainty=round(column.certainty * 0.6, 3))


def _near_enough(field: str, cells: Cells) -> bool:
    """Numbers of cards and passports share a column; foreign numbers are no Vietnamese ones."""
    if field in ("identity_number", "passport_number"):
        return cells.share("identity") + cells.share("passport") >= 0.3
    return field in ("name", "relative_name", "row_number", "phone", "relative_phone")


def _together(columns: list[Column]) -> list[Column]:
    """Columns that only mean something beside another: "Nam" alone is a year where no "Nữ" is there."""
    fields = {column.field for column in columns}
    at_home = {
        column.heading.partition(": ")[0] for column in columns if column.field in ("commune", "district")
    }
    for at, column in enumerate(columns):
        if column.field == "birth_male" and "birth_female" not in fields:
            columns[at] = replace(column, field="birth" if "birth_month" not in fields else "birth_year")
        elif column.field == "birth_year" and not {"birth_month", "birth_day"} & fields:
            columns[at] = replace(column, field="birth")
        elif column.field == "city" and column.heading.partition(": ")[0] in at_home:
            # "Nơi cư trú: Xã, Huyện, Thành phố" is a place in the country.
            columns[at] = replace(column, field="province")
        elif column.field in ("birth_day", "birth_month") and "birth_year" not in fields:
            columns[at] = replace(column, field="", certainty=0.0)
        elif column.field == "family_and_middle" and "given_name" not in fields:
            columns[at] = replace(column, field="name" if "name" not in fields else "", certainty=0.6)
        elif column.field == "given_name" and not {"family_and_middle"} & fields:
            columns[at] = replace(
                column, field="name" if "name" not in fields else "other_name", certainty=0.5
            )
    return columns


def _each_once(columns: list[Column]) -> list[Column]:
    """A field in one column: the surest; the others are not taken, for the sender to say."""
    best: dict[str, Column] = {}
    for column in columns:
        if column.field and (column.field not in best or column.certainty > best[column.field].certainty):
            best[column.field] = column
    return [
        column
        if not column.field or best[column.field] is column
        else replace(column, field="", certainty=0.0)
        for column in columns
    ]
