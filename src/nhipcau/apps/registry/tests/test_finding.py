"""People are found by what officials type; the index answers, whoever asks."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from tests.cast import BEGINNING, Cast, SignedIn
from tests.permissions.world_of_registry import begin_registry, make_record, make_round

from nhipcau.apps.access.identity import set_identity
from nhipcau.apps.reference.models import Country
from nhipcau.apps.registry.asking import Width, queries, read
from nhipcau.apps.registry.entering import enter
from nhipcau.apps.registry.marking import marked
from nhipcau.apps.registry.models import Group, Person, Remit
from nhipcau.apps.registry.search import find, following
from nhipcau.core.text import fold

COUNTRIES = {"hoa ky": "us", "my": "us", "canada": "ca", "nga": "ru", "us": "us"}


def understood(words: str) -> list[tuple[str, str]]:
    return [(part.kind.value, part.country or part.word) for part in read(words, COUNTRIES)]


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("Nguyễn Hoa", [("word", "nguyen"), ("word", "hoa")]),
        (
            "Nguyễn Hoa Hoa Kỳ 1962",
            [("word", "nguyen"), ("word", "hoa"), ("country", "us"), ("year", "1962")],
        ),
        ("ĐỖ mỹ", [("word", "do"), ("either", "us")]),
        ("canada", [("country", "ca")]),
        ("0914.555.182 Hoa", [("phone", "0914555182"), ("word", "hoa")]),
        ("+1 (714) 555-0182", [("phone", "17145550182")]),
        ("0182", [("phone", "0182")]),
        ("30/05/1962 hoa", [("year", "1962"), ("word", "hoa")]),
        ("5/1962", [("year", "1962")]),
        ("Văn-A", [("word", "van"), ("word", "a")]),
        ("& | ! ' ; \\ :*", []),
        ("\x00", []),
    ],
)
def test_what_is_typed_is_read(words: str, parts: list[tuple[str, str]]) -> None:
    assert sorted(understood(words)) == sorted(parts)


def test_names_are_asked_first_then_everything_then_the_inside_of_words() -> None:
    assert queries(read("Nguyễn Ho mỹ", COUNTRIES)) == [
        (Width.WHOLE, "'nguyen' & 'ho' & ('my' | '=us')"),
        (Width.NAMES, "'nguyen':* & 'ho':* & ('my':* | '=us')"),
        (Width.EVERYTHING, "'@nguyen' & '@ho' & ('@my' | '=us')"),
        (
            Width.INSIDE,
            "('@nguyen' | '~nguyen':*) & ('@ho' | '~ho':*) & ('@my' | '~my':* | '=us')",
        ),
    ]


@pytest.mark.parametrize(("word", "asked"), [("nguyễn", "'nguyen'"), ("trâ", "'tra':*"), ("kev", "'kev':*")])
def test_a_word_that_cannot_go_on_is_asked_whole(word: str, asked: str) -> None:
    assert queries(read(word, COUNTRIES))[0][1] == asked


def test_what_is_asked_has_no_more_than_eight_parts() -> None:
    assert queries(read("1962", COUNTRIES), "'=us'") == [(Width.NAMES, "'@1962' & '=us'")]
    assert len(read("a b c d e f g h i j", COUNTRIES)) == 8


@pytest.mark.parametrize(
    "name", ["Nguyễn Thị Hoà", "ĐẶNG Đỗ", "Huy\u0300nh", "Y-Brăm Êban", "Zoë\u200b Nguyễn"]
)
def test_the_database_folds_as_the_pages_do(name: str, db: None) -> None:
    begin_registry()
    with connection.cursor() as cursor:
        cursor.execute("select registry_fold(%s)", [name])
        assert cursor.fetchone()[0] == fold(name)


@pytest.mark.parametrize(
    ("name", "words", "shown"),
    [
        ("Nguyễn Thị Hoa", ["ngu", "hoa"], "<mark>Ngu</mark>yễn Thị <mark>Hoa</mark>"),
        ("Đỗ <b>", ["do"], "<mark>Đỗ</mark> &lt;b&gt;"),
        ("Hoa", ["oa"], "Hoa"),
    ],
)
def test_what_was_asked_is_marked(name: str, words: list[str], shown: str) -> None:
    assert marked(name, words) == shown


def test_the_inside_of_a_word_is_marked_when_it_was_looked_for() -> None:
    assert marked("Nguyễn", ["uye"], inside=True) == "Ng<mark>uyễ</mark>n"


@pytest.fixture
def people(cast: Cast) -> dict[str, Person]:
    begin_registry()
    for code, name, aliases in (("US", "Hoa Kỳ", "Mỹ"), ("JP", "Nhật Bản", "Nhật")):
        Country.objects.create(
            code=code, name=name, name_en=f"{code} land", aliases=aliases, valid=(None, None), source="ISO"
        )
    round = make_round(cast)
    Remit.objects.create(
        organisation=cast.department_a, group=Group.WORKER, basis="Quyết định", valid=(BEGINNING, None)
    )
    return {
        "hoa": enter(
            make_record(cast, round, place=cast.commune, groups=[Group.WORKER], phone="+1 714 555 0182")
        ),
        "lan": enter(make_record(cast, round, name="Nguyễn Thị Lan", groups=[Group.STUDENT], birth="1970")),
        "binh": enter(
            make_record(
                cast, round, name="Trần Văn Bình", foreign_name="Kevin Tran", country="JP",
                groups=[Group.WORKER], birth="1980",
            )
        ),
    }  # fmt: skip


def found(people: dict[str, Person], words: str, **filters: str) -> set[str]:
    names = {person.pk: key for key, person in people.items()}
    asked = find(words, **filters)
    assert asked is not None
    return {names[pk] for pk in asked.ids}


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("hoa", {"hoa"}),
        ("nguyễn hoa kỳ", {"hoa", "lan"}),
        ("nhật", {"binh"}),
        ("kev", {"binh"}),
        ("guye", {"hoa", "lan"}),
        ("0182", {"hoa"}),
        ("714555", {"hoa"}),
        ("0714555", {"hoa"}),
        ("0714 555 0182", {"hoa"}),
        ("cau ngang", {"hoa"}),
        ("1980 nhat ban", {"binh"}),
        ("1980 hoa ky", set()),
    ],
)
def test_people_are_found_by_what_is_typed(people: dict[str, Person], words: str, who: set[str]) -> None:
    assert found(people, words) == who


def test_filters_are_asked_of_the_same_index(people: dict[str, Person]) -> None:
    assert found(people, "", country="US") == {"hoa", "lan"}
    assert found(people, "nguyen", group="student") == {"lan"}
    assert found(people, "", basis="unverified") == {"hoa", "lan", "binh"}
    assert find("") is None
    assert find("&") is None


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("coordinator", {"hoa", "lan", "binh"}),
        ("officer", {"hoa", "binh"}),
        ("commune_officer", {"hoa"}),
        ("outsider", set()),
        ("leader", set()),
    ],
)
def test_each_finds_hers_and_turns_the_pages_of_hers(
    cast: Cast, people: dict[str, Person], name: str, seen: set[str]
) -> None:
    names = {person.pk: key for key, person in people.items()}
    begin_registry()
    set_identity(getattr(cast, name).pk)
    assert found(people, "", basis="unverified") == seen
    assert {names[pk] for pk in following("", 0, 10)} == seen
    assert {names[pk] for pk in following("", 0, 10, country="US")} == seen & {"hoa", "lan"}
    first = following("", 0, 1)
    if first:
        at = Person.objects.get(pk=first[0])
        assert {names[pk] for pk in following(at.name_sort, at.pk, 10)} == seen - {names[at.pk]}


@pytest.mark.parametrize("name", ["coordinator", "officer", "commune_officer"])
@pytest.mark.parametrize("words", ["nguyen", "hoa 1962", "0182", "guye"])
def test_no_search_looks_through_the_table(
    cast: Cast, people: dict[str, Person], name: str, words: str
) -> None:
    set_identity(getattr(cast, name).pk)
    before = scans()
    found(people, words)
    after = scans()
    assert after["seq"] == before["seq"], (before, after)
    assert after["index"] > before["index"]


def scans() -> dict[str, int]:
    """How often this transaction looked through the table of people, and how often through its indexes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_stat_get_xact_numscans('registry_person'::regclass),"
            " (select sum(pg_stat_get_xact_numscans(indexrelid)) from pg_index"
            " where indrelid = 'registry_person'::regclass)"
        )
        seq, index = cursor.fetchone()
    return {"seq": seq, "index": int(index)}


