"""Records that may be of one person, for the review desk of a demo: written twice, brothers, namesakes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import Organisation
from nhipcau.apps.registry.actions import enter_person
from nhipcau.apps.registry.models import Membership, Pair, Round, RunningSource, SourceRecord

PRIOR = -16.6
Values = dict[str, Any]
Part = tuple[str, str, float] | tuple[str, str, float, int]


def _van(place: int | None) -> tuple[Values, ...]:
    """One woman told of twice, her sister, and a namesake from elsewhere."""
    home: Values = {"place_id": place, "relative_name": "Nguyễn Hồng Sơn"}
    return (
        home
        | {"name": "Nguyễn Hồng Vân", "birth": "1978", "sex": "F", "country": "US", "city": "San Jose"}
        | {"groups": ["former_national"], "relative_relation": "em", "phone": "+1 408 555 0122"},
        home
        | {"name": "Nguyễn Thị Hồng Vân", "birth": "1978", "sex": "F", "country": "US"}
        | {"groups": ["married"], "relative_relation": "anh", "city": "California"},
        home
        | {"name": "Nguyễn Thị Hồng Vy", "birth": "1976", "sex": "F", "country": "US"}
        | {"groups": ["former_national"]},
        {"name": "Nguyễn Hồng Vân", "birth": "1987", "sex": "F", "country": "AU", "groups": ["student"]},
    )


# Which of the four above, weighing what.
OF_VAN: tuple[tuple[int, int, float, tuple[Part, ...]], ...] = (
    (
        0,
        1,
        2.3,
        (
            ("name", "part", 7.4, 3),
            ("birth", "year", 5.1, 41),
            ("origin", "merged", 4.6, 58),
            ("household", "relative", 2.9, 3),
            ("sex", "same", 0.9),
            ("country", "same", 1.1, 610),
            ("stay", "differ", -0.6),
            ("kin", "rival", -2.5),
        ),
    ),
    (
        0,
        2,
        -2.6,
        (
            ("name", "sibling", -4.1),
            ("birth", "near", 1.4),
            ("origin", "today", 5.2, 58),
            ("country", "same", 1.1, 610),
            ("sex", "same", 0.9),
            ("stay", "same", 0.5),
            ("household", "relative", 9.0, 3),
        ),
    ),
    (
        0,
        3,
        -0.4,
        (
            ("name", "same", 14.2, 2),
            ("spelling", "same", 1.9),
            ("birth", "digit", 1.6),
            ("sex", "same", 0.9),
            ("country", "differ", -1.1),
            ("stay", "differ", -1.3),
        ),
    ),
)


def _tam(place: int | None) -> tuple[Values, ...]:
    """A man whose passport was renewed, by two lists."""
    return (
        {"name": "Huỳnh Thiện Tâm", "birth": "1969-02-11", "sex": "M", "place_id": place}
        | {"country": "CA", "city": "Toronto", "left_in": "1991", "groups": ["former_national"]},
        {"name": "Tam Huynh Thien", "birth": "1969-11-02", "sex": "M", "place_text": "Long Xuyên cũ"}
        | {"country": "CA", "left_in": "1992", "groups": ["former_national"]},
    )


OF_TAM: tuple[tuple[int, int, float, tuple[Part, ...]], ...] = (
    (
        0,
        1,
        4.4,
        (
            ("name", "same", 11.8, 4),
            ("birth", "turned", 8.2),
            ("country", "same", 2.6, 205),
            ("arrival", "next", 1.2),
            ("sex", "same", 0.9),
            ("stay", "same", 0.4),
            ("paper", "differ", -1.7),
            ("origin", "differ", -2.4),
        ),
    ),
)


def load_doubtful(
    communes: list[Organisation], source: RunningSource | Round, lead: Organisation, coordinator: User
) -> int:
    """How many pairs."""
    place = communes[0].pk if communes else None
    pairs = 0
    for values, weighed in ((_van(place), OF_VAN), (_tam(place), OF_TAM)):
        records = [_entered(each, source, lead, coordinator) for each in values]
        for one, other, weight, parts in weighed:
            left, right = sorted((records[one], records[other]), key=lambda each: each.pk)
            Pair.objects.create(left=left, right=right, weight=weight, evidence=_evidence(parts))
            pairs += 1
    return pairs


def _entered(
    values: Values, source: RunningSource | Round, lead: Organisation, coordinator: User
) -> SourceRecord:
    person = enter_person(values | {"basis": "relative"}, source=source, sender=lead, actor=coordinator)
    return Membership.objects.get(person=person, until=None).record


def _evidence(parts: Iterable[Part]) -> Values:
    told = []
    for on, grade, bits, *shared in parts:
        told.append({"on": on, "grade": grade, "bits": bits} | ({"shared_by": shared[0]} if shared else {}))
    return {"prior": PRIOR, "parts": told}
