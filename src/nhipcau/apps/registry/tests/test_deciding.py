"""Whether two records are of one person: said once, held, changed with a reason, taken back at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from tests.cast import Cast, make_cast
from tests.permissions.world_of_registry import begin_registry, make_pair, make_record, make_round

from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.audit.models import Event
from nhipcau.apps.registry.actions import (
    decide_merge,
    decide_pair,
    merge_persons,
    take_apart,
    undo_pair,
)
from nhipcau.apps.registry.entering import enter
from nhipcau.apps.registry.joining import join_sure
from nhipcau.apps.registry.models import Membership, Merge, Pair, Person, SourceRecord
from nhipcau.apps.registry.reviewing.queue import waiting_pairs
from nhipcau.apps.registry.tests.test_joining import close_at, from_list, standing

State = Pair.State


def record_of(person: Person) -> SourceRecord:
    return SourceRecord.objects.get(memberships__person=person, memberships__until=None)


@pytest.fixture
def three(cast: Cast) -> list[Person]:
    """From a list: nobody worked on them."""
    begin_registry()
    return from_list(cast, 3)


@pytest.fixture
def pair(three: list[Person]) -> Pair:
    return make_pair(record_of(three[0]), record_of(three[1]))


@pytest.fixture
def worked_on(cast: Cast) -> Pair:
    """Both persons were entered by an officer."""
    begin_registry()
    round = make_round(cast)
    both = [enter(make_record(cast, round)), enter(make_record(cast, round, name="Hoa Nguyen"))]
    return make_pair(*(record_of(each) for each in both))


def state(pair: Pair) -> str:
    return Pair.objects.get(pk=pair.pk).state


def people() -> list[tuple[int, frozenset[int], int | None]]:
    """Each person with her records and where she leads."""
    return [
        (each.pk, frozenset(standing(each)), each.merged_into_id) for each in Person.objects.order_by("pk")
    ]


def test_the_same_joins_at_once_what_nobody_worked_on(cast: Cast, three: list[Person], pair: Pair) -> None:
    done = decide_pair(pair, State.SAME, reason="", actor=cast.coordinator)
    assert done.merge is not None
    assert (done.merge.state, done.merge.pair_id, done.waits) == (Merge.State.DONE, pair.pk, False)
    assert (state(pair), done.pair.decided_by) == (State.SAME, cast.coordinator)
    assert len(standing(three[0])) == 2
    event = Event.objects.get(verb="registry.decide_pair")
    assert (event.data["answer"], event.actor_id) == ("same", cast.coordinator.pk)


@pytest.mark.parametrize("answer", [State.DIFFERENT, State.SIBLING, State.UNKNOWN])
def test_every_other_answer_joins_nobody(cast: Cast, pair: Pair, answer: str) -> None:
    before = people()
    assert decide_pair(pair, answer, reason="", actor=cast.coordinator).merge is None
    assert (state(pair), people()) == (answer, before)


def test_two_persons_with_a_history_wait_for_a_second_officer(cast: Cast, worked_on: Pair) -> None:
    before = people()
    done = decide_pair(worked_on, State.SAME, reason="", actor=cast.coordinator)
    assert done.waits
    assert people() == before
    assert done.merge is not None
    decide_merge(done.merge, agrees=True, reason="", actor=cast.second_coordinator)
    assert {len(records) for _pk, records, _into in people()} == {2, 0}


def test_the_second_officers_no_is_what_holds(cast: Cast, worked_on: Pair) -> None:
    done = decide_pair(worked_on, State.SAME, reason="", actor=cast.coordinator)
    assert done.merge is not None
    decide_merge(done.merge, agrees=False, reason="Khác cha mẹ", actor=cast.second_coordinator)
    found = Pair.objects.get(pk=worked_on.pk)
    assert (found.state, found.decided_by, found.reason) == (
        State.DIFFERENT,
        cast.second_coordinator,
        "Khác cha mẹ",
    )


@pytest.mark.parametrize(("weight", "answer"), [(4.9, "different"), (-4.9, "same"), (3.0, "different")])
def test_against_the_evidence_the_reason_is_said(
    cast: Cast, three: list[Person], weight: float, answer: str
) -> None:
    pair = make_pair(record_of(three[0]), record_of(three[1]), weight)
    with pytest.raises(Refused):
        decide_pair(pair, answer, reason="  ", actor=cast.coordinator)
    assert state(pair) == State.OPEN
    decide_pair(pair, answer, reason="Đã gọi cho gia đình", actor=cast.coordinator)
    assert Pair.objects.get(pk=pair.pk).reason == "Đã gọi cho gia đình"


def test_brothers_and_sisters_say_themselves_why_so_much_is_the_same(cast: Cast, three: list[Person]) -> None:
    pair = make_pair(record_of(three[0]), record_of(three[1]), 4.9)
    decide_pair(pair, State.SIBLING, reason="", actor=cast.coordinator)
    assert state(pair) == State.SIBLING


def test_of_two_officers_at_one_pair_the_second_is_told_what_the_first_said(cast: Cast, pair: Pair) -> None:
    decide_pair(pair, State.DIFFERENT, reason="", actor=cast.coordinator)
    with pytest.raises(Refused, match=cast.coordinator.full_name):
        decide_pair(pair, State.SAME, reason="Cùng người", actor=cast.second_coordinator)
    assert state(pair) == State.DIFFERENT


def test_records_that_were_joined_meanwhile_are_not_said_to_be_two(
    cast: Cast, three: list[Person], pair: Pair
) -> None:
    merge_persons(three[0], three[1], reason="Trùng", actor=cast.second_coordinator)
    assert pair not in waiting_pairs(cast.coordinator)
    with pytest.raises(Refused):
        decide_pair(pair, State.DIFFERENT, reason="", actor=cast.coordinator)
    assert state(pair) == State.OPEN
    assert decide_pair(pair, State.SAME, reason="", actor=cast.coordinator).merge is None


def test_what_was_found_to_be_two_by_another_pair_is_not_joined(cast: Cast, three: list[Person]) -> None:
    one, two, three_ = (record_of(each) for each in three)
    first, second = make_pair(one, two), make_pair(one, three_)
    decide_pair(first, State.SAME, reason="", actor=cast.coordinator)
    decide_pair(second, State.SIBLING, reason="", actor=cast.coordinator)
    third = make_pair(two, three_)
    with pytest.raises(Refused):
        decide_pair(third, State.SAME, reason="", actor=cast.coordinator)
    assert state(third) == State.OPEN


def test_an_answer_is_changed_with_a_reason_and_the_join_goes(
    cast: Cast, three: list[Person], pair: Pair
) -> None:
    before = people()
    decide_pair(pair, State.SAME, reason="", actor=cast.coordinator)
    with pytest.raises(Refused):
        decide_pair(pair, State.SIBLING, reason="", actor=cast.second_coordinator, seen=State.SAME)
    decide_pair(pair, State.SIBLING, reason="Hai chị em", actor=cast.second_coordinator, seen=State.SAME)
    assert (state(pair), people()) == (State.SIBLING, before)
    assert Merge.objects.get().state == Merge.State.APART
    done = decide_pair(pair, State.SAME, reason="Một người", actor=cast.coordinator, seen=State.SIBLING)
    assert done.waits


def test_a_join_that_waits_is_given_up_when_the_answer_changes(cast: Cast, worked_on: Pair) -> None:
    decide_pair(worked_on, State.SAME, reason="", actor=cast.coordinator)
    decide_pair(worked_on, State.UNKNOWN, reason="Chưa rõ", actor=cast.second_coordinator, seen=State.SAME)
    assert Merge.objects.get().state == Merge.State.REFUSED


def test_taken_apart_each_record_of_the_one_is_kept_from_each_of_the_other(
    cast: Cast, three: list[Person]
) -> None:
    merge_persons(three[0], three[1], reason="Trùng", actor=cast.coordinator)
    merge = merge_persons(three[0], three[2], reason="Trùng", actor=cast.coordinator)
    take_apart(merge, reason="Nhầm người", actor=cast.second_coordinator)
    held = Pair.objects.filter(state=State.DIFFERENT)
    assert {(each.left_id, each.right_id) for each in held} == {
        (record_id, record_of(three[2]).pk) for record_id in standing(three[0])
    }
    with pytest.raises(Refused):
        merge_persons(three[0], three[2], reason="Trùng", actor=cast.coordinator)
    # What was said in one breath is changed in one.
    said = held.order_by("pk")[0]
    done = decide_pair(said, State.SAME, reason="Hai giấy tờ", actor=cast.coordinator, seen=State.DIFFERENT)
    assert {each.state for each in Pair.objects.all()} == {State.SAME}
    # Officers have worked on both by now.
    assert done.waits
    assert done.merge is not None
    decide_merge(done.merge, agrees=True, reason="", actor=cast.second_coordinator)
    assert len(standing(three[0])) == 3


def test_the_last_answer_is_taken_back_and_everything_is_as_before(
    cast: Cast, three: list[Person], pair: Pair
) -> None:
    before = people()
    decide_pair(pair, State.SAME, reason="", actor=cast.coordinator)
    undo_pair(pair, actor=cast.coordinator)
    assert (state(pair), people()) == (State.OPEN, before)
    assert not Pair.objects.exclude(pk=pair.pk).exists()
    decide_pair(pair, State.SAME, reason="", actor=cast.coordinator)
    assert len(standing(three[0])) == 2


def test_anothers_answer_or_an_old_one_is_not_taken_back(cast: Cast, pair: Pair) -> None:
    decide_pair(pair, State.UNKNOWN, reason="", actor=cast.coordinator)
    with pytest.raises(Refused):
        undo_pair(pair, actor=cast.second_coordinator)
    Pair.objects.update(decided_at=timezone.now() - timedelta(hours=2))
    with pytest.raises(Refused):
        undo_pair(pair, actor=cast.coordinator)
    assert state(pair) == State.UNKNOWN


def test_what_a_second_officer_agreed_to_is_not_taken_back(cast: Cast, worked_on: Pair) -> None:
    done = decide_pair(worked_on, State.SAME, reason="", actor=cast.coordinator)
    assert done.merge is not None
    decide_merge(done.merge, agrees=True, reason="", actor=cast.second_coordinator)
    with pytest.raises(Refused):
        undo_pair(worked_on, actor=cast.coordinator)
    assert Membership.objects.filter(until=None).values("person").distinct().count() == 1


@pytest.mark.parametrize("name", ["officer", "outsider", "commune_officer", "leader", "system_admin"])
def test_only_the_keeper_decides(cast: Cast, pair: Pair, name: str) -> None:
    with pytest.raises((PermissionDenied, Http404)):
        decide_pair(pair, State.DIFFERENT, reason="", actor=getattr(cast, name))
    assert state(pair) == State.OPEN


def test_what_the_system_joined_is_told_apart_with_a_reason_and_stays_so(
    cast: Cast, three: list[Person], pair: Pair
) -> None:
    before = people()
    Pair.objects.update(state=State.LINKED)
    join_sure({three[0].pk: {three[1].pk: pair}})
    with pytest.raises(Refused):
        decide_pair(pair, State.DIFFERENT, reason="Nhầm", actor=cast.coordinator)
    with pytest.raises(Refused):
        decide_pair(pair, State.SIBLING, reason="", actor=cast.coordinator, seen=State.LINKED)
    decide_pair(pair, State.SIBLING, reason="Hai chị em", actor=cast.coordinator, seen=State.LINKED)
    assert (state(pair), people()) == (State.SIBLING, before)
    assert Merge.objects.get().state == Merge.State.APART


RACES = 12


@pytest.mark.heavy
@pytest.mark.django_db(transaction=True)
def test_of_officers_who_answer_at_once_one_is_heard_and_the_other_told() -> None:
    with acting(System("tests")):
        cast = make_cast()
        people = from_list(cast, 3 * RACES)
        rows = [
            [make_pair(*(record_of(each) for each in couple)) for couple in ((a, b), (b, c))]
            for a, b, c in (people[3 * index : 3 * index + 3] for index in range(RACES))
        ]
    start = Barrier(3)
    with ThreadPoolExecutor(3) as pool:
        for one, other in rows:
            said = (
                (cast.coordinator, one, State.SAME),
                (cast.second_coordinator, one, State.SIBLING),
                (cast.coordinator, other, State.SAME),
            )
            at_once = [pool.submit(answer_at, start, *each) for each in said]
            first, second, third = (each.result(60) for each in at_once)
            assert {first, second} == {"done", "refused"}
            assert third in {"done", "refused"}
        for closed in [pool.submit(close_at, start) for _thread in range(3)]:
            closed.result(60)
    with acting(System("tests")):
        for one, _other in rows:
            found = Pair.objects.get(pk=one.pk)
            joined = found.state == State.SAME
            assert Merge.objects.filter(pair=found, state=Merge.State.DONE).exists() is joined


def answer_at(start: Barrier, user: User, pair: Pair, answer: str) -> str:
    start.wait(60)
    try:
        with acting(user):
            decide_pair(pair, answer, reason="Đã hỏi gia đình", actor=user)
    except Refused:
        return "refused"
    return "done"
