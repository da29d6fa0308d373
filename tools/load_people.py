"""Synthetic people abroad for measuring, entered set by set: 100,000 in a minute or two on a quiet machine.

    .venv/bin/python tools/load_people.py --people 1000000

Adds people until there are so many, all invented: few surnames and many given names as the Vietnamese have
them, some written without marks or the other way round, some with a foreign name; communes of the instance's
own province before those of the rest of the country, countries as a southern province's people went to. The
database is the one that DATABASE_URL names, filled with the demo before. Row security refuses COPY into the
register's tables, so it goes into a table of the session, and from there by INSERT.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools")]
AT_ONCE = 20_000
SOURCE = "Người được tạo ra để đo"
INDEXES = ("registry_person_words", "registry_person_words_some")
# Family names with their share in a thousand, as counted in the country.
SURNAMES = {
    "Nguyễn": 384, "Trần": 121, "Lê": 95, "Phạm": 70, "Huỳnh": 45, "Phan": 45, "Võ": 39, "Đặng": 21,
    "Bùi": 20, "Đỗ": 14, "Hồ": 13, "Ngô": 13, "Dương": 10, "Lý": 9, "Trương": 9, "Đinh": 8, "Lâm": 8,
    "Mai": 7, "Đoàn": 7, "Cao": 6, "Thạch": 6, "Kim": 5, "Sơn": 5, "Danh": 5, "Châu": 4, "Tô": 4, "Tạ": 3,
    "Quách": 3, "La": 3, "Từ": 3, "Mạc": 2, "Khưu": 2, "Liêu": 2, "Trịnh": 3, "Ông": 1, "Âu": 1, "Neáng": 1,
}  # fmt: skip
MIDDLES = {
    "F": {"Thị": 550, "Ngọc": 90, "Thanh": 60, "Kim": 60, "Thu": 40, "Mỹ": 40, "Bích": 30, "Hồng": 30,
          "": 50},
    "M": {"Văn": 420, "Hữu": 70, "Minh": 90, "Quốc": 70, "Thanh": 80, "Hoàng": 60, "Công": 40,
          "Đức": 60, "": 60},
}  # fmt: skip
GIVEN = {
    "F": "Hoa Lan Mai Hương Yến Thủy Dung Nga Hạnh Phượng Tuyết Trang Linh Thảo Nhung Loan Hằng Vân Trinh"
    " Diễm Kiều Tiên Thơ Ngân Oanh Quyên Uyên Châu Liên Cúc Đào Huệ Sương Thắm Gấm Nhàn Út Bé Xuân Thu",
    "M": "Bình Dũng Hải Khoa Long Phúc Tâm Hùng Tuấn Cường Sơn Thành Nam Đạt Khải Trung Kiệt Tài Lộc Phát"
    " Vinh Quang Nghĩa Hiếu Tín Đông Giang Toàn Thắng Lợi Đông Hậu Út Bảo Thiện Khánh Nhân Trí Dân Quý",
}
FOREIGN = ("Kevin", "Jenny", "Tony", "Linda", "David", "Kim", "Andy", "Tiffany", "Nancy", "Lisa", "Anna")
# Country: share in a thousand, city, code of telephones, groups.
WENT = {
    "US": (420, "San Jose", "1408", ("former_national", "married", "student")),
    "TW": (140, "Đài Nam", "8866", ("married", "worker")),
    "KR": (120, "Busan", "8210", ("married", "worker", "student")),
    "JP": (110, "Osaka", "8190", ("worker", "student")),
    "AU": (70, "Melbourne", "6141", ("former_national", "student")),
    "KH": (60, "Takeo", "8551", ("migrant",)),
    "CA": (50, "Toronto", "1416", ("former_national", "student")),
    "FR": (20, "Paris", "3361", ("former_national",)),
    "NZ": (10, "Auckland", "6421", ("former_national",)),
}  # fmt: skip


@dataclass(slots=True)
class Land:
    """What the people are put into: communes (the own province's first), words of places and countries."""

    own: list[int]
    all: list[int]
    place_words: dict[int, str]
    country_words: dict[str, str]
    source: int
    sender: int
    officer: int
    made: dict[str, str] = field(default_factory=dict)


def chooser(shares: dict[str, int], order: random.Random) -> Iterator[str]:
    """Values in their shares, without end."""
    names, weights = list(shares), list(shares.values())
    while True:
        yield from order.choices(names, weights, k=4096)


@lru_cache(maxsize=300_000)
def sorted_name(name: str) -> str:
    from nhipcau.core.text import sort_key

    return sort_key(name)


def people(count: int, land: Land, seed: int) -> Iterator[tuple[Any, ...]]:
    """Rows for the session's table: what a record says, and what it is found by."""
    from nhipcau.apps.registry.models import Group
    from nhipcau.core.text import fold

    order = random.Random(seed)
    labels = {value: str(label) for value, label in Group.choices}
    surnames, countries = chooser(SURNAMES, order), chooser({k: v[0] for k, v in WENT.items()}, order)
    middles = {sex: chooser(shares, order) for sex, shares in MIDDLES.items()}
    # Some given names are common, most are not.
    given = {
        sex: chooser({n: 400 // (i + 4) for i, n in enumerate(names.split())}, order)
        for sex, names in GIVEN.items()
    }
    for _person in range(count):
        sex = "F" if order.random() < 0.55 else "M"
        surname, first = next(surnames), next(given[sex])
        parts = [surname, next(middles[sex]), *([next(given[sex])] if order.random() < 0.25 else []), first]
        name = " ".join(part for part in parts if part)
        chance = order.random()
        if chance < 0.08:
            name = fold(name).upper()
        elif chance < 0.12:
            name = " ".join([*name.split()[1:], surname])
        foreign = f"{order.choice(FOREIGN)} {surname}" if order.random() < 0.06 else ""
        year = order.randint(1938, 2006)
        birth = (
            f"{year}-{order.randint(1, 12):02d}-{order.randint(1, 28):02d}"
            if order.random() < 0.6
            else f"{year}"
        )
        country = next(countries)
        _share, city, code, groups = WENT[country]
        group = order.choice(groups)
        place = order.choice(land.own if land.own and order.random() < 0.7 else land.all)
        phone = f"+{code}{order.randint(0, 9_999_999):07d}" if order.random() < 0.5 else ""
        left = str(min(2025, year + order.randint(17, 45)))
        digits = phone[1:]
        said = fold(
            " ".join([name, foreign, city, year_words(year, left), labels[group], digits, digits[-9:]])
        )
        words = " ".join((said, land.country_words.get(country, ""), land.place_words.get(place, "")))
        likeness = f"{' '.join(sorted(fold(name).split()))}|{year}"
        yield (name, surname, first, foreign, sex, birth, place, country, city, left, phone, [group], words,
               sorted_name(name), likeness)  # fmt: skip


def year_words(year: int, left: str) -> str:
    return f"{year} {left}"


COLUMNS = (
    "name", "surname", "given", "foreign_name", "sex", "birth", "place_id", "country", "city", "left_in",
    "phone", "groups", "words", "name_sort", "likeness",
)  # fmt: skip
_TABLE = """
    create temp table made (
        at bigserial, name text, surname text, given text, foreign_name text, sex text, birth text,
        place_id bigint, country text, city text, left_in text, phone text, groups text[], words text,
        name_sort text, likeness text, person_id bigint, record_id bigint
    ) on commit drop
"""
# Nobody's records are compared with those: what a search costs is measured, not linking.
_STEPS = (
    """
    update made set person_id = nextval(pg_get_serial_sequence('registry_person', 'id')),
        record_id = nextval(pg_get_serial_sequence('registry_sourcerecord', 'id'))
    """,
    """
    insert into registry_person (
        id, name, name_sort, foreign_name, sex, birth, country, groups, basis, derived, records, changed_at
    )
    select person_id, '', '', '', '', '', '', '{}', 'unverified', '{}', 0, now() from made order by at
    """,
    """
    insert into registry_sourcerecord (
        id, origin, running_source_id, sender_id, made_by_id, stated_on, made_at, written, basis,
        {columns}, {empty}
    )
    select record_id, 'paper', %(source)s, %(sender)s, %(officer)s, current_date, now(), '{{}}', 'unverified',
        {columns}, {nothing}
    from made order by at
    """,
    """
    insert into registry_membership (person_id, record_id, by, since)
    select person_id, record_id, 'first', now() from made order by at
    """,
    "delete from registry_unlinked u using made where u.record = made.record_id",
)


def steps() -> list[str]:
    """With what a record leaves empty: all its other texts."""
    from django.db.models import CharField, TextField

    from nhipcau.apps.registry.models import SourceRecord

    texts = [each for each in SourceRecord._meta.concrete_fields if isinstance(each, CharField | TextField)]
    empty = [str(each.column) for each in texts if each.column not in (*COLUMNS, "origin", "basis")]
    columns, nothing = ", ".join(COLUMNS), ", ".join("''" for _each in empty)
    return [
        step.format(columns=columns, empty=", ".join(empty), nothing=nothing) if "{columns}" in step else step
        for step in _STEPS
    ]


def add(count: int, land: Land, seed: int) -> None:
    """One transaction: so many people."""
    from django.db import connection

    from nhipcau.apps.access.actors import System
    from nhipcau.apps.access.identity import acting
    from nhipcau.apps.registry.deriving import derive

    with acting(System("load")), connection.cursor() as cursor:
        cursor.execute(_TABLE)
        with cursor.copy(f"copy made ({', '.join(COLUMNS)}) from stdin") as copy:
            for row in people(count, land, seed):
                copy.write_row(row)
        for step in steps():
            told = {"source": land.source, "sender": land.sender, "officer": land.officer}
            cursor.execute(step, told if "%(" in step else None)
        cursor.execute("select person_id from made")
        derive(pk for (pk,) in cursor.fetchall())


def land() -> Land:
    """Communes of today and their words, the source, and who enters. The country's units are loaded first."""
    from django.core.management import call_command
    from django.utils import timezone

    from nhipcau.apps.access.actors import System
    from nhipcau.apps.access.identity import acting
    from nhipcau.apps.accounts.models import User
    from nhipcau.apps.orgs.models import Organisation, OrganisationVersion
    from nhipcau.apps.registry.entering import words_of_countries, words_of_places
    from nhipcau.apps.registry.models import RunningSource

    call_command("load_units", stdout=io.StringIO())
    with acting(System("load")):
        officer = User.objects.get(email="dieuphoi@lamgiang.example.vn")
        today = OrganisationVersion.objects.filter(
            valid__contains=timezone.localdate(), organisation__realm=Organisation.Realm.PLACE
        )
        own = sorted(today.working().values_list("organisation", flat=True))
        everywhere = sorted(today.filter(kind="commune").values_list("organisation", flat=True))
        source, _new = RunningSource.objects.get_or_create(
            name=SOURCE, kind=RunningSource.Kind.ASSOCIATION, created_by=officer
        )
        return Land(
            own,
            everywhere or own,
            words_of_places([*own, *everywhere]),
            words_of_countries(list(WENT)),
            source.pk,
            officer.appointments.order_by("pk")[0].organisation_id,
            officer.pk,
        )


@contextlib.contextmanager
def without_indexes(wanted: bool) -> Iterator[None]:
    """The indexes of words are made again at the end: kept while so many come, they take most of the time."""
    import psycopg

    if not wanted:
        yield
        return
    with psycopg.connect(os.environ["NHIPCAU_OWNER_DATABASE_URL"], autocommit=True) as owner:
        asked = "select pg_get_indexdef(to_regclass(each)) from unnest(%s::text[]) each"
        written = [made for (made,) in owner.execute(asked, [list(INDEXES)]) if made]
        for index in INDEXES:
            owner.execute(f"drop index if exists {index}")
        try:
            yield
        finally:
            owner.execute("set maintenance_work_mem = '256MB'")
            for made in written:
                owner.execute(made)


def standing() -> int:
    from nhipcau.apps.access.actors import System
    from nhipcau.apps.access.identity import acting
    from nhipcau.apps.registry.models import Person

    with acting(System("load")):
        return Person.objects.count()


def fill(wanted: int, seed: int = 1) -> float:
    """Add people until there are so many; the seconds that it took."""
    begun, there = time.perf_counter(), standing()
    if there >= wanted:
        return 0.0
    where = land()
    with without_indexes(wanted - there > AT_ONCE):
        for at in range(there, wanted, AT_ONCE):
            add(min(AT_ONCE, wanted - at), where, seed * 1_000_003 + at)
            print(
                f"  {min(at + AT_ONCE, wanted):>9,} people  {time.perf_counter() - begun:>6.0f} s", flush=True
            )
    analyze()
    return time.perf_counter() - begun


def analyze() -> None:
    """What autovacuum would do by and by."""
    import psycopg

    with psycopg.connect(os.environ["NHIPCAU_OWNER_DATABASE_URL"], autocommit=True) as owner:
        for table in ("person", "sourcerecord", "membership"):
            owner.execute(f"vacuum analyze registry_{table}")


def begin() -> None:
    """Django ready, on the database that is named or the embedded one."""
    os.environ.setdefault("NHIPCAU_DATA", str(ROOT / ".build" / "bench"))
    os.environ.setdefault("NHIPCAU_LOG_LEVEL", "ERROR")
    from nhipcau.cli.instance import manage, migrate_and_collect, use_database

    use_database()
    migrate_and_collect()
    manage("load_demo", quiet=True)
    import django

    django.setup()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Synthetic people for measuring.")
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    begin()
    print(f"{fill(options.people, options.seed):.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
