"""Invented people from one real province, and the ways in which lists write of them. The same seed, the same
people; none of them is anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random

from nhipcau.core.places import shipped
from nhipcau.core.text import fold

FORMER = date(2025, 7, 1)
SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Phan", "Võ", "Đặng", "Bùi", "Đỗ", "Ngô", "Dương", "Lý")
SURNAME_WEIGHTS = (34, 11, 10, 7, 6, 5, 5, 4, 3, 3, 3, 2, 2)
MIDDLES = {
    "F": ("Thị", "Thị Ngọc", "Ngọc", "Thu", "Thanh", "Kim", "Mỹ", "Thị Bích", "Hồng"),
    "M": ("Văn", "Hữu", "Minh", "Quốc", "Thanh", "Đức", "Hoàng", "Công", "Ngọc"),
}
GIVEN = {
    "F": (
        *("Hoa", "Lan", "Mai", "Hương", "Yến", "Thủy", "Dung", "Phượng", "Nhung", "Trang", "Linh", "Ngân"),
        *("Loan", "Oanh", "Hạnh", "Nguyệt", "Tuyết", "Xuân", "Diễm", "Trinh", "Quyên", "Vân", "Thảo"),
    ),
    "M": (
        *("Bình", "Dũng", "Hải", "Khoa", "Long", "Phúc", "Tâm", "Hùng", "Tuấn", "Nam", "Sơn", "Thắng"),
        *("Phước", "Lộc", "Nghĩa", "Trung", "Hiếu", "Đạt", "Khánh", "Toàn", "Vinh", "Quang", "Tài"),
    ),
}
FOREIGN = {"F": ("Jenny", "Kim", "Tina", "Lisa", "Mary"), "M": ("Kevin", "David", "Tony", "Peter", "Andy")}
# Country, how lists call it, cities, groups that people there belong to, its telephones.
ABROAD: tuple[tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...], str, int], ...] = (
    (
        "US",
        ("Mỹ", "Hoa Kỳ", "USA", "Hoa kỳ"),
        ("San Jose", "Houston"),
        ("V", "D"),
        "+1 408",
        30,
    ),
    ("AU", ("Úc", "Australia", "AUSTRALIA"), ("Melbourne", "Sydney"), ("V", "H"), "+61 4", 10),
    ("CA", ("Canada", "Ca-na-đa"), ("Toronto", "Calgary"), ("V", "D"), "+1 416", 8),
    ("TW", ("Đài Loan", "Taiwan", "ĐÀI LOAN"), ("Đài Nam", "Cao Hùng"), ("K", "L"), "+886 9", 16),
    ("KR", ("Hàn Quốc", "Nam Hàn", "Korea"), ("Busan", "Seoul"), ("K", "L"), "+82 10", 14),
    ("JP", ("Nhật Bản", "Nhật", "Japan"), ("Osaka", "Nagoya"), ("L", "H"), "+81 90", 12),
    ("KH", ("Campuchia", "Cam-pu-chia"), ("Takeo", "Phnôm Pênh"), ("D",), "+855 1", 8),
    ("MY", ("Malaysia", "Ma-lai-xi-a"), ("Johor",), ("L",), "+60 1", 2),
)
Place = tuple[str, str, str]
"""Commune, district, province; the last two are empty for one of our own."""
GROUPS = {"V": "Việt kiều", "D": "Di cư", "K": "Kết hôn", "L": "Lao động", "H": "Học tập"}
WORK = ("công nhân", "làm nông", "nội trợ", "chủ cửa hàng", "kỹ sư", "đầu bếp", "thợ nail", "điều dưỡng", "")
AT_HOME = ("0903", "0912", "0918", "0977", "0983")
RELATIONS = ("cha", "mẹ", "anh", "chị", "em", "con", "cô", "chú")


@dataclass(frozen=True, slots=True)
class Invented:
    """What is so; a list writes it in its own way."""

    surname: str
    middle: str
    given: str
    foreign: str
    sex: str
    born: date
    commune: str
    district: str
    province: str
    country: str
    calls: tuple[str, ...]
    city: str
    left: int
    group: str
    phone: str
    work: str
    relative: str
    relation: str
    relative_phone: str

    @property
    def name(self) -> str:
        return f"{self.surname} {self.middle} {self.given}"


@cache
def former_communes() -> tuple[Place, ...]:
    """Of An Giang, with their districts, as people from there still write them."""
    units = shipped()
    found = []
    for version in units.all():
        if version.tier == "commune" and version.until == FORMER:
            above = units.parents(version)
            if len(above) == 2 and above[1].name.endswith("An Giang"):
                found.append((version.name, above[0].name, "An Giang"))
    return tuple(sorted(found))


def people(count: int, random: Random, places: Sequence[Place] = ()) -> list[Invented]:
    """So many, in no order, from `places`, else from the former communes."""
    weights = [row[-1] for row in ABROAD]
    made = []
    for _number in range(count):
        sex = "F" if random.random() < 0.58 else "M"
        code, calls, cities, groups, dial, _weight = random.choices(ABROAD, weights)[0]
        born = date(random.randint(1945, 2004), random.randint(1, 12), random.randint(1, 28))
        commune, district, province = random.choice(places or former_communes())
        surname = random.choices(SURNAMES, SURNAME_WEIGHTS)[0]
        made.append(
            Invented(
                surname=surname,
                middle=random.choice(MIDDLES[sex]),
                given=random.choice(GIVEN[sex]),
                foreign=random.choice(FOREIGN[sex]) if code in ("US", "AU", "CA") else "",
                sex=sex,
                born=born,
                commune=commune,
                district=district,
                province=province,
                country=code,
                calls=calls,
                city=random.choice(cities),
                left=min(2024, born.year + random.randint(18, 40)),
                group=random.choice(groups),
                phone=_abroad(dial, random),
                work=random.choice(WORK),
                relative=f"{surname} {random.choice(MIDDLES['M'])} {random.choice(GIVEN['M'])}",
                relation=random.choice(RELATIONS),
                relative_phone=f"{random.choice(AT_HOME)}{random.randint(0, 999_999):06d}",
            )
        )
    return made


def _abroad(dial: str, random: Random) -> str:
    """A number of a length that the country has."""
    length = {"+1 408": 7, "+1 416": 7, "+61 4": 8, "+886 9": 8, "+82 10": 8, "+81 90": 8, "+855 1": 7}
    first = random.randint(2, 9)
    rest = length.get(dial, 8) - 1
    return f"{dial}{' ' if dial.startswith('+1 ') else ''}{first}{random.randint(0, 10**rest - 1):0{rest}d}"


Way = Callable[[Invented, Random], str]


def name_as_typed(person: Invented, random: Random) -> str:
    """Capitals, small letters, two spaces, now and then without marks."""
    name = person.name
    way = random.random()
    if way < 0.35:
        return name.upper()
    if way < 0.42:
        return name.lower()
    if way < 0.48:
        return plain(name).upper()
    if way < 0.52:
        return f"  {name.replace(' ', '  ', 1)} "
    return name


def name_as_heard(person: Invented, random: Random) -> str:
    """By hand, by people who live among other names: the given name first, a foreign one, no marks."""
    way = random.random()
    if way < 0.25:
        return plain(f"{person.given} {person.middle} {person.surname}")
    if way < 0.4:
        return plain(f"{person.given} {person.surname}")
    if way < 0.5 and person.foreign:
        return f"{person.name} ({person.foreign})"
    if way < 0.55 and person.foreign:
        return plain(f"{person.foreign} {person.surname}")
    return person.name


def birth_as_typed(person: Invented, random: Random) -> str:
    """With points, slashes, dashes, two digits; 01/01 or a year where no more is known."""
    born, way = person.born, random.random()
    if way < 0.2:
        return str(born.year)
    if way < 0.3:
        return f"01/01/{born.year}"
    if way < 0.4:
        return f"{born.day}.{born.month}.{born.year % 100:02d}"
    if way < 0.5:
        return f"{born.day:02d}-{born.month:02d}-{born.year}"
    return f"{born.day:02d}/{born.month:02d}/{born.year}"


def commune_as_typed(person: Invented, random: Random) -> str:
    """The name alone, with its kind shortened, or without marks."""
    name, way = person.commune, random.random()
    for kind, short in (("Xã ", "X. "), ("Phường ", "P."), ("Thị trấn ", "TT ")):
        if name.startswith(kind) and not name[len(kind) :].isdigit():
            if way < 0.3:
                return name[len(kind) :]
            if way < 0.45:
                return short + name[len(kind) :]
    return plain(name) if way > 0.95 else name.lower() if way > 0.9 else name


def country_as_typed(person: Invented, random: Random) -> str:
    return random.choice(person.calls)


def phone_as_typed(person: Invented, random: Random) -> str:
    """With its code, in groups or not; now and then none."""
    way = random.random()
    if way < 0.3:
        return ""
    return person.phone.replace(" ", "") if way < 0.6 else person.phone.replace(" ", "-", 1)


def plain(text: str) -> str:
    """Without marks, each word with a capital."""
    return fold(text).title()


def spoilt(cells: list[str], places: Sequence[int], random: Random) -> list[str]:
    """The row with one mistake of those that registers have. `places`: name, birth, country."""
    name, birth, country = places
    cells = list(cells)
    which = random.randint(0, 4)
    if which == 0:
        cells[birth] = f"31/{random.choice(('02', '04', '06', '09', '11'))}/{random.randint(1950, 2000)}"
    elif which == 1:
        cells[name] = f"{cells[name]} {random.randint(2, 9)}"
    elif which == 2:
        cells[country] = random.choice(("Nước ngoài", "Châu Âu", "Đông Âu"))
    elif which == 3:
        cells[name] = ""
    else:
        cells[birth] = str(random.randint(2030, 2090))
    return cells
