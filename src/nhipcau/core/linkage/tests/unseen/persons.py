"""Households and persons as they are, before anyone writes them down."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

from nhipcau.core.linkage.tests.unseen.peoples import People
from nhipcau.core.linkage.tests.unseen.worlds import World
from nhipcau.core.linkage.tests.unseen.writing import fold

_FIRST = [
    "Vĩnh",
    "Mỹ",
    "Bình",
    "Tân",
    "Phú",
    "An",
    "Hòa",
    "Long",
    "Thạnh",
    "Đại",
    "Tham",
    "Ngãi",
    "Hàm",
    "Lạc",
    "Phong",
    "Kế",
    "Nhơn",
    "Trà",
    "Ô",
    "Xuân",
    "Thuận",
    "Hưng",
    "Lục",
    "Cầu",
]
_SECOND = [
    "Thạnh",
    "Hòa",
    "Đông",
    "Tây",
    "Phú",
    "Lợi",
    "Sơn",
    "Giang",
    "Tân",
    "Bình",
    "Trung",
    "Hiệp",
    "An",
    "Châu",
    "Kè",
    "Cú",
    "Ngang",
    "Nghĩa",
    "Mỹ",
    "Hội",
    "Thới",
    "Quới",
    "Hậu",
    "Sĩ",
]
_DISTRICTS = [
    "Cầu Kè",
    "Trà Cú",
    "Tiểu Cần",
    "Vũng Liêm",
    "Giồng Riềng",
    "Hòn Đất",
    "Kế Sách",
    "Mỹ Xuyên",
    "Vĩnh Châu",
    "Bình Minh",
]
_ABROAD = {
    "f": [
        "Amy",
        "Jenny",
        "Tiffany",
        "Kelly",
        "Vivian",
        "Christine",
        "Kimberly",
        "Emily",
        "Nancy",
        "Mei-Ling",
        "Yuki",
        "Soo-Jin",
        "Sophie",
        "Nathalie",
        "Grace",
    ],
    "m": [
        "Kevin",
        "Andy",
        "Tommy",
        "Johnny",
        "Richard",
        "Brandon",
        "Peter",
        "Dennis",
        "Kenji",
        "Min-Ho",
        "Philippe",
        "Alan",
        "Jason",
        "Calvin",
        "Bruce",
    ],
}
_HUSBANDS = [
    "Smith",
    "Johnson",
    "Lee",
    "Kim",
    "Park",
    "Chen",
    "Lin",
    "Wang",
    "Huang",
    "Müller",
    "Dubois",
    "Nguyen",
    "Tran",
    "Miller",
    "Garcia",
    "Tanaka",
    "Lim",
    "Tan",
    "Hansen",
]


@dataclass(slots=True)
class Home:
    """What the people of a household share."""

    number: int
    people: People
    surname: str
    place: int
    father: str
    mother: str
    phone: str
    email: str


@dataclass(slots=True)
class Person:
    """One person."""

    number: int
    home: Home
    sex: str
    surname: str
    middle: str
    given: str
    day: tuple[int, int, int]
    lands: list[str]
    phones: list[str]
    passports: list[str]
    identity: list[str]
    email: str
    groups: list[int]
    arrival: int
    foreign: str
    husband: str
    nickname: str
    year_only: bool
    kin: list[str] = field(default_factory=list)

    @property
    def words(self) -> list[str]:
        """The name at home."""
        return [*self.surname.split(), *self.middle.split(), *self.given.split()]


class Society:
    """Makes households; the same for the same seed."""

    def __init__(self, world: World, rng: random.Random, people_expected: int) -> None:
        """A world's units and weights."""
        self.world, self.rng = world, rng
        self.units = self._units(150)
        self.near: list[Person] = []
        self.made = self.homes = 0
        self.expected = people_expected

    def _units(self, number: int) -> list[dict[str, str]]:
        """Old communes, some called alike in two districts; two to four became one."""
        names = [f"{a} {b}" for a in _FIRST for b in _SECOND if a != b]
        chosen = self.rng.sample(names, number - 15)
        chosen += self.rng.sample(chosen, 15)
        rows, code, at = [], 30_000, 0
        while at < number:
            size = self.rng.choice((2, 3, 3, 4))
            for place in range(at, min(at + size, number)):
                district = _DISTRICTS[place * len(_DISTRICTS) // number]
                rows.append(
                    {
                        "old_id": str(place),
                        "old_name": chosen[place],
                        "district": district,
                        "new_name": chosen[at],
                        "new_code": str(code),
                    }
                )
            at, code = at + size, code + 1
        return rows

    def _digits(self, length: int) -> str:
        return str(self.rng.randrange(10 ** (length - 1), 10**length))

    def home(self) -> Home:
        """A household without its people yet."""
        rng = self.rng
        peoples = self.world.peoples
        people = rng.choices([one for one, _ in peoples], [weight for _, weight in peoples])[0]
        surname = rng.choices(*people.weighted())[0]
        father_given, self.homes = rng.choice(people.words("given_m")), self.homes + 1
        father = " ".join(filter(None, (surname, rng.choice(people.words("middle_m")), father_given)))
        mother_surname = rng.choices(*people.weighted())[0]
        mother = (
            f"{mother_surname} {rng.choice(people.words('middle_f'))} {rng.choice(people.words('given_f'))}"
        )
        if people.patronymic:
            father, surname = f"{father_given} {rng.choice(people.words('given_m'))}", father_given
            mother = f"{rng.choice(people.words('given_f'))} {rng.choice(people.words('given_m'))}"
        place = int(len(self.units) * rng.random() ** 1.6)
        phone = rng.choice(
            ("91", "90", "93", "94", "97", "98", "70", "77", "38", "33", "76", "85")
        ) + self._digits(7)
        provider, box = rng.choice(("gmail.com", "yahoo.com")), fold(surname).replace(" ", "").lower()
        email = f"{box}{self._digits(4)}@{provider}"
        return Home(self.homes, people, surname, place, father, " ".join(mother.split()), phone, email)

    def person(self, home: Home, elder: Person | None) -> Person:
        """Someone of the household, perhaps after an elder brother or sister."""
        rng, people = self.rng, home.people
        sex = rng.choice("fffmm") if not elder or rng.random() < 0.6 else elder.sex
        year = elder.day[0] + rng.randint(1, 6) if elder else int(rng.gauss(1980, 14))
        day = (min(max(year, 1932), 2012), rng.randint(1, 12), rng.randint(1, 28))
        if rng.random() < 0.02:
            day = (day[0], 1, 1)
        middle = rng.choice(people.words(f"middle_{sex}"))
        if elder and elder.sex == sex and rng.random() < 0.6:
            middle = elder.middle
        given = rng.choice(
            [name for name in people.words(f"given_{sex}") if not elder or name not in elder.kin]
        )
        lands = [rng.choices(list(self.world.lands), list(self.world.lands.values()))[0]]
        if elder and rng.random() < 0.5:
            lands = [elder.lands[0]]
        if rng.random() < 0.12:
            lands.append(rng.choice(list(self.world.lands)))
        return self._whole(home, elder, (sex, middle, given), day, lands)

    def _whole(
        self,
        home: Home,
        elder: Person | None,
        names: tuple[str, str, str],
        day: tuple[int, int, int],
        lands: list[str],
    ) -> Person:
        sex, middle, given = names
        rng = self.rng
        patronymic = home.people.patronymic
        self.made += 1
        century = (2 if day[0] >= 2000 else 0) + (sex == "f")
        person = Person(
            self.made, home, sex, "" if patronymic else home.surname, middle,
            f"{given} {home.surname}" if patronymic else given, day, lands,
            [self._digits(9) for _ in range(2)], [rng.choice("BCNPKQ") + self._digits(7) for _ in range(3)],
            [f"0{rng.randint(84, 96)}{century}{day[0] % 100:02d}{self._digits(6)}", self._digits(9)],
            f"{fold(given).replace(' ', '').lower()}{rng.choice(('', '.', '_'))}{self._digits(3)}@gmail.com",
            [rng.randrange(5)], max(day[0] + 1, rng.randint(1978, 2024)),
            rng.choice(_ABROAD[sex]) if rng.random() < 0.25 else "",
            rng.choice(_HUSBANDS) if sex == "f" and rng.random() < 0.25 else "",
            rng.choice(["Út", "Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Bé", "Cưng", "Tèo",
            "Nhỏ"]) if rng.random() < 0.08 else "",
            rng.random() < 0.14, [*(elder.kin if elder else []), given],
        )  # fmt: skip
        if rng.random() < 0.2:
            person.groups.append(rng.randrange(5))
        return person

    def household(self) -> list[Person]:
        """People of one family who went abroad: brothers and sisters, twins, a father and his son of the
        same name; or someone who is called as a neighbour is."""
        rng = self.rng
        home = self.home()
        members = [self.person(home, None)]
        for _ in range(rng.choices((0, 1, 2, 3), (68, 20, 9, 3))[0]):
            elder = members[-1]
            younger = self.person(home, elder)
            kind = rng.random()
            if kind < 0.08:  # twins
                younger.day, younger.lands = elder.day, list(elder.lands)
                younger.groups, younger.arrival = list(elder.groups), elder.arrival
            elif (
                kind < 0.12 and not home.people.patronymic and elder.day[0] < 1990
            ):  # a child named as its father or mother
                younger.sex, younger.middle, younger.given = elder.sex, elder.middle, elder.given
                younger.day = (min(elder.day[0] + rng.randint(19, 34), 2014), *younger.day[1:])
                younger.husband = ""
            members.append(younger)
        if self.near and rng.random() < 0.035:
            self._namesake(members[0])
        self.near = [*self.near[-200:], members[0]]
        return members

    def _namesake(self, person: Person) -> None:
        """Another person of one of the last names, of nearly one age, often of one commune."""
        rng, other = self.rng, self.rng.choice(self.near)
        if person.home.people.patronymic or other.home.people.patronymic:
            return
        surname = other.home.surname
        person.home = replace(person.home, surname=surname)
        person.surname, person.sex, person.middle, person.given = (
            surname,
            other.sex,
            other.middle,
            other.given,
        )
        person.day = (min(max(other.day[0] + rng.randint(-3, 3), 1932), 2012), *person.day[1:])
        if person.sex == "m":
            person.husband = ""
        if rng.random() < 0.6:
            person.home.place = other.home.place
