"""kill -9 in the middle of linking: each part is decided whole or not at all; the next run does the rest."""

from __future__ import annotations

import signal

import pytest
from tests.cast import Cast, make_cast
from tests.crash.conftest import Killed

from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting
from nhipcau.apps.registry.entering import enter
from nhipcau.apps.registry.linking import new_records
from nhipcau.apps.registry.models import Membership, Merge, Pair, Person, SourceRecord, Unlinked
from nhipcau.apps.registry.tests.test_joining import from_list
from nhipcau.apps.registry.tests.test_linking import OTHERS

pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True)]

DECIDING = "nhipcau.apps.registry.linking.deciding"
# At the second part: the first one stands.
POINTS = [
    (DECIDING, "join_sure", "before", 2),
    (DECIDING, "join_sure", "after", 2),
    (DECIDING, "derive", "after", 2),
    ("nhipcau.apps.registry.linking.new_records", "decide", "after", 2),
    ("nhipcau.apps.registry.linking.new_records", "note", "after", 2),
]
PEOPLE = 24


@pytest.mark.parametrize("point", POINTS, ids=lambda point: f"{point[1]}-{point[2]}")
def test_killed_each_part_is_decided_whole_and_the_rest_by_the_next_run(
    point: tuple[str, str, str, int], killed: Killed
) -> None:
    with acting(System("tests")):
        cast = make_cast()
        enter_twice(cast)
    assert killed(point, "link_records", 0, cast.coordinator.pk) == -signal.SIGKILL
    with acting(System("tests")):
        waits = set(Unlinked.objects.values_list("record", flat=True))
        assert len(waits) == 2 * PEOPLE - 20
        # Nothing is half joined.
        assert Merge.objects.exclude(pair=None).count() == Merge.objects.count() > 0
        assert Merge.objects.count() == Person.objects.exclude(merged_into=None).count()
        assert Membership.objects.filter(until=None).count() == 2 * PEOPLE
    new_records.link_new()
    with acting(System("tests")):
        assert not Unlinked.objects.exists()
        assert Person.objects.filter(merged_into=None, records=2).count() == PEOPLE
        assert Pair.objects.filter(state=Pair.State.LINKED).count() == PEOPLE
        homes = dict(Membership.objects.filter(until=None).values_list("record", "person"))
        for name in {each["name"] for each in OTHERS[:PEOPLE]}:
            hers = SourceRecord.objects.filter(name=name).values_list("pk", flat=True)
            assert len({homes[pk] for pk in hers}) == 1


def enter_twice(cast: Cast) -> None:
    """Everybody twice, in one list."""
    first, _other = from_list(cast, 2, **told(0))
    record = SourceRecord.objects.get(memberships__person=first)
    for at in range(1, PEOPLE):
        for row in (2 * at, 2 * at + 1):
            more = SourceRecord(
                origin="list",
                running_source=record.running_source,
                sender=cast.lead_agency,
                intake=record.intake,
                sheet=1,
                row=100 + row,
                stated_on=record.stated_on,
                **told(at),
            )
            enter(more)


def told(at: int) -> dict[str, str]:
    return OTHERS[at] | {"phone": f"+849091{at:05d}", "email": f"a{at}@example.vn"}
