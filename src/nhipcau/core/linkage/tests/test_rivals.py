"""Who else two records may be of: brothers and sisters, namesakes of one village."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pyarrow as pa
import pytest

from nhipcau.core.linkage import model, reading
from nhipcau.core.linkage.incremental import Known
from nhipcau.core.linkage.places import Gazetteer
from nhipcau.core.linkage.tests import otherwise
from nhipcau.core.linkage.weighing import rule

MADE = otherwise.make(3_000, seed=9)
ENOUGH = rule(len(MADE[0])).link
Weight = Callable[[dict[str, object], dict[str, object]], float]


@pytest.fixture(scope="module")
def weight() -> Iterator[Weight]:
    """What two records weigh beside three thousand others."""
    records = reading.in_form(MADE[0])
    known = Known(records, Gazetteer(MADE[2].to_pylist()), model.load())
    place = next(row for row in MADE[0].to_pylist() if row["commune"] and row["district"])
    home = {name: place[name] for name in ("prov", "commune", "district")}

    def weigh(one: dict[str, object], other: dict[str, object]) -> float:
        rows = [
            {"record_id": 10**9 + at, "source": "commune", **home, **each}
            for at, each in enumerate((one, other))
        ]
        found = known.match(reading.in_form(pa.Table.from_pylist(rows)))
        between = [
            w for new, who, w in zip(found.new, found.other, found.weight, strict=True) if who >= 10**9
        ]
        return max(between, default=-99.0)

    yield weigh
    known.close()


def test_namesakes_of_a_village_and_year_are_one_only_if_more_speaks_for_it(weight: Weight) -> None:
    him = {"name": "Lê Trung Thịnh", "sex": "Nam", "birth": "1990", "country": "Hàn Quốc", "grp": 1}
    # However rare the name: what namesakes share does not carry a pair over the rule.
    assert weight(him, {**him, "country": "Hoa Kỳ", "grp": 2}) < ENOUGH
    assert weight({**him, "birth": "12/03/1990"}, {**him, "birth": "25/08/1990"}) < ENOUGH
    assert weight({**him, "birth": "12/03/1990"}, {**him, "birth": "12/03/1990"}) > ENOUGH
    assert weight({**him, "phone": "+82628232380"}, {**him, "phone": "+82628232380"}) > ENOUGH


def test_two_foreign_given_names_with_one_surname_are_two_people(weight: Weight) -> None:
    one = {"sex": "Nữ", "birth": "1951", "country": "Hoa Kỳ", "rel_name": "Diệp Văn Thịnh"}
    sisters = weight({**one, "name": "Christine Diep"}, {**one, "name": "Sophie Diep"})
    assert sisters < ENOUGH < weight({**one, "name": "Sophie Diep"}, {**one, "name": "Sophie Diep"})
