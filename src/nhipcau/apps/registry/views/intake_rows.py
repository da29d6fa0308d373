"""How rows, columns and findings of a list are shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhipcau.apps.accounts.models import User
from nhipcau.apps.reference.models import Country
from nhipcau.apps.registry.forms.partial import as_written
from nhipcau.apps.registry.intakes.layouts import NAMES
from nhipcau.apps.registry.intakes.remarks import sentence
from nhipcau.apps.registry.models import Intake, IntakeRow
from nhipcau.apps.registry.reach import sees_all
from nhipcau.apps.webkit.formats import format_number
from nhipcau.apps.webkit.markup import bilingual
from nhipcau.core.personvalues import FIELDS, LEFT_OUT

Finding = IntakeRow.Finding
# What somebody else's list says of a person is not told to who may not read it.
TO_OTHERS = {Finding.PROBABLE.value: Finding.NEW.value}


@dataclass(frozen=True, slots=True)
class Line:
    """A row to look at: `said` are (heading of the column, words)."""

    number: int
    sheet: str
    name: str
    about: str
    finding: str
    label: str
    said: list[tuple[str, str | SafeString]]
    person: int | None


def findings(intake: Intake, *, knows: bool) -> tuple[dict[str, list[str]], dict[str, int]]:
    """Shown finding → kept findings, and how many rows of each shown one."""
    shown: dict[str, list[str]] = {}
    counts: dict[str, int] = {}
    for value in Finding.values:
        under = value if knows else TO_OTHERS.get(value, value)
        shown.setdefault(under, []).append(value)
        counts[under] = counts.get(under, 0) + int(intake.counts.get(value, 0))
    return shown, counts


def heading(intake: Intake, counts: dict[str, int]) -> str:
    """What became of the list, or what it waits for."""
    state = Intake.State(intake.state)
    if state == Intake.State.CONFIRMED:
        return _("This list is in the register")
    if state == Intake.State.UNDONE:
        return _("This list was taken back")
    if state == Intake.State.DROPPED:
        return _("This list was dropped")
    wrong, total = counts.get(Finding.WRONG, 0), sum(counts.values())
    if wrong:
        return ngettext("%(n)s of %(total)s rows is wrong", "%(n)s of %(total)s rows are wrong", wrong) % {
            "n": format_number(wrong),
            "total": format_number(total),
        }
    return ngettext("%(n)s row, nothing wrong", "%(n)s rows, nothing wrong", total) % {
        "n": format_number(total)
    }


def lines(intake: Intake, rows: Iterable[IntakeRow], *, user: User, language: str) -> list[Line]:
    """The rows of a page."""
    sheets = {sheet["index"]: sheet for sheet in intake.sheets}
    knows, current = sees_all(user), Country.objects.visible_to(user).current()
    countries = dict(current.values_list("code", name_of_country(language)))
    found = []
    for row in rows:
        sheet = sheets.get(row.sheet, {"name": "", "headings": []})
        meaning = row.meaning
        finding = row.finding if knows else TO_OTHERS.get(row.finding, row.finding)
        country = meaning.get("country", "")
        about = (
            as_written(meaning.get("birth", "")),
            meaning.get("place_text", ""),
            countries.get(country, country),
        )
        found.append(
            Line(
                number=row.number,
                sheet=sheet["name"] if len(sheets) > 1 else "",
                name=meaning.get("name") or _written_name(row.cells, sheet.get("columns", {})),
                about=", ".join(each for each in about if each),
                finding=finding,
                label=str(Finding(finding).label),
                said=[_said(each, sheet["headings"], language) for each in row.remarks],
                # Who only sent the list reads the person's page where she may, by her own ways.
                person=row.person_id if knows else None,
            )
        )
    return found


def name_of_country(language: str) -> str:
    """The column of its name in the reader's language."""
    return "name" if language.startswith("vi") else "name_en"


def _written_name(cells: list[str], columns: dict[str, int]) -> str:
    """What stands where the name should, of a row whose name was not understood."""
    places = [columns[field] for field in NAMES if field in columns]
    return " ".join(cells[at] for at in places if at < len(cells) and cells[at])


def _said(remark: dict[str, Any], headings: list[str], language: str) -> tuple[str, str | SafeString]:
    words, both = sentence(remark, language)
    place = remark["column"]
    return headings[place] if 0 <= place < len(headings) else "", bilingual(words) if both else words


def _first_cells(intake: Intake, sheet: dict[str, Any]) -> list[list[str]]:
    """A few cells of each column, of a list whose rows are kept."""
    rows = list(intake.rows.filter(sheet=sheet["index"]).values_list("cells", flat=True)[:3])
    return [
        [row[place][:40] for row in rows if place < len(row) and row[place]]
        for place in range(len(sheet["headings"]))
    ]


def columns_of(intake: Intake, language: str, *, all_columns: bool = False) -> list[dict[str, Any]]:
    """By sheet, its columns with what they hold; without `all_columns` only those that are never kept."""
    vietnamese = language.startswith("vi")
    fields = [(field.code, field.vi if vietnamese else field.en) for field in FIELDS]
    found = []
    for sheet in intake.sheets:
        taken = {place: field for field, place in sheet["columns"].items()}
        columns = []
        samples = (sheet.get("samples") or _first_cells(intake, sheet)) if all_columns else []
        for place, name in enumerate(sheet["headings"]):
            kind = sheet["left_out"].get(str(place), "")
            if not all_columns and not kind:
                continue
            columns.append(
                {
                    "place": place,
                    "heading": name or str(place + 1),
                    "field": taken.get(place, ""),
                    "left_out": LEFT_OUT[kind][0 if vietnamese else 1] if kind in LEFT_OUT else "",
                    "samples": samples[place] if place < len(samples) else [],
                    "certainty": sheet["guesses"].get(str(place), ["", 0])[1],
                }
            )
        found.append({"index": sheet["index"], "name": sheet["name"], "columns": columns, "fields": fields})
    return found