def test_the_page_says_what_it_understood_and_marks_it(
    cast: Cast, people: dict[str, Person], signed_in: SignedIn
) -> None:
    text = signed_in("coordinator").get("/people-abroad/?q=nguyen+hoa+1962&country=US").content.decode()
    assert "<mark>Nguyễn</mark> Thị <mark>Hoa</mark>" in text
    assert "nguyen hoa" in text
    assert re.search(r'href="/people-abroad/\?q=nguyen\+hoa\+1962"', text)


def test_as_one_types_only_what_was_found_comes(
    cast: Cast, people: dict[str, Person], signed_in: SignedIn, django_assert_max_num_queries: object
) -> None:
    client = signed_in("coordinator")
    headers = {"hx-request": "true", "hx-target": "found"}
    client.get("/people-abroad/?q=lan", headers=headers)
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        answer = client.get("/people-abroad/?q=hoa", headers=headers)
    text = answer.content.decode()
    assert "<html" not in text
    assert '<p id="told" hx-swap-oob="innerHTML">' in text
    assert "Thị <mark>Hoa</mark>" in text


def test_pages_follow_by_the_last_person_shown(
    cast: Cast, people: dict[str, Person], signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nhipcau.apps.registry.views.finding.PER_PAGE", 2)
    client = signed_in("coordinator")
    first = client.get("/people-abroad/").content.decode()
    assert "Thị Lan" in first
    assert "Bình" not in first
    after = re.search(r'href="\?after=(\d+)"', first)
    assert after is not None
    second = client.get(f"/people-abroad/?after={after.group(1)}").content.decode()
    assert "Văn Bình" in second
    assert "Thị Lan" not in second
    assert client.get("/people-abroad/?after=x%00").status_code == 200
