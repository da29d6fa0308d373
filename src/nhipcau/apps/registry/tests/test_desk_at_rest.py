"""Whoever had the use of her data restricted is on no desk: a number alone, and nothing is decided of her."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.cast import Cast, SignedIn
from tests.permissions.world_of_registry import begin_registry, make_pair

from nhipcau.apps.registry.actions import lift_restriction, merge_persons, restrict_person, take_apart
from nhipcau.apps.registry.models import Pair, Person
from nhipcau.apps.registry.reviewing.queue import waiting_pairs
from nhipcau.apps.registry.tests.test_deciding import record_of
from nhipcau.apps.registry.tests.test_joining import from_list

DESK = "/people-abroad/pairs/"


@pytest.fixture
def three(cast: Cast) -> list[Person]:
    begin_registry()
    return from_list(cast, 3)


@pytest.fixture
def resting(cast: Cast, three: list[Person]) -> Pair:
    """The second one's data rest; she is near the first."""
    pair = make_pair(record_of(three[0]), record_of(three[1]), 4.0)
    restrict_person(three[1], reason="Theo yêu cầu", actor=cast.coordinator)
    return pair


@pytest.fixture
def keeper(signed_in: SignedIn) -> Client:
    return signed_in("coordinator")


def test_a_pair_that_rests_does_not_wait_and_is_told_as_resting(
    cast: Cast, three: list[Person], resting: Pair, keeper: Client
) -> None:
    other = make_pair(record_of(three[0]), record_of(three[2]), 1.0)
    assert list(waiting_pairs(cast.coordinator)) == [other]
    page = keeper.get(DESK).content.decode()
    assert "?resting=1" in page
    assert f"{DESK}{resting.pk}/" not in page
    rest = keeper.get(f"{DESK}?resting=1").content.decode()
    assert f"/people-abroad/{three[1].pk}/" in rest
    assert "Nguyễn Văn 2" not in rest
    assert "Nguyễn Văn 1" in rest
    desk = keeper.get(f"{DESK}{other.pk}/").content.decode()
    assert "Nguyễn Văn 2" not in desk
    assert f"{DESK}{resting.pk}/" not in desk


def test_its_page_shows_no_value_and_takes_no_answer(
    cast: Cast, three: list[Person], resting: Pair, keeper: Client
) -> None:
    page = keeper.get(f"{DESK}{resting.pk}/")
    assert "Nguyễn Văn 2" not in page.content.decode()
    assert "/decide/" not in page.content.decode()
    answer = {"answer": "same", "seen": "open", "reason": "Cùng người"}
    refused = keeper.post(f"{DESK}{resting.pk}/decide/", answer)
    assert refused.status_code == 422
    assert "Nguyễn Văn 2" not in refused.content.decode()
    keeper.post(f"{DESK}{resting.pk}/undo/")
    assert Pair.objects.get().state == Pair.State.OPEN
    lift_restriction(three[1], reason="Đã hết hạn", actor=cast.coordinator)
    assert "/decide/" in keeper.get(f"{DESK}{resting.pk}/").content.decode()
    assert keeper.post(f"{DESK}{resting.pk}/decide/", answer).status_code == 302


def test_pairs_wait_no_more_once_officers_joined_them_and_again_when_that_is_undone(
    cast: Cast, three: list[Person]
) -> None:
    one, two, three_ = (record_of(each) for each in three)
    outer, inner = make_pair(one, three_, 1.0), make_pair(two, three_, 2.0)
    join = merge_persons(three[0], three[1], reason="Trùng", actor=cast.coordinator)
    assert set(waiting_pairs(cast.coordinator)) == {outer, inner}
    other = merge_persons(three[0], three[2], reason="Trùng", actor=cast.coordinator)
    if other.state == "proposed":
        pytest.fail("nobody worked on the third")
    assert not waiting_pairs(cast.coordinator).exists()
    take_apart(join, reason="Nhầm", actor=cast.coordinator)
    assert not waiting_pairs(cast.coordinator).filter(pk=outer.pk).exists()
    assert not Pair.objects.get(pk=inner.pk).within


def test_of_a_person_to_look_at_who_rests_the_number_stands(
    cast: Cast, three: list[Person], keeper: Client
) -> None:
    restrict_person(three[0], reason="Theo yêu cầu", actor=cast.coordinator)
    Person.objects.filter(pk=three[0].pk).update(records=40)
    page = keeper.get(f"{DESK}persons/").content.decode()
    assert f"/people-abroad/{three[0].pk}/" in page
    assert "Nguyễn Văn 1" not in page
    assert keeper.get(f"/people-abroad/{three[0].pk}/join/").status_code in (302, 404)


def test_a_join_with_who_rests_shows_no_record_and_takes_no_decision(
    cast: Cast, three: list[Person], keeper: Client
) -> None:
    join = merge_persons(three[0], three[1], reason="Trùng", actor=cast.coordinator)
    restrict_person(three[0], reason="Theo yêu cầu", actor=cast.coordinator)
    for path in (f"/people-abroad/joins/{join.pk}/", "/people-abroad/joins/"):
        assert "Nguyễn Văn" not in keeper.get(path).content.decode()
    refused = keeper.post(f"/people-abroad/joins/{join.pk}/apart/", {"reason": "Nhầm"})
    assert refused.status_code == 422
    join.refresh_from_db()
    assert join.state == "done"
