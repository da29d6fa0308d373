"""What a column holds by its cells alone, and whether they fit what its heading says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from nhipcau.core.personvalues.births import read_birth
from nhipcau.core.personvalues.countries import Countries, Country
from nhipcau.core.personvalues.days import PartialDay
from nhipcau.core.personvalues.identity import IdentityNumber, read_identity_number
from nhipcau.core.personvalues.names import Name, read_name
from nhipcau.core.personvalues.phones import Phone, read_phone
from nhipcau.core.personvalues.small_values import (
    is_marked,
    is_row_number,
    read_email,
    read_groups,
    read_sex,
)
from nhipcau.core.personvalues.tidying import says_nothing, tidy
from nhipcau.core.text import fold

SAMPLE = 120
_PEOPLES_TEXT = """
    kinh | khmer | kho me | hoa | cham | tay | thai | muong | nung | hmong | mong | dao | gia rai | e de |
    ba na | san chay | san diu | co ho | raglai | mnong | xtieng | tho | bru van kieu | ede | jrai | viet
"""
_FAITHS_TEXT = """
    phat giao | phat | cong giao | thien chua | thien chua giao | tin lanh | cao dai | hoa hao |
    phat giao hoa hao | hoi giao | buddhist | catholic | protestant | tu an hieu nghia | buu son ky huong
"""
_PEOPLES = frozenset(" ".join(each.split()) for each in _PEOPLES_TEXT.split("|"))
_FAITHS = frozenset(" ".join(each.split()) for each in _FAITHS_TEXT.split("|"))


@dataclass(frozen=True, slots=True)
class Cells:
    """Shares, 0 to 1, of the cells that say something: how many can be read as each kind."""

    filled: int
    shares: dict[str, float]
    distinct: int
    years: tuple[int, ...] = ()

    def share(self, kind: str) -> float:
        """0 for what no cell can be."""
        return self.shares.get(kind, 0.0)


def look(values: Sequence[str], *, today: date, countries: Countries | None = None) -> Cells:
    """The kinds of the first distinct values of a column."""
    told = [line for line in (tidy(value) for value in values) if not says_nothing(line)]
    sample = list(dict.fromkeys(told))[:SAMPLE]
    if not sample:
        return Cells(0, {}, 0)
    counts: Counter[str] = Counter()
    years: list[int] = []
    for value in sample:
        counts.update(_kinds(value, today, countries))
        day = read_birth(value, today=today)
        if isinstance(day, PartialDay):
            years.append(day.year)
    shares = {kind: count / len(sample) for kind, count in counts.items()}
    if _counts_up(told):
        shares["row_number"] = 1.0
    return Cells(len(told), shares, len(set(told)), tuple(sorted(years)))


def _counts_up(told: Sequence[str]) -> bool:
    numbers = [int("".join(c for c in value if c.isdigit()) or "0") for value in told if is_row_number(value)]
    if len(numbers) < max(2, 0.9 * len(told)):
        return False
    steps = sum(b == a + 1 for a, b in pairwise(numbers))
    return steps >= 0.8 * (len(numbers) - 1) and numbers[0] < 1_000 + numbers[-1]


def _kinds(value: str, today: date, countries: Countries | None) -> set[str]:
    tests: dict[str, Callable[[], bool]] = {
        "birth": lambda: isinstance(read_birth(value, today=today), PartialDay),
        "year": lambda: value.isdigit() and len(value) == 4,
        "sex": lambda: isinstance(read_sex(value), str),
        "email": lambda: isinstance(read_email(value), str),
        "group": lambda: len(value) < 60 and isinstance(read_groups(value), tuple),
        "country": lambda: countries is not None and isinstance(countries.read(value), Country),
        "mark": lambda: is_marked(value),
        "people": lambda: fold(value) in _PEOPLES,
        "faith": lambda: fold(value) in _FAITHS,
    }
    found = {kind for kind, test in tests.items() if test()}
    found |= _numbers(value, today)
    if not found & {"birth", "phone", "identity", "country"} and _is_name(value):
        found.add("name")
    return found


def _numbers(value: str, today: date) -> set[str]:
    found = set()
    digits = sum(c.isdigit() for c in value)
    if digits >= 8:
        phone = read_phone(value, country="VN")
        if isinstance(phone, Phone) and "lost-zero" not in phone.doubts:
            found.add("phone")
    if digits >= 5:
        number = read_identity_number(value, year=today.year)
        if isinstance(number, IdentityNumber) and not {"lost-zero"} & set(number.doubts):
            found.add("passport" if number.kind == "passport" else "identity")
    if found >= {"phone", "identity"} and value.startswith(("+", "00")):
        found.discard("identity")
    return found


def _is_name(value: str) -> bool:
    name = read_name(value)
    return isinstance(name, Name) and bool(name.family) and name.certainty > 0.8 and len(value) < 60


FITTING = {
    "name": "name",
    "relative_name": "name",
    "birth": "birth",
    "birth_male": "birth",
    "birth_female": "birth",
    "birth_year": "year",
    "left": "birth",
    "returned": "birth",
    "sex": "sex",
    "sex_male": "mark",
    "sex_female": "mark",
    "phone": "phone",
    "relative_phone": "phone",
    "email": "email",
    "country": "country",
    "group": "group",
    "identity_number": "identity",
    "passport_number": "passport",
    "row_number": "row_number",
}
"""Field → the kind that its cells should be."""


def by_cells(cells: Cells) -> tuple[str, float, str]:
    """(field, certainty, kind left out) of a column whose heading says nothing."""
    if cells.filled < 2:
        return "", 0.0, ""
    if cells.share("people") > 0.8 and cells.distinct <= 30 and cells.share("sex") < 0.5:
        return "", 0.8, "ethnicity"
    if cells.share("faith") > 0.7 and cells.distinct <= 20:
        return "", 0.8, "belief"
    for kind, field, least in (
        ("email", "email", 0.7),
        ("sex", "sex", 0.8),
        ("row_number", "row_number", 0.9),
        ("birth", "birth", 0.8),
        ("phone", "phone", 0.7),
        ("identity", "identity_number", 0.7),
        ("passport", "passport_number", 0.7),
        ("country", "country", 0.7),
        ("group", "group", 0.8),
        ("name", "name", 0.7),
    ):
        if cells.share(kind) >= least:
            return field, round(0.8 * cells.share(kind), 3), ""
    return "", 0.0, ""
