"""Every relation to a body says what it does when the body has a successor."""

from __future__ import annotations

import pytest
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models

from nhipcau.apps.orgs.carrying import Carried, Rule, declared, relations, undeclared

WHAT_TO_DO = """
Nobody has decided what these relations to Organisation do when a body is merged, divided or abolished:

    {keys}

Decide, and say so in the app's `carrying.py` with `nhipcau.apps.orgs.carrying.declare`:
- open work goes to the successor (Rule.MOVES, with the Q that says what is open, and `join` where two rows
  could meet in one);
- a row of a period ends and goes on there (Rule.DATED);
- it says what was, and stays with its time (Rule.STAYS);
- it is asked again when it takes effect (Rule.ASKED).
docs/explanation/restructuring.md tells more. Until then every act of restructuring is refused.
"""


def test_every_relation_to_a_body_is_declared() -> None:
    assert not undeclared(), WHAT_TO_DO.format(keys="\n    ".join(undeclared()))


def test_nothing_is_declared_that_is_no_relation() -> None:
    assert {carried.key for carried in declared()} - set(relations()) == set()


@pytest.mark.parametrize("carried", declared(Rule.MOVES), ids=lambda carried: carried.key)
def test_rows_that_move_and_may_be_there_once_say_how_they_join(carried: Carried) -> None:
    once = [
        constraint
        for constraint in carried.model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint) and carried.field in constraint.fields
    ]
    once += [names for names in carried.model._meta.unique_together if carried.field in names]
    assert not once or carried.join is not None


@pytest.mark.parametrize("carried", declared(Rule.DATED), ids=lambda carried: carried.key)
def test_dated_rows_that_may_not_overlap_say_what_makes_them_one(carried: Carried) -> None:
    for constraint in carried.model._meta.constraints:
        if isinstance(constraint, ExclusionConstraint):
            names = {str(expression) for expression, _operator in constraint.expressions}
            same = {name.removesuffix("_id") for name in carried.same}
            assert names == same | {carried.field, "valid"}


@pytest.mark.parametrize("carried", declared(), ids=lambda carried: carried.key)
def test_every_path_of_a_declaration_can_be_asked(carried: Carried, db: None) -> None:
    facets = carried.facets
    paths = [path for path in (facets.text, facets.words, facets.plan, facets.plan_name, facets.role) if path]
    manager = carried.model._base_manager
    assert list(manager.values_list("pk", carried.column, *paths)[:1]) in ([], [*manager.values_list()[:0]])
