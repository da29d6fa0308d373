"""A row of a list of people as what it says of one person; what is wrong is told by its column."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from nhipcau.core.personvalues.births import birth_of_parts, read_birth
from nhipcau.core.personvalues.countries import Countries, Country
from nhipcau.core.personvalues.days import PartialDay
from nhipcau.core.personvalues.identity import IdentityNumber, read_identity_number
from nhipcau.core.personvalues.names import Name, join_name, read_name, with_others
from nhipcau.core.personvalues.not_people import is_office
from nhipcau.core.personvalues.origins import Origin, Origins
from nhipcau.core.personvalues.phones import Phone, read_phone
from nhipcau.core.personvalues.problem import Problem
from nhipcau.core.personvalues.small_values import GROUPS, is_marked, read_email, read_groups, read_sex
from nhipcau.core.personvalues.stays import Stay, read_stay, read_year
from nhipcau.core.personvalues.tidying import one_line, says_nothing, tidy

MOST_TEXT = 500
Value = (
    Name
    | PartialDay
    | Phone
    | IdentityNumber
    | Country
    | Origin
    | Stay
    | str
    | tuple[str, ...]
    | tuple[Country, ...]
)
_PHONE_BEHIND = re.compile(
    r"[\s,;:(-]*(?:đt|sđt|dt|sdt|tel|số)?\s*[.:]?\s*(\+?\d[\d\s.()-]{7,})\)?\s*$", re.IGNORECASE
)
_NATIONALITIES = re.compile(r"\s*(?:[;/|&+\n,]|\bvà\b|\s-\s)\s*", re.IGNORECASE)
_TEXTS = (
    "old_id",
    "city",
    "address_abroad",
    "relative_relation",
    "relative_address",
    "occupation",
    "education",
    "skills",
)
_SINCE_UNTIL = ("group_since", "group_until", "nationality_since", "nationality_lost")
_MORE_TEXTS = ("languages", "contribution")
_ORIGIN = ("commune", "district", "province", "origin")


@dataclass(slots=True)
class Understood:
    """`values` by field; `problems` by column; `doubts` by field: understood, and not certain."""

    values: dict[str, Value] = field(default_factory=dict)
    problems: dict[int, Problem] = field(default_factory=dict)
    doubts: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether the row says nothing of anybody."""
        return not self.values and not self.problems


Reader = Callable[[str], "Value | Problem | None"]


