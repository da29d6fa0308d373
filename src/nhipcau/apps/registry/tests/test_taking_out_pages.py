"""The page of links: records are ticked and taken out, a second officer decides, they come back."""

from __future__ import annotations

import re

import pytest
from tests.cast import Cast, SignedIn
from tests.permissions.world_of_registry import begin_registry, make_pair, make_record, make_round

from nhipcau.apps.registry.actions import restrict_person
from nhipcau.apps.registry.entering import enter
from nhipcau.apps.registry.models import Person, TakingOut
from nhipcau.apps.registry.tests.test_deciding import record_of
from nhipcau.apps.registry.tests.test_joining import from_list, standing
from nhipcau.apps.registry.tests.test_taking_out import first_record, joined_by_linking


@pytest.fixture
def three(cast: Cast) -> list[Person]:
    begin_registry()
    return from_list(cast, 3)


@pytest.fixture
def whole(three: list[Person]) -> Person:
    return joined_by_linking(three)


def links(person: Person) -> str:
    return f"/people-abroad/{person.pk}/links/"


def out(person: Person) -> str:
    return f"/people-abroad/{person.pk}/take-out/"


def test_a_ticked_record_goes_out_and_is_put_back(
    signed_in: SignedIn, three: list[Person], whole: Person
) -> None:
    keeper = signed_in("coordinator")
    record = first_record(three[1])
    assert f'value="{record}"' in keeper.get(links(whole)).content.decode()
    response = keeper.post(out(whole), {"record": [record], "reason": "Khác cha mẹ"})
    assert response["Location"] == links(whole)
    assert standing(three[1]) == {record}
    taking = TakingOut.objects.get()
    for person in (whole, three[1]):
        page = keeper.get(links(person)).content.decode()
        assert f"/people-abroad/taken-out/{taking.pk}/back/" in page
        assert "Khác cha mẹ" in page
    back = f"/people-abroad/taken-out/{taking.pk}/back/"
    assert keeper.post(back, {"reason": " "}).status_code == 422
    assert keeper.post(back, {"reason": "Đúng là một người"}).status_code == 302
    assert record in standing(whole)
    again = keeper.post(back, {"reason": "Lại nữa"})
    assert again.status_code == 422
    assert "nc-summary" in again.content.decode()


def test_what_was_ticked_and_written_stays_when_something_lacks(
    signed_in: SignedIn, three: list[Person], whole: Person
) -> None:
    keeper = signed_in("coordinator")
    record = first_record(three[1])
    page = keeper.post(out(whole), {"record": [record], "reason": ""})
    assert page.status_code == 422
    assert re.search(rf'value="{record}"[^>]*checked', page.content.decode())
    page = keeper.post(out(whole), {"reason": "Khác cha mẹ"})
    assert page.status_code == 422
    assert "Khác cha mẹ" in page.content.decode()
    every = keeper.post(out(whole), {"record": sorted(standing(whole)), "reason": "Nhầm"})
    assert every.status_code == 422
    assert not TakingOut.objects.exists()


@pytest.mark.parametrize(
    "sent", [{"record": "x"}, {"record": "\x00", "reason": "\x00"}, {"record": "9" * 40}]
)
def test_odd_input_changes_nothing(signed_in: SignedIn, whole: Person, sent: dict[str, str]) -> None:
    assert signed_in("coordinator").post(out(whole), sent).status_code == 422
    assert not TakingOut.objects.exists()


def test_a_second_officer_decides_on_the_same_page_and_is_told_on_her_first(
    cast: Cast, signed_in: SignedIn
) -> None:
    begin_registry()
    person = enter(make_record(cast, make_round(cast)))
    record = make_record(cast, make_round(cast, name="Đợt khác"), name="Trần Thị Hoa")
    enter(record, person, by="officer")
    asked = signed_in("coordinator").post(out(person), {"record": record.pk, "reason": "Người khác"})
    assert asked.status_code == 302
    taking = TakingOut.objects.get(state=TakingOut.State.PROPOSED)
    decide = f"/people-abroad/taken-out/{taking.pk}/decide/"
    assert decide not in signed_in("coordinator").get(links(person)).content.decode()
    second = signed_in("second_coordinator")
    assert links(person) in second.get("/").content.decode()
    assert decide in second.get(links(person)).content.decode()
    assert second.post(decide, {"answer": "no", "reason": ""}).status_code == 422
    assert second.post(decide, {"answer": "yes", "reason": ""}).status_code == 302
    assert record.pk not in standing(person)


def test_who_has_one_record_has_nothing_to_tick(signed_in: SignedIn, three: list[Person]) -> None:
    page = signed_in("coordinator").get(links(three[0])).content.decode()
    assert out(three[0]) not in page


def test_the_page_costs_the_same_however_many_records(
    cast: Cast,
    signed_in: SignedIn,
    whole: Person,
    django_assert_max_num_queries: object,
) -> None:
    keeper = signed_in("coordinator")
    for number in range(6):
        enter(make_record(cast, make_round(cast, name=f"Đợt {number}")), whole, by="officer")
    keeper.get(links(whole))
    with django_assert_max_num_queries(30):  # type: ignore[operator]
        keeper.get(links(whole))


def test_who_is_restricted_is_shown_by_number_alone(
    cast: Cast, signed_in: SignedIn, three: list[Person]
) -> None:
    one, two, _three = three
    make_pair(record_of(one), record_of(two))
    restrict_person(two, reason="Theo yêu cầu", actor=cast.coordinator)
    keeper = signed_in("coordinator")
    page = keeper.get(links(one)).content.decode()
    assert "Nguyễn Văn 2" not in page
    assert f"/people-abroad/{two.pk}/" in page
    own = keeper.get(links(two)).content.decode()
    assert "Nguyễn Văn" not in own
    assert keeper.post(out(two), {"record": first_record(two), "reason": "Nhầm"}).status_code == 302
