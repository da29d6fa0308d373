"""From the file to rows that are understood. Nothing here touches what is kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from nhipcau.apps.orgs.models import HomeProvince, Organisation, OrganisationVersion
from nhipcau.apps.orgs.search import resolver
from nhipcau.apps.reference.models import Country
from nhipcau.apps.reference.shipped import rows as shipped_rows
from nhipcau.apps.registry.intakes.days import Days
from nhipcau.apps.registry.intakes.layouts import SECRET, SheetPlan, layouts_of, plan_of
from nhipcau.apps.registry.intakes.meaning import Places, meaning_of
from nhipcau.apps.registry.intakes.merged import filled
from nhipcau.apps.registry.intakes.packed import ReadRow, Rows
from nhipcau.core.personvalues import Countries, IdentityNumber, Origins, Understanding, Understood
from nhipcau.core.tablereader import Refusal, Row, Sheet, read_list

Progress = Callable[[int], None]


Remark = dict[str, Any]


@dataclass(slots=True)
class Reading:
    """`to_map`: some sheet's columns have to be told first, then there are no rows.

    `above`: the rows over the data of a sheet; `wrong`: its wrong rows as they were sent, with why;
    `numbers`: of documents, by sheet and row. None of the three is kept in the open.
    """

    plans: list[SheetPlan] = field(default_factory=list)
    rows: Rows = field(default_factory=Rows)
    above: dict[int, list[Row]] = field(default_factory=dict)
    wrong: dict[int, list[tuple[Row, list[Remark]]]] = field(default_factory=dict)
    numbers: list[tuple[int, int, str, str]] = field(default_factory=list)

    @property
    def to_map(self) -> bool:
        takes = [plan for plan in self.plans if plan.takes]
        return not takes or any(not plan.certain for plan in takes)


@dataclass(frozen=True, slots=True)
class Tables:
    """What the readers of values look up: of the database, read once for a list."""

    today: date
    countries: Countries
    origins: Origins
    places: Places
    layouts: dict[str, dict[str, str]]


def tables(sender: int, today: date) -> Tables:
    """Countries by the names of the database and those that are shipped since; communes; our province."""
    names: dict[str, list[str]] = {}
    for code, name, english, aliases in Country.objects.current().values_list(
        "code", "name", "name_en", "aliases"
    ):
        names[code] = [name, english, *aliases.split(";")]
    for row in shipped_rows("countries"):
        if row["code"] in names:
            names[row["code"]] += row["aliases"].split(";")
    keyed = Organisation.objects.exclude(unit_key=None).values_list("unit_key", "pk")
    return Tables(
        today,
        Countries(names.items()),
        Origins(resolver(), today=today, home=_home(today)),
        Places({str(key): pk for key, pk in keyed}, _own(today)),
        layouts_of(sender),
    )


def _own(today: date) -> dict[str, int]:
    """Communes that work here and are not in the country's table, by their folded names."""
    rows = OrganisationVersion.objects.working().filter(
        valid__contains=today,
        organisation__realm=Organisation.Realm.PLACE,
        organisation__unit_key=None,
    )
    return dict(rows.values_list("name_fold", "organisation"))


def _home(today: date) -> str:
    home = HomeProvince.objects.values_list("place", flat=True).first()
    found = OrganisationVersion.objects.filter(organisation=home, valid__contains=today).first()
    return found.name if found else ""


def read(path: Path, digest: str, *, known: Tables, progress: Progress, most_guessed: int = 500) -> Reading:
    """The rows of the file, or the plans alone where columns have to be told. Raises Refusal.

    `digest` is of the bytes that were sent. How a sheet writes its days is told by its first rows; where
    later ones prove something else, all is read once more by what the whole sheet proves.
    """

    def plan(index: int, part: Sheet) -> SheetPlan:
        return plan_of(
            index,
            part["name"],
            part["rows"][:most_guessed],
            layouts=known.layouts,
            file=digest,
            today=known.today,
            countries=known.countries,
        )

    days = Days()
    found = _read(path, plan, known, days, progress)
    if not found.to_map and days.changed:
        found = _read(path, plan, known, days.settled(), progress)
    if not found.to_map and not found.rows:
        raise Refusal("no-rows")
    return found