class Understanding:
    """Reads rows by one layout. `columns`: field → index of its column.

    `phone_country` is where telephone numbers without a country's code are from, empty where that is not
    known; those of relatives are Vietnamese. `codes`: countries are given as ISO codes. `order`: how births
    are written, "day" first, "month" first or "both".
    """

    def __init__(
        self,
        columns: Mapping[str, int],
        *,
        today: date,
        countries: Countries,
        origins: Origins,
        phone_country: str = "",
        codes: bool = False,
        epoch: int = 1900,
        order: str = "day",
    ) -> None:
        self._columns = dict(columns)
        self._signed = False
        self._today, self._epoch, self._order = today, epoch, order
        self._countries = countries
        self._origins = origins
        readers: dict[str, Reader] = {
            "sex": read_sex,
            "birth": self._read_birth,
            "country": lambda text: countries.read(text, codes=codes),
            "left": lambda text: read_year(text, today=today, epoch=epoch),
            "returned": lambda text: read_year(text, today=today, epoch=epoch),
            "stay": lambda text: read_stay(text, today=today),
            **dict.fromkeys(_SINCE_UNTIL, lambda text: read_year(text, today=today, epoch=epoch)),
            "group": read_groups,
            "phone": lambda text: read_phone(text, country=phone_country),
            "other_phone": lambda text: read_phone(text, country=phone_country),
            "relative_phone": lambda text: read_phone(text, country="VN"),
            "email": read_email,
            "nationality": self._nationalities,
            **dict.fromkeys((*_TEXTS, *_MORE_TEXTS), _text),
        }
        self._plan = [
            (index, code, readers[code]) for code, index in self._columns.items() if code in readers
        ]
        self._ticked = [(f"group_{group}", group) for group in GROUPS if f"group_{group}" in self._columns]

    def read(self, cells: Sequence[str]) -> Understood:
        """What the row says. Never raises, whatever the cells hold."""
        found = Understood()
        for index, code, reader in self._plan:
            if index < len(cells) and cells[index]:
                _keep(found, index, code, reader(cells[index]))
        self._name(cells, found)
        self._sex(cells, found)
        self._birth(cells, found)
        self._groups(cells, found)
        self._origin(cells, found)
        self._numbers(cells, found)
        self._relative(cells, found)
        if not found.empty and "name" not in found.values and not self._name_is_told(found):
            found.problems[self._first("name", "family_and_middle", "given_name")] = Problem("no-name")
        self._signature(cells, found)
        return found

    def _signature(self, cells: Sequence[str], found: Understood) -> None:
        """A name alone below "TM. ỦY BAN NHÂN DÂN" is who signed the list."""
        if not found.values.keys() <= {"name", "sex"}:
            self._signed = False
        elif any(is_office(tidy(cell)) for cell in cells if cell):
            self._signed = True
        elif self._signed and found.values and sum(map(bool, cells)) == 1:
            found.values.clear()
            found.doubts.clear()
            found.problems[self._first("name", "family_and_middle", "given_name")] = Problem("nobody")

    def _cell(self, cells: Sequence[str], code: str) -> str:
        index = self._columns.get(code, -1)
        return cells[index] if 0 <= index < len(cells) else ""

    def _first(self, *codes: str) -> int:
        return next((self._columns[code] for code in codes if code in self._columns), 0)

    def _name_is_told(self, found: Understood) -> bool:
        places = [self._columns[c] for c in ("name", "family_and_middle", "given_name") if c in self._columns]
        return any(place in found.problems for place in places)

    def _name(self, cells: Sequence[str], found: Understood) -> None:
        whole, index = self._cell(cells, "name"), self._first("name", "family_and_middle", "given_name")
        if not whole.strip():
            parts = (self._cell(cells, "family_and_middle"), self._cell(cells, "given_name"))
            whole = join_name(*("" if says_nothing(tidy(part)) else tidy(part) for part in parts))
        name = read_name(whole)
        other = read_name(self._cell(cells, "other_name"))
        if isinstance(name, Name) and isinstance(other, Name):
            name = with_others(name, other.display)
        _keep(found, index, "name", name)
        if isinstance(other, Problem):
            found.problems[self._columns["other_name"]] = other

    def _sex(self, cells: Sequence[str], found: Understood) -> None:
        if "sex_male" in self._columns or "sex_female" in self._columns:
            male = is_marked(self._cell(cells, "sex_male"))
            female = is_marked(self._cell(cells, "sex_female"))
            if male and female:
                found.problems[self._columns["sex_female"]] = Problem("no-mark")
            elif male or female:
                found.values["sex"] = "male" if male else "female"
        name = found.values.get("name")
        if "sex" not in found.values and isinstance(name, Name) and name.sex:
            found.values["sex"] = name.sex
            found.doubts["sex"] = ("title",)

    def _birth(self, cells: Sequence[str], found: Understood) -> None:
        if "birth_year" in self._columns:
            parts = [self._cell(cells, f"birth_{part}") for part in ("day", "month", "year")]
            _keep(found, self._columns["birth_year"], "birth", birth_of_parts(*parts, today=self._today))
            return
        if not {"birth_male", "birth_female"} & self._columns.keys():
            return
        told = [(sex, self._cell(cells, f"birth_{sex}")) for sex in ("male", "female")]
        told = [(sex, text) for sex, text in told if not says_nothing(tidy(text))]
        if len(told) == 2:
            found.problems[self._columns["birth_female"]] = Problem(
                "disagree", {"one": told[0][1][:40], "other": told[1][1][:40]}
            )
        elif told:
            sex, text = told[0]
            _keep(found, self._columns[f"birth_{sex}"], "birth", self._read_birth(text))
            found.values.setdefault("sex", sex)

    def _read_birth(self, text: str) -> Value | Problem | None:
        return read_birth(
            text,
            today=self._today,
            epoch=self._epoch,
            month_first=self._order == "month",
            either_way=self._order == "both",
        )

    def _groups(self, cells: Sequence[str], found: Understood) -> None:
        if not self._ticked:
            return
        ticked = {group for code, group in self._ticked if is_marked(self._cell(cells, code))}
        written = found.values.get("group")
        ticked |= {each for each in written if isinstance(each, str)} if isinstance(written, tuple) else set()
        groups = tuple(group for group in GROUPS if group in ticked)
        if groups:
            found.values["group"] = groups

    def _origin(self, cells: Sequence[str], found: Understood) -> None:
        told = [self._cell(cells, code) for code in _ORIGIN]
        if any(told):
            index = next(self._columns[code] for code, cell in zip(_ORIGIN, told, strict=True) if cell)
            _keep(found, index, "origin", self._origins.read(*told))

    def _numbers(self, cells: Sequence[str], found: Understood) -> None:
        birth, sex = found.values.get("birth"), found.values.get("sex")
        for code in ("identity_number", "passport_number"):
            text = self._cell(cells, code)
            if text:
                number = read_identity_number(
                    text,
                    year=self._today.year,
                    passport=code == "passport_number",
                    born=birth.year if isinstance(birth, PartialDay) else None,
                    sex=sex if isinstance(sex, str) else "",
                )
                _keep(found, self._columns[code], code, number)

    def _relative(self, cells: Sequence[str], found: Understood) -> None:
        text = self._cell(cells, "relative_name")
        if not text:
            return
        behind = _PHONE_BEHIND.search(text)
        if behind and behind.start():
            phone = read_phone(behind[1], country="VN")
            if isinstance(phone, Phone):
                found.values.setdefault("relative_phone", phone)
                text = text[: behind.start()]
        _keep(found, self._columns["relative_name"], "relative_name", read_name(text))

    def _nationalities(self, text: str) -> Value | Problem | None:
        """One or several, as a person can have two."""
        whole = self._countries.read(text)
        if not isinstance(whole, Problem):
            return None if whole is None else (whole,)
        parts = [self._countries.read(part) for part in _NATIONALITIES.split(tidy(text)) if part.strip()]
        countries = [part for part in parts if isinstance(part, Country)]
        if len(countries) == len(parts) and countries:
            return tuple({country.code: country for country in countries}.values())
        return next((part for part in parts if isinstance(part, Problem)), whole)


def _keep(found: Understood, index: int, code: str, value: Value | Problem | None) -> None:
    if value is None:
        return
    if isinstance(value, Problem):
        found.problems[index] = value
        return
    found.values[code] = value
    doubts = getattr(value, "doubts", ())
    if doubts:
        found.doubts[code] = doubts


def _text(text: str) -> str | None:
    line = one_line(tidy(text))
    return None if says_nothing(line) else line[:MOST_TEXT]
