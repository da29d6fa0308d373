"""What a second server is asked: every statement once, and what was not noted."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st
from tests.statements import enough, noted, read, shape

TESTS = st.dictionaries(st.text(min_size=1), st.frozensets(st.integers(0, 30).map(str)))


def test_values_do_not_make_another_statement() -> None:
    asked = 'select 1 from "t" where "id" in (%s, %s) limit 21'
    assert shape(asked) == shape('select 1 from "t" where "id" in (%s) limit 5')
    assert shape(asked) != shape('select 1 from "u" where "id" in (%s) limit 5')
    assert shape("insert into t values (%s, %s), (%s, %s)") == shape("insert into t values (%s, %s)")


@given(TESTS)
def test_the_chosen_ask_all_that_all_ask(asked: dict[str, frozenset[str]]) -> None:
    chosen = enough(asked, asked)
    assert frozenset().union(*(asked[each] for each in chosen)) == frozenset().union(*asked.values())
    # Each brought something that those before it had not.
    assert len(chosen) <= len(frozenset().union(*asked.values()))


@pytest.mark.django_db
def test_what_a_test_asks_is_noted_in_its_line(tmp_path: Path) -> None:
    for turn in range(2):
        with noted("first", tmp_path / "one.jsonl"), transaction.atomic():
            Group.objects.filter(name=str(turn)).count()
    with noted("second", tmp_path / "two.jsonl"):
        Group.objects.filter(name="x").count()
        Group.objects.filter(pk=1).exists()
    found = read(tmp_path)
    assert [len(found[each]) for each in ("first", "second")] == [1, 2]
    assert enough(found, found) == {"second"}
