"""Records, truth and gazetteer of a world, in the form of the shared generator."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from nhipcau.core.linkage.tests.unseen import names, writing
from nhipcau.core.linkage.tests.unseen.persons import Person, Society
from nhipcau.core.linkage.tests.unseen.worlds import WORLDS, World

_NAMES = [
    "commune",
    "association",
    "labour",
    "consulate",
    "own_word",
    "police",
    "school",
    "agency_for_marriages",
    "bank",
]
_FIELDS = [
    "sex",
    "origin",
    "relative",
    "home_phone",
    "country",
    "paper",
    "phone",
    "group",
    "arrival",
    "email",
]
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
NUMBERS = ("record_id", "reg_year", "grp", "arrival_year")


@dataclass(frozen=True, slots=True)
class Source:
    """One source: which fields it has, how often filled, how it writes and errs."""

    name: str
    weight: float
    fills: dict[str, float]
    pen: names.Pen
    exact: float
    """The share of births given to the day."""
    births: float
    american: bool
    marked: float
    errors: float
    again: float
    """How often it holds a person twice."""


def draw_source(world: World, name: str, rng: random.Random) -> Source:
    """A source with habits of its own."""
    least, most = world.known
    away = rng.random() < 0.45
    wanted = rng.randint(*world.fields)
    chosen = {"sex", "country", *rng.sample(_FIELDS, min(wanted, len(_FIELDS)))}
    fills = {field: rng.uniform(least, most) for field in _FIELDS if field in chosen}
    fills["email"] = fills.get("email", 0) * 0.35
    pen = names.Pen(
        bare=rng.uniform(0.3, 0.9) if away else rng.uniform(0, 0.35),
        abroad=rng.uniform(0.15, 0.45) if away else rng.uniform(0, 0.06),
        errors=rng.uniform(0.02, 0.09),
        upper=rng.choice((0.02, 0.2, 0.9)),
        drops_middle=rng.uniform(0.02, 0.12),
        nicknames=rng.uniform(0.2, 0.8),
        short=0.0 if away else rng.choice((0, 0, 0.03, 0.1)),
    )
    return Source(
        name, rng.uniform(0.4, 1.6), fills, pen, rng.uniform(0.45, 0.97), rng.uniform(0.8, 1),
        away and rng.random() < 0.3,
        1 - pen.bare, rng.uniform(0.01, 0.05), rng.uniform(0, 0.06),
    )  # fmt: skip


class Register:
    """The records of a world."""

    def __init__(self, world: World, seed: int, records: int) -> None:
        """Draw the sources and the society."""
        self.rng = random.Random(seed)
        self.world = world
        self.society = Society(world, self.rng, records)
        count = self.rng.randint(*world.sources)
        self.sources = [draw_source(world, name, self.rng) for name in self.rng.sample(_NAMES, count)]

    def tables(self, records: int) -> tuple[pa.Table, pa.Table, pa.Table]:
        """Records, truth and gazetteer."""
        rows: list[dict[str, Any]] = []
        while len(rows) < records:
            for person in self.society.household():
                rows += [self.record(person, source) for source in self._sources_of()]
        rows = rows[:records]
        self.rng.shuffle(rows)
        truth = [
            {"record_id": place, "person_id": row.pop("person"), "family_id": row.pop("family")}
            for place, row in enumerate(rows)
        ]
        rows = [{"record_id": place, **row} for place, row in enumerate(rows)]
        schema = pa.schema([(name, pa.int64() if name in NUMBERS else pa.string()) for name in rows[0]])
        units = [{**unit, "prov": "0", "new_code": int(unit["new_code"])} for unit in self.society.units]
        return pa.Table.from_pylist(rows, schema), pa.Table.from_pylist(truth), pa.Table.from_pylist(units)

    def _sources_of(self) -> list[Source]:
        """Where a person stands: in one to five lists, sometimes twice in one."""
        number = self.rng.choices((1, 2, 3, 4, 5), (56, 27, 11, 4, 2))[0]
        found = self.rng.choices(self.sources, [source.weight for source in self.sources], k=number)
        return [
            source for one in found for source in ([one, one] if self.rng.random() < one.again else [one])
        ]

    def record(self, person: Person, source: Source) -> dict[str, Any]:
        """One record of a person in a source."""
        rng, home = self.rng, person.home
        has = {field: rng.random() < share for field, share in source.fills.items()}
        marked = rng.random() < source.marked
        unit = self.society.units[rng.randrange(150) if rng.random() < 0.03 else home.place]
        commune, district = (
            writing.place(unit, marked, source.errors, rng) if has.get("origin") else (None, None)
        )
        relative = home.father if rng.random() < 0.65 else home.mother
        land = person.lands[-1] if rng.random() < 0.6 else person.lands[0]
        sex = person.sex if rng.random() > 0.012 else rng.choice("fm")
        exact = 0.0 if person.year_only else source.exact
        return {
            "person": person.number,
            "family": home.number,
            "source": source.name,
            "reg_year": rng.randint(2010, 2026),
            "name": names.write(person, source.pen, rng, self.world.heldout),
            "sex": rng.choice(("Nữ", "nữ", "F") if sex == "f" else ("Nam", "nam", "M"))
            if has.get("sex")
            else None,
            "birth": self._birth(person, source, exact),
            "prov": "0",
            "district": district,
            "commune": commune,
            "rel_name": (relative if marked else writing.fold(relative)) if has.get("relative") else None,
            "rel_phone": writing.home_phone(home.phone, source.errors, rng)
            if has.get("home_phone")
            else None,
            "country": writing.land(land, rng) if has.get("country") else None,
            "doc_no": self._paper(person, source) if has.get("paper") else None,
            "phone": self._phone(person, land, source) if has.get("phone") else None,
            "email": (home.email if rng.random() < 0.12 else person.email) if has.get("email") else None,
            "grp": rng.choice(person.groups) if has.get("group") else None,
            "arrival_year": person.arrival + rng.choice((0, 0, 0, 0, 0, 1, -1))
            if has.get("arrival")
            else None,
        }

    def _birth(self, person: Person, source: Source, exact: float) -> str | None:
        if self.rng.random() > source.births:
            return None
        if self.world.heldout and exact and self.rng.random() < 0.1:
            year, month, day = person.day
            return f"{day} {MONTHS[month - 1]} {year}"
        return writing.birth(person.day, exact, source.errors * 1.5, source.american, self.rng)

    def _paper(self, person: Person, source: Source) -> str:
        rng = self.rng
        own = person.passports[: 1 + (rng.random() < 0.3) + (rng.random() < 0.05)]
        paper = rng.choice(own) if rng.random() < 0.65 else person.identity[rng.random() < 0.3]
        paper = writing.digit_slip(paper, rng) if rng.random() < source.errors else paper
        kind = rng.random()
        if kind < 0.06:
            return f"HC {paper}" if paper[0].isalpha() else f"CCCD: {paper}"
        return f"{paper[:3]} {paper[3:6]} {paper[6:]}" if kind < 0.12 else paper

    def _phone(self, person: Person, land: str, source: Source) -> str:
        rng = self.rng
        if rng.random() < 0.15:
            return writing.home_phone(person.home.phone, source.errors, rng)
        own = person.phones[: 1 + (rng.random() < 0.2)]
        return writing.phone_abroad(rng.choice(own), land, source.errors, rng)


def make(world: str, records: int, seed: int) -> tuple[pa.Table, pa.Table, pa.Table]:
    """Records, truth and gazetteer of a world."""
    return Register(WORLDS[world], seed, records).tables(records)
