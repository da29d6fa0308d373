"""Edges of the lineage: what the database refuses, who sees them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.cast import Cast

from nhipcau.apps.orgs.models import Lineage

DAY = date(2025, 3, 1)


def edge(cast: Cast, **more: Any) -> Lineage:
    fields = {
        "predecessor": cast.department_a,
        "successor": cast.department_b,
        "kind": Lineage.Kind.MERGE,
        "effective_on": DAY,
        "legal_basis": "Nghị quyết số 12/NQ-HĐND ngày 20/02/2025",
    }
    return Lineage.objects.create(**{**fields, **more})


def test_one_body_may_have_several_successors_and_one_several_predecessors(cast: Cast) -> None:
    edge(cast, kind=Lineage.Kind.SPLIT)
    edge(cast, kind=Lineage.Kind.SPLIT, successor=cast.commune)
    edge(cast, predecessor=cast.lead_agency)
    assert cast.department_a.successions.count() == 2
    assert cast.department_b.origins.count() == 2
    assert Lineage.objects.until(date(2025, 2, 28)).count() == 0
    assert Lineage.objects.until(DAY).count() == 3


@pytest.mark.parametrize(
    "more",
    [{"successor": None}, {"successor": "itself"}, {}],
    ids=["a merger into nobody", "a merger into itself", "the same edge twice"],
)
def test_the_database_refuses(cast: Cast, more: dict[str, Any]) -> None:
    if more.get("successor") == "itself":
        more = {"successor": cast.department_a}
    if not more:
        edge(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        edge(cast, **more)


def test_a_body_abolished_without_successor_and_a_renaming_lead_to_nobody_and_to_itself(cast: Cast) -> None:
    edge(cast, kind=Lineage.Kind.ABOLISH, successor=None)
    edge(cast, kind=Lineage.Kind.RENAME, successor=cast.department_a)
    with pytest.raises(IntegrityError), transaction.atomic():
        edge(cast, kind=Lineage.Kind.ABOLISH, successor=None)


def test_everyone_with_a_role_sees_the_lineage_nobody_else(cast: Cast) -> None:
    found = edge(cast)
    assert list(Lineage.objects.visible_to(cast.commune_officer)) == [found]
    assert not Lineage.objects.visible_to(cast.leaver).exists()
    assert not Lineage.objects.visible_to(None).exists()
