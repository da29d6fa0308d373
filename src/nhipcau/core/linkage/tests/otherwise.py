"""Records of people abroad made in another way than the shared generator makes them.

A northern province and its diaspora: other surnames and given names of two words, other habits of writing
(abbreviations, surname last in capitals, dates with dots, a commune with its district in one cell), other
damage (letters lost as "?", digits read wrongly, several phones in a cell) and groups that change with time.
Everything is invented.
"""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa


def words(text: str) -> list[str]:
    """The words of a text."""
    return text.split()


SURNAMES = {
    "Nguyễn": 38, "Trần": 10, "Lê": 10, "Phạm": 8, "Hoàng": 5, "Vũ": 5, "Bùi": 3, "Đỗ": 3, "Ngô": 2,
    "Đinh": 2, "Đào": 2, "Phan": 2, "Hồ": 2, "Đặng": 2, "Trịnh": 1.5, "Mai": 1, "Lưu": 1, "Tạ": 1, "Cao": 1,
    "Nông": 0.7,
    "Hà": 1, "Lương": 1, "Đoàn": 1, "Chu": 0.8, "Thân": 0.4, "Kiều": 0.4, "Tống": 0.4, "Khuất": 0.2,
    "Bế": 0.2,
}  # fmt: skip
MIDDLE = {
    "f": words("""
        Thị Thị Thị Thị Thanh Thu Ngọc Minh Hồng Phương Khánh Quỳnh Hải Kim Bích Thị+Thu Thị+Hồng
        Thị+Thanh Thị+Bích
    """),
    "m": words("""
        Văn Văn Văn Đức Minh Quang Anh Tuấn Xuân Đình Hữu Trọng Bá Công Mạnh Thế Việt Tiến Ngọc Duy
        Đăng
    """),
}
GIVEN = {
    "f": words("""
        Hương Hà Lan Hoa Huyền Trang Linh Nga Thảo Mai Hằng Hạnh Thủy Yến Dung Hiền Loan Nhung Liên
        Oanh Phương Ngân Vân Thu Tuyết Chinh Chuyên Duyên Đào Gấm Lụa Mận Nhàn Nguyệt Sen Tâm Thắm
        Thơm Tươi Vui Xuyến Ngát Quế Châm Diệp Hậu Hoài Khuyên Lương Minh Ngà Thoan Thúy Trâm Uyên
        Viên Vinh Ánh Hợi Tý Mùi Tuất Dần Hường
    """),
    "m": words("""
        Anh Hùng Dũng Cường Tuấn Sơn Hải Nam Trung Thắng Long Minh Quang Hiếu Đức Thành Hoàng Việt
        Tùng Bình Chiến Chung Công Cảnh Điệp Doanh Duẩn Đại Đoàn Giáp Hào Hiệp Hoan Huấn Khánh Khôi
        Kiên Lâm Luận Lực Mạnh Nghĩa Nhật Phong Phúc Quân Quý Quyết Sáng Tài Tân Thái Thiện Thịnh
        Thuận Thức Tiến Toàn Trường Trưởng Tú Vĩnh Vượng Ước Hợi
    """),
}
ABROAD = {
    "f": words("""
        Anna Maria Jana Lucie Eva Katerina Monika Lena Sofia Julia Nina Petra Martina Olga Irina
    """),
    "m": words("""
        Martin Petr Jan Tomas Michal Daniel David Lukas Max Viktor Andrej Oleg Pavel Thomas Peter
    """),
}
MARRIED = words("Novakova Müller Schmidt Kowalska Chen Kim")
COUNTRIES = {
    "CZ": ("CH Séc", "Cộng hòa Séc", "Czech Republic", "Tiệp"),
    "DE": ("Đức", "CHLB Đức", "Germany", "Deutschland"),
    "PL": ("Ba Lan", "Poland"), "RU": ("Nga", "LB Nga", "Russia"), "KR": ("Hàn Quốc", "Korea", "South Korea"),
    "JP": ("Nhật Bản", "Nhật", "Japan"), "TW": ("Đài Loan", "Taiwan"), "GB": ("Anh", "UK", "Vương quốc Anh"),
    "HU": ("Hungary", "Hung-ga-ri"), "UA": ("Ukraine", "U-crai-na"), "US": ("Mỹ", "Hoa Kỳ", "USA"),
    "AO": ("Ăng-gô-la", "Angola"),
}  # fmt: skip
PLACES = [
    place.replace("_", " ")
    for place in words("""
    Diễn_Thịnh Nghi_Phú Hưng_Lộc Yên_Trạch Quỳnh_Lưu Thanh_Chương Đô_Thành Nam_Giang Hải_Hậu
    Xuân_Trường Giao_Thủy Nghĩa_Đàn Tân_Kỳ Con_Cuông Phúc_Thành Trung_Lương Cẩm_Lĩnh Thạch_Hà
    Đức_Thọ Kỳ_Anh Vũ_Quang Can_Lộc Lộc_Hà Sơn_Tiến Quang_Lộc Tiên_Yên Bình_Liêu Hoành_Mô Đông_Triều
    Mạo_Khê Uông_Bí Vàng_Danh Hà_Khẩu Bãi_Cháy Cao_Xanh Minh_Tân Phú_Thứ Kinh_Môn Nam_Sách Thanh_Hà
    Tứ_Kỳ Gia_Lộc Bình_Giang Cẩm_Giàng Ninh_Giang Chí_Linh Sao_Đỏ Cộng_Hòa Thái_Học Văn_An
""")
]
SOURCES = ("commune", "assoc", "labour", "consular", "self", "police", "school")


