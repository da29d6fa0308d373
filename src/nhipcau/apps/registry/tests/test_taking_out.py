"""Records that are somebody else's go out of a person, stay out, and are put back exactly."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from tests.cast import Cast, make_cast
from tests.permissions.world_of_registry import begin_registry, make_pair, make_record, make_round

from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.audit.models import Event
from nhipcau.apps.registry.actions import (
    decide_pair,
    decide_taking_out,
    merge_persons,
    put_back,
    restrict_person,
    take_apart,
    take_out,
)
from nhipcau.apps.registry.deriving import derive
from nhipcau.apps.registry.entering import enter
from nhipcau.apps.registry.erasing import blank, records_of
from nhipcau.apps.registry.joining import MOST_HELD, _spread, join_sure
from nhipcau.apps.registry.models import (
    Membership,
    Merge,
    Pair,
    Person,
    SourceRecord,
    TakingOut,
    Unlinked,
)
from nhipcau.apps.registry.tests.test_joining import close_at, columns, from_list, standing

State = Pair.State


def first_record(person: Person) -> int:
    """The record with which she began."""
    return Membership.objects.filter(person=person).order_by("pk")[0].record_id


def joined_by_linking(people: list[Person]) -> Person:
    """All into the first, by sure pairs."""
    kept, *gone = people
    records = SourceRecord.objects.in_bulk([first_record(each) for each in people])
    one = records[first_record(kept)]
    pairs = {each.pk: make_pair(one, records[first_record(each)], 12.0, state=State.LINKED) for each in gone}
    join_sure({kept.pk: pairs})
    derive(each.pk for each in people)
    enter(make_record_of_list(one), kept, by="sure")
    return kept


def make_record_of_list(like: SourceRecord) -> SourceRecord:
    return SourceRecord(
        origin="list",
        running_source=like.running_source,
        sender=like.sender,
        intake=like.intake,
        sheet=2,
        row=like.row,
        stated_on=like.stated_on,
        name=like.name,
    )


def everything() -> list[object]:
    """Who everybody is, and what is said of pairs."""
    people = [
        (each.pk, frozenset(standing(each)), sorted(columns(each).items(), key=str))
        for each in Person.objects.exclude(records=0, merged_into=None).order_by("pk")
        if standing(each)
    ]
    pairs = Pair.objects.order_by("pk").values_list("pk", "state", "decided_by", "decided_at", "reason")
    memberships = Membership.objects.filter(until=None).order_by("record")
    return [people, list(pairs), list(memberships.values_list("record", "person", "by", "actor", "since"))]


@pytest.fixture
def three(cast: Cast) -> list[Person]:
    begin_registry()
    return from_list(cast, 3)


@pytest.fixture
def whole(three: list[Person]) -> Person:
    """One person of four records of lists, joined by the system."""
    return joined_by_linking(three)


@pytest.fixture
def by_hand(cast: Cast) -> tuple[Person, int]:
    """A person with two records that officers entered, and the second of them."""
    begin_registry()
    round = make_round(cast)
    person = enter(make_record(cast, round))
    record = make_record(cast, make_round(cast, name="Đợt khác"), name="Trần Thị Hoa", birth="1990")
    enter(record, person, by="officer")
    return person, record.pk


def test_a_record_goes_out_to_who_it_was_before_the_join_and_stays_out(
    cast: Cast, three: list[Person], whole: Person
) -> None:
    record = first_record(three[2])
    done = take_out(whole, [record], reason="Khác cha mẹ", actor=cast.coordinator)
    assert (done.state, done.into_id) == (TakingOut.State.DONE, three[2].pk)
    assert standing(three[2]) == {record}
    assert columns(three[2])["name"] == "Nguyễn Văn 3"
    assert columns(three[2])["merged_into"] is None
    assert columns(whole)["records"] == 3
    assert Merge.objects.get(gone=three[2]).state == Merge.State.APART
    held = Pair.objects.filter(state=State.DIFFERENT, decided_by=cast.coordinator)
    assert {frozenset((each.left_id, each.right_id)) for each in held} == {
        frozenset((record, each)) for each in standing(whole)
    }
    with pytest.raises(Refused):
        merge_persons(whole, three[2], reason="Trùng", actor=cast.coordinator)


def test_records_that_were_nobody_alone_become_somebody_new(cast: Cast, whole: Person) -> None:
    later = max(standing(whole))
    done = take_out(whole, [later], reason="Người khác", actor=cast.coordinator)
    assert done.into is not None
    assert not Membership.objects.filter(person=done.into).exclude(record=later).exists()
    assert standing(done.into) == {later}
    assert columns(done.into)["name"] == SourceRecord.objects.get(pk=later).name


def test_several_records_go_together(cast: Cast, three: list[Person], whole: Person) -> None:
    both = [first_record(each) for each in three[1:]]
    done = take_out(whole, both, reason="Người khác", actor=cast.coordinator)
    assert done.into is not None
    assert done.into.pk not in {each.pk for each in three}
    assert standing(done.into) == set(both)
    # Their old numbers still lead to where they were joined.
    assert columns(three[1])["merged_into"] == whole.pk


def test_both_persons_are_told_of_it_and_what_went_is_compared_anew(
    cast: Cast, three: list[Person], whole: Person
) -> None:
    Unlinked.objects.all().delete()
    record = first_record(three[1])
    done = take_out(whole, [record], reason="Khác năm sinh", actor=cast.coordinator)
    events = Event.objects.filter(verb__in=("registry.take_out", "registry.come_out"))
    assert set(events.values_list("subject_type", "subject_id", "reason")) == {
        ("registry.person", str(whole.pk), "Khác năm sinh"),
        ("registry.person", str(done.into_id), "Khác năm sinh"),
    }
    assert list(Unlinked.objects.values_list("record", flat=True)) == [record]


@pytest.mark.parametrize("which", ["home", "new", "several"])
def test_put_back_everything_is_as_before(cast: Cast, three: list[Person], whole: Person, which: str) -> None:
    one, two, three_ = (SourceRecord.objects.get(pk=first_record(each)) for each in three)
    make_pair(two, three_, 1.0)
    Pair.objects.filter(left=one, right=two).update(
        state=State.SAME, decided_by=cast.second_coordinator, reason="Cùng giấy tờ"
    )
    before = everything()
    going = {"home": [two.pk], "new": [max(standing(whole))], "several": [two.pk, max(standing(whole))]}
    done = take_out(whole, going[which], reason="Nhầm", actor=cast.coordinator)
    assert everything() != before
    put_back(done, reason="Đúng là một người", actor=cast.second_coordinator)
    assert everything() == before
    assert done.into is not None
    assert columns(done.into)["merged_into"] == whole.pk
    done.refresh_from_db()
    assert (done.state, done.back_by) == (TakingOut.State.BACK, cast.second_coordinator)
    # And again.
    assert take_out(whole, going[which], reason="Nhầm", actor=cast.coordinator).into_id == done.into_id


def test_a_join_from_which_a_record_was_taken_is_taken_apart_exactly(cast: Cast, three: list[Person]) -> None:
    one, two, three_ = three
    inner = merge_persons(two, three_, reason="Trùng", actor=cast.coordinator)
    outer = merge_persons(one, two, reason="Trùng", actor=cast.coordinator)
    # She came by way of another.
    done = take_out(one, [first_record(three_)], reason="Nhầm", actor=cast.coordinator)
    if done.state == TakingOut.State.PROPOSED:
        done = decide_taking_out(done, agrees=True, reason="", actor=cast.second_coordinator)
    assert done.into_id == three_.pk
    inner.refresh_from_db()
    assert inner.state == Merge.State.APART
    take_apart(outer, reason="Nhầm", actor=cast.coordinator)
    assert [standing(each) for each in three] == [{first_record(each)} for each in three]
    assert [columns(each)["merged_into"] for each in three] == [None] * 3


def test_where_officers_worked_on_both_halves_a_second_one_agrees(
    cast: Cast, by_hand: tuple[Person, int]
) -> None:
    person, record = by_hand
    asked = take_out(person, [record], reason="Người khác", actor=cast.coordinator)
    assert (asked.state, asked.into) == (TakingOut.State.PROPOSED, None)
    assert record in standing(person)
    for refused in (
        lambda: take_out(person, [record], reason="Nữa", actor=cast.second_coordinator),
        lambda: decide_taking_out(asked, agrees=True, reason="", actor=cast.coordinator),
        lambda: decide_taking_out(asked, agrees=False, reason=" ", actor=cast.second_coordinator),
        lambda: put_back(asked, reason="Nhầm", actor=cast.coordinator),
    ):
        with pytest.raises(Refused):
            refused()
    done = decide_taking_out(asked, agrees=True, reason="", actor=cast.second_coordinator)
    assert done.into is not None
    assert (standing(done.into), record in standing(person)) == ({record}, False)
    with pytest.raises(Refused):
        decide_taking_out(asked, agrees=False, reason="Không", actor=cast.second_coordinator)


def test_a_second_officers_no_leaves_her_whole(cast: Cast, by_hand: tuple[Person, int]) -> None:
    person, record = by_hand
    asked = take_out(person, [record], reason="Người khác", actor=cast.coordinator)
    decide_taking_out(asked, agrees=False, reason="Đúng là bà ấy", actor=cast.second_coordinator)
    assert record in standing(person)
    assert not Pair.objects.exists()
    assert take_out(person, [record], reason="Nữa", actor=cast.coordinator).state == TakingOut.State.PROPOSED


@pytest.mark.parametrize(
    ("records", "reason"),
    [((), "Nhầm"), ((0,), " "), ((0, 1, 2, 3), "Nhầm"), ((0, 999_999), "Nhầm"), ((999_999,), "Nhầm")],
)
def test_what_cannot_be_is_refused_and_nothing_changes(
    cast: Cast, whole: Person, records: tuple[int, ...], reason: str
) -> None:
    hers = sorted(standing(whole))
    before = everything()
    ids = [hers[each] if each < len(hers) else each for each in records]
    with pytest.raises(Refused):
        take_out(whole, ids, reason=reason, actor=cast.coordinator)
    assert everything() == before
    assert not TakingOut.objects.exists()


def test_a_correction_alone_neither_goes_nor_stays(cast: Cast, three: list[Person]) -> None:
    person = three[0]
    correction = SourceRecord(
        origin="correction",
        sender=cast.lead_agency,
        stated_on="2026-07-01",
        made_by=cast.coordinator,
        birth="1970",
    )
    enter(correction, person, by="officer")
    for going in ([correction.pk], [first_record(person)]):
        with pytest.raises(Refused):
            take_out(person, going, reason="Nhầm", actor=cast.coordinator)


def test_of_a_restricted_person_nothing_is_taken_out_joined_or_put_back(
    cast: Cast, three: list[Person], whole: Person
) -> None:
    out = take_out(whole, [first_record(three[1])], reason="Nhầm", actor=cast.coordinator)
    merge = Merge.objects.get(gone=three[2])
    restrict_person(whole, reason="Theo yêu cầu", actor=cast.coordinator)
    pair = Pair.objects.filter(state=State.DIFFERENT)[0]
    for refused in (
        lambda: take_out(whole, [first_record(three[2])], reason="Nhầm", actor=cast.coordinator),
        lambda: put_back(out, reason="Nhầm", actor=cast.coordinator),
        lambda: take_apart(merge, reason="Nhầm", actor=cast.coordinator),
        lambda: decide_pair(
            pair, State.UNKNOWN, reason="Chưa rõ", actor=cast.coordinator, seen=State.DIFFERENT
        ),
    ):
        with pytest.raises(Refused, match=r"restricted|hạn chế"):
            refused()


def test_what_somebody_built_on_is_not_put_back(cast: Cast, three: list[Person], whole: Person) -> None:
    out = take_out(whole, [first_record(three[1])], reason="Nhầm", actor=cast.coordinator)
    assert out.into is not None
    enter(make_record(cast, make_round(cast)), out.into, by="officer")
    before = everything()
    with pytest.raises(Refused):
        put_back(out, reason="Nhầm", actor=cast.coordinator)
    assert everything() == before


def test_an_answer_that_was_changed_since_is_not_written_over(
    cast: Cast, three: list[Person], whole: Person
) -> None:
    out = take_out(whole, [first_record(three[1])], reason="Nhầm", actor=cast.coordinator)
    pair = Pair.objects.filter(state=State.DIFFERENT)[0]
    decide_pair(pair, State.SIBLING, reason="Chị em", actor=cast.coordinator, seen=State.DIFFERENT)
    with pytest.raises(Refused):
        put_back(out, reason="Nhầm", actor=cast.coordinator)


@pytest.mark.parametrize("name", ["officer", "outsider", "commune_officer", "leader", "system_admin"])
def test_only_the_keeper_takes_out(cast: Cast, three: list[Person], whole: Person, name: str) -> None:
    with pytest.raises((PermissionDenied, Http404)):
        take_out(whole, [first_record(three[1])], reason="Nhầm", actor=getattr(cast, name))
    assert len(standing(whole)) == 4


def test_erasing_takes_the_words_along(cast: Cast, three: list[Person], whole: Person) -> None:
    out = take_out(whole, [first_record(three[1])], reason="Trùng tên Hoa", actor=cast.coordinator)
    blank(records_of(whole))
    out.refresh_from_db()
    assert (out.reason, out.before) == ("", {})
    with pytest.raises(Refused):
        put_back(out, reason="Nhầm", actor=cast.coordinator)


def test_of_too_many_couples_the_first_name_every_record() -> None:
    ours, theirs = list(range(30)), list(range(100, 140))
    kept = _spread({(a, b) for a in ours for b in theirs}, ours, theirs)[:MOST_HELD]
    assert {each for couple in kept[:40] for each in couple} == {*ours, *theirs}


RACES = 10


@pytest.mark.heavy
@pytest.mark.django_db(transaction=True)
def test_races_with_joins_and_partings_leave_every_record_with_one_person() -> None:
    with acting(System("tests")):
        cast = make_cast()
        people = from_list(cast, 4 * RACES)
        wholes = [joined_by_linking(people[4 * at : 4 * at + 3]) for at in range(RACES)]
    start = Barrier(4)
    with ThreadPoolExecutor(4) as pool:
        for at, whole in enumerate(wholes):
            two, three, other = people[4 * at + 1 : 4 * at + 4]
            with acting(System("tests")):
                merge = Merge.objects.get(gone=three)
                one_record, other_record = first_record(two), first_record(three)
            acts = (
                lambda whole=whole, one=one_record: take_out(
                    whole, [one], reason="Nhầm", actor=cast.coordinator
                ),
                lambda whole=whole, one=one_record, two=other_record: take_out(
                    whole, [one, two], reason="Nhầm", actor=cast.second_coordinator
                ),
                lambda merge=merge: take_apart(merge, reason="Nhầm", actor=cast.coordinator),
                lambda whole=whole, other=other: merge_persons(
                    whole, other, reason="Trùng", actor=cast.second_coordinator
                ),
            )
            users = (cast.coordinator, cast.second_coordinator) * 2
            at_once = [pool.submit(at_start, start, user, do) for user, do in zip(users, acts, strict=True)]
            assert {each.result(60) for each in at_once} <= {"done", "refused"}
        for closed in [pool.submit(close_at, start) for _thread in range(4)]:
            closed.result(60)
    with acting(System("tests")):
        for at in range(RACES):
            mine = {first_record(each) for each in people[4 * at : 4 * at + 4]}
            homes = Membership.objects.filter(record__in=mine, until=None)
            assert homes.count() == len(mine)
            assert not Person.objects.filter(
                pk__in=homes.values("person"), merged_into__isnull=False
            ).exists()
        for person in Person.objects.all():
            assert person.records == len(standing(person))


def at_start(start: Barrier, user: User, do: object) -> str:
    start.wait(60)
    try:
        with acting(user):
            do()  # type: ignore[operator]
    except Refused:
        return "refused"
    return "done"
