"""Two persons become one and two again; raced and crossed joins never go in a circle."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from tests.cast import Cast, make_cast
from tests.permissions.world_of_registry import begin_registry, make_record, make_round

from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.files.models import Upload
from nhipcau.apps.registry.actions import decide_merge, merge_persons, take_apart
from nhipcau.apps.registry.entering import enter
from nhipcau.apps.registry.models import (
    Intake,
    Membership,
    Merge,
    Pair,
    Person,
    Round,
    RunningSource,
    SourceRecord,
)

RACES = 150


def from_list(cast: Cast, count: int, **fields: str) -> list[Person]:
    """People that a list brought: nobody worked on them."""
    source = RunningSource.objects.create(
        name="Hội thân nhân", kind="association", created_by=cast.coordinator
    )
    upload = Upload.objects.create(sha256="a" * 64, size=1, name="a.xlsx", created_by=cast.coordinator)
    intake = Intake.objects.create(
        upload=upload,
        digest=upload.sha256,
        sender=cast.lead_agency,
        running_source=source,
        stated_on=make_round(cast).reference_date,
        created_by=cast.coordinator,
    )
    return [
        enter(
            SourceRecord(
                origin="list",
                running_source=source,
                sender=cast.lead_agency,
                intake=intake,
                sheet=1,
                row=row,
                stated_on=intake.stated_on,
                **({"name": f"Nguyễn Văn {row}"} | fields),
            )
        )
        for row in range(1, count + 1)
    ]


@pytest.fixture
def two(cast: Cast) -> list[Person]:
    begin_registry()
    return from_list(cast, 2)


@pytest.fixture
def worked_on(cast: Cast) -> list[Person]:
    """Both were entered by an officer."""
    begin_registry()
    round = make_round(cast)
    return [enter(make_record(cast, round)), enter(make_record(cast, round, name="Hoa Nguyen"))]


def standing(person: Person) -> set[int]:
    rows = Membership.objects.filter(person=person, until=None)
    return set(rows.values_list("record", flat=True))


def columns(person: Person) -> dict[str, object]:
    return Person.objects.filter(pk=person.pk).values(
        "name", "birth", "derived", "records", "merged_into", "groups"
    )[0]


def test_what_nobody_worked_on_is_joined_at_once_and_taken_apart_exactly(
    cast: Cast, two: list[Person]
) -> None:
    kept, gone = two
    before = [(standing(person), columns(person)) for person in two]
    merge = merge_persons(kept, gone, reason="Cùng số hộ chiếu", actor=cast.coordinator)
    assert merge.state == Merge.State.DONE
    assert standing(kept) == before[0][0] | before[1][0]
    assert columns(gone)["merged_into"] == kept.pk
    take_apart(merge, reason="Hai anh em", actor=cast.second_coordinator)
    assert [(standing(person), columns(person)) for person in two] == before


def test_what_came_after_the_join_stays(cast: Cast, two: list[Person]) -> None:
    kept, gone = two
    merge = merge_persons(kept, gone, reason="Trùng", actor=cast.coordinator)
    enter(make_record(cast, another_round(cast)), kept, by="officer")
    take_apart(merge, reason="Nhầm", actor=cast.coordinator)
    assert (len(standing(kept)), len(standing(gone))) == (2, 1)


def another_round(cast: Cast) -> Round:
    return make_round(cast, name="Đợt khác")


def test_two_with_a_history_need_a_second_officer(cast: Cast, worked_on: list[Person]) -> None:
    merge = merge_persons(*worked_on, reason="Trùng", actor=cast.coordinator)
    assert merge.state == Merge.State.PROPOSED
    with pytest.raises(Refused):
        merge_persons(*reversed(worked_on), reason="Trùng", actor=cast.coordinator)
    with pytest.raises(Refused):
        decide_merge(merge, agrees=True, reason="", actor=cast.coordinator)
    assert len(standing(worked_on[0])) == 1
    decide_merge(merge, agrees=True, reason="", actor=cast.second_coordinator)
    assert len(standing(worked_on[0])) == 2


def test_a_no_has_its_reason_and_joins_nothing(cast: Cast, worked_on: list[Person]) -> None:
    merge = merge_persons(*worked_on, reason="Trùng", actor=cast.coordinator)
    with pytest.raises(Refused):
        decide_merge(merge, agrees=False, reason=" ", actor=cast.second_coordinator)
    decide_merge(merge, agrees=False, reason="Khác năm sinh", actor=cast.second_coordinator)
    assert Merge.objects.get().state == Merge.State.REFUSED
    assert len(standing(worked_on[0])) == 1


@pytest.mark.parametrize("state", ["different", "sibling"])
def test_what_an_officer_found_to_be_two_is_not_joined(cast: Cast, two: list[Person], state: str) -> None:
    left, right = sorted(standing(two[0]) | standing(two[1]))
    Pair.objects.create(left_id=left, right_id=right, weight=9, state=state)
    with pytest.raises(Refused):
        merge_persons(*two, reason="Trùng", actor=cast.coordinator)


def test_taken_apart_they_are_known_to_be_two(cast: Cast, two: list[Person]) -> None:
    left, right = sorted(standing(two[0]) | standing(two[1]))
    pair = Pair.objects.create(left_id=left, right_id=right, weight=9)
    merge = merge_persons(*two, reason="Trùng", actor=cast.coordinator, pair=pair)
    take_apart(merge, reason="Hai người", actor=cast.coordinator)
    with pytest.raises(Refused):
        merge_persons(*two, reason="Trùng", actor=cast.coordinator)


def test_joins_are_taken_apart_from_the_last_on(cast: Cast) -> None:
    begin_registry()
    a, b, c = from_list(cast, 3)
    first = merge_persons(b, c, reason="Trùng", actor=cast.coordinator)
    second = merge_persons(a, b, reason="Trùng", actor=cast.coordinator)
    with pytest.raises(Refused):
        take_apart(first, reason="Nhầm", actor=cast.coordinator)
    take_apart(second, reason="Nhầm", actor=cast.coordinator)
    take_apart(first, reason="Nhầm", actor=cast.coordinator)
    assert [len(standing(person)) for person in (a, b, c)] == [1, 1, 1]


def test_only_the_keeper_joins(cast: Cast, two: list[Person]) -> None:
    for name in ("officer", "commune_officer", "leader"):
        with pytest.raises((PermissionDenied, Http404)):
            merge_persons(*two, reason="Trùng", actor=getattr(cast, name))


@pytest.mark.heavy
@pytest.mark.django_db(transaction=True)
def test_raced_and_crossed_joins_never_go_in_a_circle() -> None:
    with acting(System("tests")):
        cast = make_cast()
        people = from_list(cast, 3 * RACES)
    start = Barrier(3)
    with ThreadPoolExecutor(3) as pool:
        for index in range(RACES):
            a, b, c = people[3 * index : 3 * index + 3]
            # A into B, B into C and C into A at once: each is done or refused, none breaks.
            at_once = [pool.submit(join_at, start, cast, *pair) for pair in ((b, a), (c, b), (a, c))]
            assert {each.result(60) for each in at_once} <= {"done", "refused"}
        for closed in [pool.submit(close_at, start) for _thread in range(3)]:
            closed.result(60)
    with acting(System("tests")):
        leads = dict(Person.objects.exclude(merged_into=None).values_list("pk", "merged_into"))
        standing_somewhere = Membership.objects.filter(until=None, person__merged_into=None)
        assert standing_somewhere.count() == SourceRecord.objects.count()
    assert len(leads) >= RACES
    for first, second in leads.items():
        seen, at = {first}, second
        while at in leads:
            assert at not in seen, f"{first} leads in a circle"
            seen.add(at)
            at = leads[at]


def join_at(start: Barrier, cast: Cast, kept: Person, gone: Person) -> str:
    start.wait(60)
    try:
        with acting(cast.coordinator):
            merge_persons(kept, gone, reason="Trùng", actor=cast.coordinator)
    except Refused:
        return "refused"
    return "done"


def close_at(start: Barrier) -> None:
    """Each thread its own connection."""
    start.wait(60)
    connection.close()
