"""The review desk: the queue, two records side by side, evidence in words, who is near, the next pair."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.cast import Cast, SignedIn
from tests.permissions.world_of_registry import begin_registry, make_pair, make_record, make_round

from nhipcau.apps.audit.models import Event
from nhipcau.apps.registry.entering import enter
from nhipcau.apps.registry.models import Group, Intake, Merge, Pair, Person, Round, SourceRecord
from nhipcau.apps.registry.reviewing.evidence import chance, waterfall
from nhipcau.apps.registry.reviewing.kin import kin
from nhipcau.apps.registry.reviewing.sides import Names, lines
from nhipcau.apps.registry.reviewing.words import WORDS
from nhipcau.core.linkage.clustering import LARGEST
from nhipcau.core.linkage.comparing import COMPARISONS
from nhipcau.core.linkage.explaining import KIN, RIVAL


@pytest.fixture
def round(cast: Cast) -> Round:
    begin_registry()
    return make_round(cast)


def entered(cast: Cast, round: Round, **fields: object) -> SourceRecord:
    person = enter(make_record(cast, round, **fields))
    return SourceRecord.objects.get(memberships__person=person)


@pytest.fixture
def pair(cast: Cast, round: Round) -> Pair:
    hoa = entered(cast, round, place=cast.commune, relative_name="Nguyễn Văn Sơn")
    other = entered(cast, round, name="HOA NGUYEN", birth="1962", basis="unverified", phone="0901 234 567")
    return make_pair(hoa, other)


@pytest.fixture
def keeper(signed_in: SignedIn) -> Client:
    return signed_in("coordinator")


def text_of(page: str) -> str:
    """What stands on the page, without its elements."""
    return re.sub(r"<[^>]+>", "", page)


def address(pair: Pair, act: str = "") -> str:
    return f"/people-abroad/pairs/{pair.pk}/{act}"


def test_the_queue_says_how_many_wait_and_which_is_likeliest(
    cast: Cast, round: Round, pair: Pair, keeper: Client, django_assert_max_num_queries: object
) -> None:
    unlikely = make_pair(pair.left, entered(cast, round, name="Trần Văn Xa", sex="M"), -4.0)
    for number in range(4):
        make_pair(pair.right, entered(cast, round, name=f"Lê Thị {number}"), 0.5)
    keeper.get("/people-abroad/pairs/")
    with django_assert_max_num_queries(24):  # type: ignore[operator]
        page = keeper.get("/people-abroad/pairs/").content.decode()
    assert "6" in page.split("<h1>")[1].split("</h1>")[0]
    assert page.index(address(pair)) < page.index(address(unlikely))
    few = keeper.get("/people-abroad/pairs/?strength=unlikely").content.decode()
    assert address(unlikely) in few
    assert address(pair) not in few


@pytest.mark.parametrize(
    "query", ["sender=x&place=²&list=-1&strength=a", "sender=999999999999999999", "place=%00"]
)
def test_what_cannot_be_read_in_the_address_is_left_out(keeper: Client, pair: Pair, query: str) -> None:
    assert keeper.get(f"/people-abroad/pairs/?{query}").status_code == 200
    assert keeper.get(f"{address(pair)}?{query}").status_code == 200


def test_the_desk_costs_the_same_however_many_are_near(
    cast: Cast, round: Round, pair: Pair, keeper: Client, django_assert_max_num_queries: object
) -> None:
    for number in range(8):
        make_pair(pair.left, entered(cast, round, name=f"Lê Thị {number}"), 1.0)
    keeper.get(address(pair))
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        page = keeper.get(address(pair)).content.decode()
    assert "Nguyễn Thị Hoa" in text_of(page)
    assert "style=" not in page.split("<main")[1]
    assert Event.objects.filter(verb="registry.read_pair", subject_id=str(pair.pk)).count() == 2


def test_an_answer_leads_to_the_next_pair_and_is_taken_back(
    cast: Cast, round: Round, pair: Pair, keeper: Client
) -> None:
    following = make_pair(pair.left, entered(cast, round, name="Lê Thị Hoa"), 1.0)
    answer = {"answer": "different", "seen": "open", "reason": ""}
    response = keeper.post(address(pair, "decide/"), answer)
    assert response["Location"] == address(following)
    page = keeper.get(address(following)).content.decode()
    assert address(pair, "undo/") in page
    response = keeper.post(address(pair, "undo/"))
    assert response["Location"] == address(pair)
    assert Pair.objects.get(pk=pair.pk).state == Pair.State.OPEN


def test_after_the_last_pair_the_queue_is_empty_and_says_so(keeper: Client, pair: Pair) -> None:
    response = keeper.post(address(pair, "decide/"), {"answer": "unknown", "seen": "open"}, follow=True)
    assert response.redirect_chain == [("/people-abroad/pairs/", 302)]
    assert "nc-empty" in response.content.decode()


def test_the_filters_stay_from_pair_to_pair(cast: Cast, round: Round, pair: Pair, keeper: Client) -> None:
    following = make_pair(pair.left, entered(cast, round, name="Lê Thị Hoa"), 1.0)
    make_pair(pair.right, entered(cast, round, name="Lê Thị Ba"), 1.5)
    query = f"?place={cast.commune.pk}"
    page = keeper.get(address(pair) + query).content.decode()
    assert address(pair, "decide/") + query in page
    response = keeper.post(address(pair, "decide/") + query, {"answer": "unknown", "seen": "open"})
    assert response["Location"] == address(following) + query


def test_a_second_answer_is_told_what_stands(
    cast: Cast, pair: Pair, keeper: Client, signed_in: SignedIn
) -> None:
    keeper.post(address(pair, "decide/"), {"answer": "different", "seen": "open"})
    late = signed_in("second_coordinator").post(address(pair, "decide/"), {"answer": "same", "seen": "open"})
    assert late.status_code == 422
    assert cast.coordinator.full_name in late.content.decode()
    assert not Merge.objects.exists()


def test_a_lacking_reason_is_asked_beside_the_answer_that_was_tried(
    cast: Cast, round: Round, keeper: Client
) -> None:
    pair = make_pair(entered(cast, round), entered(cast, round, birth="1962"), 4.8)
    response = keeper.post(address(pair, "decide/"), {"answer": "different", "seen": "open", "reason": " "})
    page = response.content.decode()
    assert response.status_code == 422
    assert re.search(r'<button[^>]*tabindex="-1"[^>]*value="different"', page)
    assert "nc-field-error" in page


@pytest.mark.parametrize(
    "sent", [{}, {"answer": "open"}, {"answer": "\x00", "seen": "\x00"}, {"answer": "same", "seen": "x"}]
)
def test_odd_answers_change_nothing(keeper: Client, pair: Pair, sent: dict[str, str]) -> None:
    assert keeper.post(address(pair, "decide/"), sent).status_code == 422
    assert Pair.objects.get(pk=pair.pk).state == Pair.State.OPEN


def test_who_reads_both_sides_looks_and_decides_nothing(
    cast: Cast, round: Round, signed_in: SignedIn
) -> None:
    ours = [entered(cast, round, place=cast.commune, name=name) for name in ("Lê Thị Hoa", "Lê Hoa")]
    pair, beyond = make_pair(*ours), make_pair(ours[0], entered(cast, round, name="Lê Thị Xa"))
    client = signed_in("commune_officer")
    page = client.get(address(pair)).content.decode()
    assert "Lê Thị Hoa" in text_of(page)
    assert address(pair, "decide/") not in page
    assert "Xa" not in text_of(page)
    assert client.post(address(pair, "decide/"), {"answer": "same"}).status_code == 403
    assert client.get(address(beyond)).status_code == 404


def test_every_comparison_of_the_model_has_its_words() -> None:
    told = {(one.name, grade.key) for one in COMPARISONS for grade in one.grades if not grade.nothing}
    told.add((KIN, RIVAL))
    assert told <= {(name, grade) for name, grades in WORDS.items() for grade in grades}


def test_the_waterfall_adds_up_whatever_the_model_left_out(pair: Pair) -> None:
    picture = waterfall(pair)
    assert [step.kind for step in picture.steps] == ["start", *["for"] * 4, "against", "sum"]
    assert picture.steps[-1].bits.lstrip("+") in ("2,3", "2.3")
    assert picture.steps[1].why.count("3") == 1
    pair.weight = 4.0
    assert [step.kind for step in waterfall(pair).steps][-2] == "for"


@pytest.mark.parametrize(
    "evidence",
    [
        {},
        [],
        None,
        {"prior": "x", "parts": [{"on": 1, "grade": None, "bits": "3"}, 7]},
        {"prior": float("nan"), "parts": [{"on": "name", "grade": "new", "bits": 2.0, "shared_by": True}]},
        {"parts": [{"bits": 1e9}]},
    ],
)
def test_evidence_of_another_form_breaks_no_page(pair: Pair, evidence: object) -> None:
    pair.evidence = evidence
    assert waterfall(pair).steps[-1].kind == "sum"


@pytest.mark.parametrize(("weight", "told"), [(0.0, "50"), (2.3, "83"), (-900.0, "1"), (900.0, "99")])
def test_the_chance_is_never_none_and_never_all(weight: float, told: str) -> None:
    assert told in chance(weight)


def marks(left: SourceRecord, right: SourceRecord) -> dict[str, str]:
    return {line.label: line.mark for line in lines(left, right, Names({}, {}))}


def test_what_differs_is_marked_field_by_field() -> None:
    left = SourceRecord(
        name="Nguyễn Thị Hoa",
        birth="1962-05-30",
        sex="F",
        country="US",
        city="Houston",
        groups=[Group.MARRIED],
    )
    right = SourceRecord(
        name="HOA NGUYEN", birth="1962", sex="F", country="US", city="Dallas", groups=[Group.STUDENT]
    )
    found = list(marks(left, right).values())
    #        name    birth   sex     origin     abroad  left       groups       relative   phone
    assert found == ["near", "near", "same", "missing", "near", "missing", "different", "missing", "missing"]


def test_a_year_and_another_day_of_it_are_told_apart() -> None:
    left, right = SourceRecord(birth="1962-05-30"), SourceRecord(birth="1962-06-30")
    assert list(marks(left, right).values())[1] == "different"


def test_the_words_that_the_other_side_lacks_are_marked() -> None:
    left, right = SourceRecord(name="Nguyễn Thị Hồng Vân"), SourceRecord(name="NGUYEN HONG VAN")
    line = lines(left, right, Names({}, {}))[0]
    assert [word for word, odd in line.left.words if odd] == ["Thị"]


def test_what_the_sender_wrote_stands_under_what_was_understood(cast: Cast) -> None:
    sheets = [{"index": 1, "headings": ["STT", "Họ tên", "NS"], "columns": {"name": 1, "birth": 2}}]
    left = SourceRecord(
        name="Nguyễn Thị Hoa",
        birth="1962",
        sheet=1,
        intake=Intake(sheets=sheets),
        written={"STT": "4", "Họ tên": "NGUYEN T. HOA", "NS": "62"},
    )
    found = lines(left, SourceRecord(name="Hoa"), Names({}, {}))
    assert [line.left.written for line in found[:2]] == ["NGUYEN T. HOA", "62"]


@pytest.mark.parametrize(
    ("other", "warned"),
    [
        ({"name": "Nguyễn Thị Hồng Vy"}, True),
        ({"name": "Nguyễn Thị Hồng Vân"}, False),
        ({"name": "Trần Thị Hồng Vy"}, False),
        ({"name": "Nguyễn Thị Hồng Vy", "place_text": "Long Xuyên", "relative_name": ""}, False),
    ],
)
def test_brothers_and_sisters_are_warned_of(other: dict[str, str], warned: bool) -> None:
    shared = {"place_text": "Vĩnh Hòa", "relative_name": "Nguyễn Hồng Sơn"}
    left = SourceRecord(name="Nguyễn Hồng Vân", **shared)
    assert (kin(left, SourceRecord(**shared | other)) is not None) is warned


def test_the_links_of_a_person_say_how_each_record_came(
    cast: Cast, pair: Pair, keeper: Client, django_assert_max_num_queries: object
) -> None:
    person = Person.objects.get(memberships__record=pair.left)
    with django_assert_max_num_queries(26):  # type: ignore[operator]
        page = keeper.get(f"/people-abroad/{person.pk}/links/").content.decode()
    assert address(pair) in page
    assert "HOA NGUYEN" in page
    assert Event.objects.filter(verb="registry.read_person").exists()


def test_the_first_page_of_the_keeper_says_that_pairs_wait(
    pair: Pair, keeper: Client, signed_in: SignedIn
) -> None:
    assert "/people-abroad/pairs/" in keeper.get("/").content.decode()
    assert "/people-abroad/pairs/" not in signed_in("officer").get("/").content.decode()


def test_persons_with_too_many_records_are_shown_to_look_at(
    cast: Cast, round: Round, pair: Pair, keeper: Client
) -> None:
    person = Person.objects.get(memberships__record=pair.left)
    Person.objects.filter(pk=person.pk).update(records=LARGEST + 1)
    assert "/people-abroad/pairs/persons/" in keeper.get("/people-abroad/pairs/").content.decode()
    page = keeper.get("/people-abroad/pairs/persons/").content.decode()
    assert f"/people-abroad/{person.pk}/links/" in page


def test_a_pair_that_the_system_joined_is_shown_as_one(pair: Pair, keeper: Client) -> None:
    Pair.objects.update(state=Pair.State.LINKED)
    page = keeper.get(address(pair)).content.decode()
    assert 'name="seen" value="linked"' in page
    assert 'value="linked"' not in page.replace('name="seen" value="linked"', "")
