"""Records of the register find their persons: sure ones by themselves, doubtful ones at the desk."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings
from tests.cast import Cast, make_cast
from tests.permissions.world_of_registry import make_record, make_round

from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting
from nhipcau.apps.files.models import Upload
from nhipcau.apps.registry.actions import merge_persons, take_apart, undo_intake
from nhipcau.apps.registry.actions.undo_intake import leave_register
from nhipcau.apps.registry.entering import enter
from nhipcau.apps.registry.linking import clusters
from nhipcau.apps.registry.linking.deciding import Decided
from nhipcau.apps.registry.linking.new_records import link_new, waiting
from nhipcau.apps.registry.linking.parameters import chosen
from nhipcau.apps.registry.models import Intake, Membership, Merge, Pair, Person, SourceRecord, Unlinked
from nhipcau.apps.registry.tests.test_joining import from_list
from nhipcau.core.linkage.model import Model, Shares
from nhipcau.core.linkage.model import load as load_model

pytestmark = pytest.mark.django_db(transaction=True)
TESTS = System("tests")
HOA = {
    "name": "Nguyễn Thị Hoa Mai",
    "birth": "1962-05-30",
    "country": "US",
    "phone": "+84909123456",
    "relative_name": "Nguyễn Văn Thân",
    "relative_phone": "+84919000111",
}
OTHERS = [
    {"name": f"{surname} Văn {given}", "birth": f"19{50 + at}-0{at % 8 + 1}-1{at % 9}", "country": "JP"}
    for at, (surname, given) in enumerate(
        (surname, given)
        for surname in ("Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng")
        for given in ("Bình", "Dũng", "Hải", "Khoa", "Long", "Phúc", "Tâm")
    )
]


@pytest.fixture
def there() -> tuple[Cast, list[Person]]:
    """Forty-two people of a list and Hoa, twice: two records of hers that no one linked."""
    with acting(TESTS):
        cast = make_cast()
        people = from_list(cast, 2, **HOA)
        (rest,) = {(person.memberships.get().record.intake_id) for person in people}
        Intake.objects.filter(pk=rest).update(state=Intake.State.CONFIRMED)
        for at, values in enumerate(OTHERS):
            record = people[0].memberships.get().record
            enter(
                SourceRecord(
                    origin="list",
                    running_source=record.running_source,
                    sender=record.sender,
                    intake_id=rest,
                    sheet=1,
                    row=100 + at,
                    stated_on=record.stated_on,
                    **values,
                )
            )
    return cast, people


def standing(person: Person) -> int:
    return Membership.objects.filter(person=person, until=None).count()


def test_sure_ones_join_by_themselves_and_say_why(there: tuple[Cast, list[Person]]) -> None:
    _cast, (one, other) = there
    assert len(waiting()) == 44
    assert link_new().joined == 1
    with acting(TESTS):
        assert (standing(one), standing(other)) == (2, 0)
        merge = Merge.objects.get()
        assert (merge.kept_id, merge.gone_id, merge.state, merge.asked_by) == (one.pk, other.pk, "done", None)
        assert set(Membership.objects.filter(person=one, until=None).values_list("by", flat=True)) == {
            "first",
            "sure",
        }
        pair = Pair.objects.get(state=Pair.State.LINKED)
        assert merge.pair == pair
        parts = pair.evidence["prior"] + sum(part["bits"] for part in pair.evidence["parts"])
        assert parts == pytest.approx(pair.weight, abs=0.01)
        assert {"name", "birth", "phone"} <= {part["on"] for part in pair.evidence["parts"]}
        assert not Unlinked.objects.exists()
        assert Person.objects.get(pk=one.pk).records == 2
    assert link_new() == Decided(0, 0)


def state() -> list[object]:
    """Everything that linking touches, by what it says."""
    with acting(TESTS):
        return [
            sorted(Membership.objects.values_list("person", "record", "by", "until")),
            sorted(Person.objects.values_list("pk", "merged_into", "records", "name"), key=str),
            sorted(Merge.objects.values_list("kept", "gone", "moved"), key=str),
            sorted(Pair.objects.values_list("left", "right", "state")),
        ]


def second_list(cast: Cast, **fields: str) -> Intake:
    """One more list, in the register, of one record."""
    with acting(TESTS):
        upload = Upload.objects.create(sha256="b" * 64, size=1, name="b.xlsx", created_by=cast.coordinator)
        first = Intake.objects.order_by("pk")[0]
        intake = Intake.objects.create(
            upload=upload,
            digest=upload.sha256,
            sender=cast.lead_agency,
            running_source=first.running_source,
            stated_on=first.stated_on,
            created_by=cast.coordinator,
            state=Intake.State.CONFIRMED,
        )
        enter(
            SourceRecord(
                origin="list",
                running_source=first.running_source,
                sender=cast.lead_agency,
                intake=intake,
                sheet=1,
                row=1,
                stated_on=first.stated_on,
                **fields,
            )
        )
    return intake


def test_a_list_that_is_taken_back_takes_its_links_with_it_exactly(there: tuple[Cast, list[Person]]) -> None:
    cast, (one, _other) = there
    link_new()
    before = state()
    intake = second_list(cast, **HOA | {"name": "HOA MAI THI NGUYEN"})
    link_new()
    with acting(TESTS):
        assert (standing(one), Merge.objects.count()) == (3, 2)
    with acting(cast.coordinator):
        undo_intake(intake, reason="nhầm", actor=cast.coordinator)
    leave(intake)
    assert state() == before
    assert waiting() == []


def leave(intake: Intake) -> None:
    with acting(TESTS):
        leave_register(intake.pk)
        assert Intake.objects.get(pk=intake.pk).state == Intake.State.UNDONE


def test_what_hung_on_a_list_that_goes_is_compared_anew(there: tuple[Cast, list[Person]]) -> None:
    cast, (one, other) = there
    # The first list goes: the later record that was joined to its people stays, alone again.
    link_new()
    second_list(cast, **HOA)
    link_new()
    with acting(TESTS):
        first = Intake.objects.order_by("pk")[0]
        assert standing(one) == 3
    with acting(cast.coordinator):
        undo_intake(first, reason="nhầm", actor=cast.coordinator)
    leave(first)
    with acting(TESTS):
        assert not Person.objects.filter(pk__in=(one.pk, other.pk)).exists()
        stays = Person.objects.get()
        assert (stays.records, stays.merged_into, stays.name) == (1, None, HOA["name"])
        assert list(Unlinked.objects.values_list("record", flat=True)) == [stays.memberships.get().record_id]
    assert link_new() == Decided(0, 0)


@pytest.mark.parametrize("said", ["different", "sibling"])
def test_what_an_officer_called_two_is_never_joined(there: tuple[Cast, list[Person]], said: str) -> None:
    _cast, people = there
    with acting(TESTS):
        left, right = sorted(person.memberships.get().record_id for person in people)
        Pair.objects.create(left_id=left, right_id=right, weight=30, state=said)
    assert link_new().joined == 0
    with acting(TESTS):
        assert [standing(person) for person in people] == [1, 1]
        assert Pair.objects.get(left=left, right=right).state == said


def test_what_was_taken_apart_stays_apart_and_a_third_joins_one_of_them(
    there: tuple[Cast, list[Person]],
) -> None:
    cast, people = there
    link_new()
    with acting(cast.coordinator):
        take_apart(Merge.objects.get(), reason="Hai người", actor=cast.coordinator)
    second_list(cast, **HOA)
    link_new()
    with acting(TESTS):
        assert sorted(standing(person) for person in people) == [1, 2]


def test_two_with_a_history_are_asked_not_joined(there: tuple[Cast, list[Person]]) -> None:
    cast, people = there
    with acting(TESTS):
        for person in people:
            values = {"origin": "correction", "name": "", "birth": "", "country": ""}
            enter(make_record(cast, make_round(cast), **values | {"reason": "x"}), person, by="officer")
    assert link_new() == Decided(0, 1)
    with acting(TESTS):
        assert Pair.objects.get().state == Pair.State.OPEN
        assert [standing(person) for person in people] == [2, 2]


def test_a_person_entered_by_hand_joins_whom_a_list_named(there: tuple[Cast, list[Person]]) -> None:
    cast, (one, _other) = there
    link_new()
    with acting(TESTS):
        mine = enter(make_record(cast, make_round(cast), **HOA))
    link_new()
    with acting(TESTS):
        # The one that an officer worked on stays.
        assert (standing(mine), Person.objects.get(pk=one.pk).merged_into_id) == (3, mine.pk)


def test_who_is_too_many_or_hangs_by_a_thread_is_listed(there: tuple[Cast, list[Person]]) -> None:
    cast, (one, other) = there
    link_new()
    with acting(TESTS):
        for person, count in ((one, 1), (other, 2)):
            for row in range(count):
                record = SourceRecord.objects.order_by("pk")[0]
                record.pk, record.row, record.sheet = None, 500 + row, person.pk
                enter(record, one, by="sure")
        assert clusters.doubtful(cast.coordinator) == []
        merge = Merge.objects.get()
        Pair.objects.filter(pk=merge.pair_id).update(weight=6.0)
        merge.moved = [merge.moved[0], SourceRecord.objects.order_by("-pk")[0].pk]
        merge.save()
        assert clusters.doubtful(cast.coordinator) == [
            clusters.Doubtful(one.pk, "thin", 5, merge=merge.pk, weight=6.0)
        ]
        Person.objects.filter(pk=one.pk).update(records=13)
        found = clusters.doubtful(cast.coordinator)
        assert [each.kind for each in found] == ["oversized", "thin"]
        assert clusters.counts(cast.coordinator) == {"oversized": 1, "thin": 1}
        assert clusters.doubtful(cast.outsider) == []


def relink(**options: object) -> str:
    said = io.StringIO()
    call_command("link_register", stdout=said, **options)
    return said.getvalue()


def test_linking_all_again_tells_first_and_then_changes_only_what_differs(
    there: tuple[Cast, list[Person]], settings: Settings, tmp_path: Path
) -> None:
    settings.DATA = tmp_path
    _cast, (one, other) = there
    assert "1 would be joined to another, 0 parts would leave one" in relink()
    with acting(TESTS):
        assert not Merge.objects.exists()
    assert "1 joined" in relink(apply=True)
    linked = state()
    with acting(TESTS):
        assert (standing(one), Person.objects.get(pk=other.pk).merged_into_id) == (2, one.pk)
        assert not Unlinked.objects.exists()
    assert "0 would be joined to another, 0 parts would leave one" in relink(apply=True)
    assert state() == linked


def test_after_retraining_what_no_longer_joins_goes_apart_and_what_officers_said_holds(
    there: tuple[Cast, list[Person]], settings: Settings, tmp_path: Path
) -> None:
    settings.DATA = tmp_path
    cast, people = there
    apart = state()
    link_new()
    # Parameters by which nothing speaks for anybody.
    shipped = load_model()
    blind = {name: dict.fromkeys(grades, Shares(1e-4, 0.5)) for name, grades in shipped.shares.items()}
    other = tmp_path / "blind.json"
    other.write_text(Model(blind).as_json(), encoding="utf-8")
    assert "0 would be joined to another, 1 parts would leave one" in relink(model=other)
    assert chosen() == shipped
    relink(model=other, apply=True)
    assert chosen() != shipped
    assert state()[:3] == apart[:3]
    # Said to be one by an officer, they stay one whatever the parameters.
    with acting(cast.coordinator):
        merge_persons(*people, reason="Trùng", actor=cast.coordinator)
    assert "0 parts would leave one" in relink(apply=True)
    with acting(TESTS):
        assert [standing(person) for person in people] == [2, 0]


def test_a_model_that_is_none_is_told(there: tuple[Cast, list[Person]], tmp_path: Path) -> None:
    assert there
    (tmp_path / "no.json").write_text("[]", encoding="utf-8")
    with pytest.raises(CommandError, match="not a model for linking"):
        relink(model=tmp_path / "no.json")