def fold(text: str) -> str:
    """Without marks and đ, case kept."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in bare if not unicodedata.combining(c))


@dataclass
class Home:
    """A household: what its people share."""

    surname: str
    place: int
    father: str
    mother: str
    phone: str


@dataclass
class Person:
    """One person as she is, before anyone writes her down."""

    number: int
    family: int
    home: Home
    sex: str
    middle: str
    given: str
    day: tuple[int, int, int]
    country: str
    groups: list[int]
    arrival: int
    passport: list[str]
    identity: str
    phone: list[str]
    email: str
    abroad: str
    married: str
    year_only: bool
    kin: list[str] = field(default_factory=list)


class Maker:
    """Makes records, persons and a gazetteer; the same for the same seed."""

    def __init__(self, seed: int) -> None:
        """A random source of its own."""
        self.random = random.Random(seed)
        self.names, self.weights = list(SURNAMES), list(SURNAMES.values())
        self.units = self._units()

    def _units(self) -> list[dict[str, Any]]:
        rows = []
        for place, name in enumerate(PLACES * 4):
            whole = (
                name
                if place < len(PLACES)
                else f"{name} {['Đông', 'Tây', 'Nam', 'Bắc'][place // len(PLACES)]}"
            )
            merged = (PLACES * 4)[place // 2 * 2]
            rows.append(
                {
                    "prov": 40,
                    "old_id": place,
                    "old_name": whole,
                    "district": PLACES[place % 12],
                    "new_name": f"{merged} {place // 2}" if place % 4 else merged,
                    "new_code": 9000 + place // 2,
                }
            )
        return rows

    def _surname(self) -> str:
        return self.random.choices(self.names, self.weights)[0]

    def _mobile(self) -> str:
        return (
            self.random.choice(("098", "097", "091", "090", "036", "038", "094", "086"))
            + f"{self.random.randrange(10**7):07d}"
        )

    def _identity(self, year: int, sex: str) -> str:
        century = (2 if year >= 2000 else 0) + (sex == "f")
        return f"040{century}{year % 100:02d}{self.random.randrange(10**6):06d}"

    def _home(self) -> Home:
        surname, pick = self._surname(), self.random.choice
        father = f"{surname} {pick(MIDDLE['m'])} {pick(GIVEN['m'])}"
        mother = f"{self._surname()} Thị {pick(GIVEN['f'])}"
        place = int(len(self.units) * self.random.random() ** 1.5)
        return Home(surname, place, father, mother, self._mobile())

    def _person(self, number: int, family: int, home: Home, near: Person | None) -> Person:
        chance, pick = self.random.random, self.random.choice
        sex = pick("fm")
        year = near.day[0] + self.random.randint(1, 6) if near else int(self.random.gauss(1982, 12))
        day = (min(max(year, 1935), 2008), self.random.randint(1, 12), self.random.randint(1, 28))
        country = near.country if near and chance() < 0.5 else pick(list(COUNTRIES))
        middle = near.middle if near and near.sex == sex and chance() < 0.5 else pick(MIDDLE[sex])
        given = pick([name for name in GIVEN[sex] if not near or name not in near.kin])
        if near and chance() < 0.05:  # twins
            day, country = near.day, near.country
        person = Person(
            number, family, home, sex, middle.replace("+", " "), given, day, country,
            [self.random.randrange(5)], max(day[0] + 1, self.random.randint(1985, 2024)),
            [f"{pick('BCEKN')}{self.random.randrange(10**7):07d}" for _ in range(3)],
            self._identity(day[0], sex),
            [f"{self.random.randrange(10**8, 10**9)}" for _ in range(2)], "",
            pick(ABROAD[sex]) if chance() < 0.2 else "", pick(MARRIED)
            if sex == "f" and chance() < 0.15 else "", chance() < 0.15,
        )  # fmt: skip
        person.email = (
            f"{fold(given).lower()}{pick(('.', '_', ''))}{fold(home.surname).lower()}{number % 977}@seznam.cz"
        )
        person.kin = [*(near.kin if near else []), given]
        if chance() < 0.25:  # a student stays on as a worker
            person.groups.append(self.random.randrange(5))
        return person

    def persons(self, records: int) -> list[tuple[Person, int]]:
        """Persons with the number of their records."""
        made: list[tuple[Person, int]] = []
        total, number, family = 0, 0, 0
        while total < records:
            home, near, family = self._home(), None, family + 1
            for _ in range(self.random.choices((1, 2, 3), (75, 19, 6))[0]):
                near = self._person(number, family, home, near)
                count = min(self.random.choices((1, 2, 3, 4, 5), (58, 27, 10, 4, 1))[0], records - total)
                if count:
                    made.append((near, count))
                total, number = total + count, number + 1
        return made

    def tables(self, records: int) -> tuple[pa.Table, pa.Table, pa.Table]:
        """Records, truth, gazetteer."""
        rows, truth = [], []
        for person, count in self.persons(records):
            for _ in range(count):
                rows.append(self.record(person))
                truth.append({"person_id": person.number, "family_id": person.family})
        order = list(range(len(rows)))
        self.random.shuffle(order)
        rows = [{"record_id": place, **rows[old]} for place, old in enumerate(order)]
        truth = [{"record_id": place, **truth[old]} for place, old in enumerate(order)]
        schema = pa.schema([(name, pa.int64() if name in NUMBERS else pa.string()) for name in rows[0]])
        return (
            pa.Table.from_pylist(rows, schema),
            pa.Table.from_pylist(truth),
            pa.Table.from_pylist(self.units),
        )

    # --- writing one down ---------------------------------------------------------------------------------

    def record(self, person: Person) -> dict[str, Any]:
        """One record of a person, as some source writes it."""
        chance, pick = self.random.random, self.random.choice
        source = pick(SOURCES)
        away = source in ("consular", "self", "assoc")
        bare = chance() < (0.6 if away else 0.2)
        place, district = self._place(person, bare)
        groups = person.groups
        paper = pick([*person.passport[: 1 + (chance() < 0.3)], person.identity])
        paper = self._digit(paper) if chance() < 0.04 else paper
        father = chance() < 0.7
        relative = person.home.father if father else person.home.mother
        return {
            "source": source,
            "name": self._name(person, away, bare),
            "sex": None
            if chance() < 0.1
            else {"f": pick(("Nữ", "nữ", "F")), "m": pick(("Nam", "nam", "M"))}[person.sex],
            "birth": self._birth(person, away),
            "prov": "40",
            "district": district,
            "commune": place,
            "rel_name": (fold(relative) if bare else relative) if chance() < 0.4 else None,
            "rel_phone": self._phone(person.home.phone, "84") if chance() < 0.35 else None,
            "country": None if chance() < 0.06 else pick(COUNTRIES[person.country]),
            "doc_no": paper
            if chance() < (0.75 if source in ("labour", "consular", "police") else 0.2)
            else None,
            "phone": self._phone(pick(person.phone[: 1 + (chance() < 0.2)]), "420")
            if chance() < 0.4
            else None,
            "email": person.email if chance() < 0.12 else None,
            "grp": pick(groups) if chance() < 0.8 else None,
            "arrival_year": person.arrival + pick((0, 0, 0, 0, 0, 0, 1, -1, 2)) if chance() < 0.5 else None,
        }

    def _name(self, person: Person, away: bool, bare: bool) -> str:
        chance = self.random.random
        surname, middle, given = person.home.surname, person.middle, person.given
        if chance() < 0.06:
            middle = ""
        if away and person.married and chance() < 0.4:
            words = [given, *middle.split(), surname, person.married][-3 if chance() < 0.4 else -4 :]
            words = words if given in words else [given, *words[1:]]
        elif away and person.abroad and chance() < 0.4:
            words = [person.abroad, surname] if chance() < 0.4 else [person.abroad, given, surname]
        elif chance() < 0.08:
            short = {"Nguyễn": "Ng.", "Thị": "T.", "Văn": "V."}
            words = [short.get(word, word) for word in (surname, *middle.split())] + [given]
        elif away and chance() < 0.35:
            words = (
                [*middle.split(), given, surname.upper()]
                if chance() < 0.6
                else [given, *middle.split(), surname]
            )
        else:
            words = [surname, *middle.split(), given]
        if chance() < 0.05:
            place = self.random.randrange(len(words))
            words[place] = self._letter(words[place])
        name = " ".join(words)
        name = fold(name) if bare else self._lost(name) if chance() < 0.02 else name
        if chance() < 0.2:
            name = name.upper()
        return name.replace(" ", "-", 1) if chance() < 0.01 else name

    def _letter(self, word: str) -> str:
        place, letter = self.random.randrange(len(word)), self.random.choice("aeinhtgocmu")
        return (
            self.random.choice(
                (
                    word[:place] + word[place + 1 :],
                    word[:place] + letter + word[place:],
                    word[:place] + letter + word[place + 1 :],
                )
            )
            or word
        )

    def _lost(self, name: str) -> str:
        """A letter with marks that a programme could not write."""
        marked = [place for place, letter in enumerate(name) if ord(letter) > 127]
        if not marked:
            return name
        place = self.random.choice(marked)
        return name[:place] + fold(name[place]) + name[place + 1 :]

    def _digit(self, text: str) -> str:
        place = self.random.randrange(1, len(text))
        return text[:place] + str(self.random.randrange(10)) + text[place + 1 :]

    def _birth(self, person: Person, away: bool) -> str | None:
        chance = self.random.random
        year, month, day = person.day
        if chance() < (0.12 if away else 0.04):
            return None
        if chance() < 0.02:
            year += self.random.choice((-1, 1, 10, -10))
        if person.year_only or chance() < 0.25:
            return self.random.choice((f"{year}", f"01/01/{year}", f"sinh năm {year}", f"{month}/{year}"))
        if chance() < 0.03:
            month, day = (day, month) if day <= 12 else (month, self.random.randint(1, 28))
        return self.random.choice(
            (
                f"{day}/{month}/{year}",
                f"{day:02d}.{month:02d}.{year}",
                f"{day}.{month}.{year % 100:02d}",
                f"{year}-{month:02d}-{day:02d}",
                f"{day:02d}-{month:02d}-{year}",
            )
        )

    def _phone(self, number: str, code: str) -> str:
        bare = number.lstrip("0")
        if self.random.random() < 0.02:
            bare = self._digit(bare)
        forms = (
            f"0{bare}",
            f"+{code}{bare}",
            f"+{code} {bare[:3]} {bare[3:6]} {bare[6:]}",
            f"0{bare[:3]}.{bare[3:6]}.{bare[6:]}",
            f"0{bare}; {self._mobile()}",
        )
        return self.random.choice(forms)

    def _place(self, person: Person, bare: bool) -> tuple[str | None, str | None]:
        chance = self.random.random
        number = person.home.place
        if chance() < 0.03:
            number = self.random.randrange(len(self.units))
        unit = self.units[number]
        name = unit["new_name"] if chance() < 0.3 else unit["old_name"]
        district = unit["district"] if chance() < 0.6 else None
        if chance() < 0.12:
            return None, district
        name = self.random.choice(("", "xã ", "Xã ", "X.", "phường ")) + name
        if chance() < 0.03:
            name = self._letter(name)
        if district and chance() < 0.2:
            name, district = f"{name}, {self.random.choice(('huyện ', 'H. ', ''))}{district}", None
        return (fold(name), fold(district) if district else None) if bare else (name, district)


NUMBERS = ("record_id", "grp", "arrival_year")


def make(records: int, seed: int) -> tuple[pa.Table, pa.Table, pa.Table]:
    """Records, truth and gazetteer."""
    return Maker(seed).tables(records)
