"""A name without its marks does not hide the same name with them, whoever wrote it and when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import Cast
from tests.permissions.world_of_registry import begin_registry, make_record, make_round

from nhipcau.apps.registry.entering import enter
from nhipcau.apps.registry.models import Basis, Person, Round, SourceRecord
from nhipcau.core.text import fold

SAME = ("Trần Quốc Khải", "Tran Quoc Khai", "TRAN QUOC KHAI", "TRẦN QUỐC KHẢI", "Trần Quốc Khai")
OTHER = ("Tran Quoc Khanh", "Đỗ Khải", "Do Khai")
RANK = ("person", "document", "relative", "unverified")
said = st.fixed_dictionaries(
    {
        "name": st.sampled_from((*SAME, *OTHER)),
        "basis": st.sampled_from([each.value for each in Basis]),
        "stated_on": st.integers(0, 3).map(lambda days: date(2026, 6, 30) + timedelta(days)),
        "origin": st.sampled_from(["paper", "paper", "paper", "correction"]),
    }
)


@pytest.fixture
def round(cast: Cast) -> Round:
    begin_registry()
    return make_round(cast)


def known(cast: Cast, round: Round, records: list[dict[str, Any]]) -> tuple[Person, list[SourceRecord]]:
    person: Person | None = None
    made = []
    for each in records:
        record = make_record(cast, round, **each)
        person = enter(record, person, by="first" if person is None else "officer")
        made.append(record)
    assert person is not None
    return person, made


def marked(name: str) -> bool:
    return name.lower() != fold(name)


def expected(records: list[SourceRecord]) -> SourceRecord:
    """The rule once more, told otherwise: the record that is believed first, and who spells its name out."""
    order = sorted(
        records,
        key=lambda each: (each.origin == "correction", -RANK.index(each.basis), each.stated_on, each.pk),
        reverse=True,
    )
    best = order[0]
    if best.origin == "correction" or marked(best.name):
        return best
    spelt = (each for each in order if marked(each.name) and fold(each.name) == fold(best.name))
    return next(spelt, best)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(records=st.lists(said, min_size=1, max_size=4))
def test_the_name_and_who_says_it_follow_the_rule(
    cast: Cast, round: Round, records: list[dict[str, Any]]
) -> None:
    with transaction.atomic():
        person, made = known(cast, round, records)
        wins = expected(made)
        derived = person.derived["name"]
        assert person.name == derived["value"] == wins.name
        assert (derived["record"], derived["on"]) == (wins.pk, wins.stated_on.isoformat())
        assert person.name_sort == wins.name_sort
        transaction.set_rollback(True)


def test_a_better_source_without_marks_keeps_the_rest_of_what_it_says(cast: Cast, round: Round) -> None:
    person, made = known(
        cast,
        round,
        [
            {"name": "Trần Quốc Khải", "birth": "1970", "basis": "unverified"},
            {"name": "Tran Quoc Khai", "birth": "1971", "basis": "document"},
        ],
    )
    assert (person.name, person.derived["name"]["record"]) == ("Trần Quốc Khải", made[0].pk)
    assert (person.birth, person.derived["birth"]["record"]) == ("1971", made[1].pk)


def test_an_officers_correction_stands_as_it_was_written(cast: Cast, round: Round) -> None:
    person, _made = known(
        cast, round, [{"name": "Trần Quốc Khải"}, {"name": "Tran Quoc Khai", "origin": "correction"}]
    )
    assert person.name == "Tran Quoc Khai"