def _read(
    path: Path, planned: Callable[[int, Sheet], SheetPlan], known: Tables, days: Days, progress: Progress
) -> Reading:
    found = Reading()
    reader: Understanding | None = None
    count = 0
    for index, part in parts_of(path):
        if index == len(found.plans):
            found.plans.append(planned(index, part))
            reader = None
        plan = found.plans[-1]
        order = days.see(plan, part["rows"])
        if reader is None and plan.takes:
            reader = _reader(plan, known, order)
        if reader is not None and not found.to_map:
            found.rows.extend(_understood(found, part["rows"], reader, known))
        count += len(part["rows"])
        progress(count)
    if found.to_map:
        found.rows, found.above, found.wrong, found.numbers = Rows(), {}, {}, []
    return found


def parts_of(path: Path) -> Iterator[tuple[int, Sheet]]:
    """The parts of the file's visible sheets, each with the number of its sheet. Raises Refusal."""
    index, name = -1, None
    for part in read_list(path):
        if part["hidden"] or (part["name"] == name and not part["rows"]):
            continue
        if part["name"] != name or index < 0:
            index, name = index + 1, part["name"]
        yield index, part


def _reader(plan: SheetPlan, known: Tables, order: str) -> Understanding:
    return Understanding(
        plan.columns,
        today=known.today,
        countries=known.countries,
        origins=known.origins,
        order=order,
    )


def _understood(
    reading: Reading, rows: Sequence[Row], reader: Understanding, known: Tables
) -> Iterator[ReadRow]:
    plan = reading.plans[-1]
    # What no field takes is not kept: nobody knows what senders write there.
    shown = {at for code, at in plan.columns.items() if code not in SECRET}
    for sent in rows:
        if sent["number"] < plan.first:
            reading.above.setdefault(plan.index, []).append(sent)
            continue
        row = filled(sent, plan)
        cells = row["cells"]
        found = reader.read(cells)
        if found.empty:
            continue
        own = known.places.settle(found, plan.columns, cells)
        written = cells[plan.columns["commune"]][:300] if own else ""
        meaning = meaning_of(found, known.places, (own, written) if own else None)
        remarks: list[Remark] = [
            {"column": index, "code": problem.code, "values": _shown(problem.values)}
            for index, problem in sorted(found.problems.items())
        ]
        remarks += _doubts(plan, found.doubts)
        if found.problems:
            reading.wrong.setdefault(plan.index, []).append((row, remarks))
        else:
            reading.numbers += _numbers(plan.index, row["number"], found)
        kept = [text if at in shown else "" for at, text in enumerate(cells)]
        yield ReadRow(
            plan.index,
            row["number"],
            bool(found.problems),
            _json(kept),
            _json(meaning),
            _json(remarks),
        )


def _numbers(sheet: int, row: int, found: Understood) -> Iterator[tuple[int, int, str, str]]:
    for code in SECRET:
        said = found.values.get(code)
        if isinstance(said, IdentityNumber):
            for each in (said, *said.others):
                yield sheet, row, each.kind, each.number


def _shown(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value if isinstance(value, int) else str(value)[:120] for key, value in values.items()}


def _doubts(plan: SheetPlan, doubts: Mapping[str, Sequence[str]]) -> list[Remark]:
    """What an officer may want to look at; the commonest forms of a value are not said."""
    told = []
    for code, each in doubts.items():
        for doubt in each:
            if doubt in TOLD:
                column = plan.columns.get(code, plan.columns.get("commune", -1) if code == "origin" else -1)
                told.append({"column": column, "code": f"doubt-{doubt}", "values": {}})
    return told


TOLD = frozenset(
    {
        "order",
        "two-digit-year",
        "month-first",
        "month-first-here",
        "either-way",
        "divided",
        "ambiguous",
        "birth",
        "sex",
        "code",
    }
)


def _json(value: object) -> str:
    # PostgreSQL takes no NUL in JSON.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("\\u0000", "")
