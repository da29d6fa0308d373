"""Rows of lists of people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from nhipcau.apps.orgs.kept import named_on
from nhipcau.apps.reference.models import Country
from nhipcau.apps.registry.forms.partial import as_written
from nhipcau.apps.registry.models import Basis, Group, Person


@dataclass(frozen=True, slots=True)
class Row:
    """`place`: as the commune is called today, else as it was written."""

    pk: int
    name: str
    foreign_name: str
    born: str
    sex: str
    place: str
    country: str
    groups: tuple[str, ...]
    basis: str
    verified: bool
    # Nothing else of her is shown then.
    restricted: bool = False


def rows_of(people: Sequence[Person], user: object, mark: Callable[[str], str] = str) -> list[Row]:
    """Two queries at most for all of them. `mark` makes of a name how it is shown."""
    places = named_on({each.place_id for each in people if each.place_id}, timezone.localdate())
    codes = {each.country for each in people if each.country}
    countries = (
        {each.code: each.label for each in Country.objects.visible_to(user).current().filter(code__in=codes)}
        if codes
        else {}
    )
    labels = dict(Group.choices)
    return [
        Row(each.pk, "", "", "", "", "", "", (), "", False, restricted=True)
        if each.restricted_at is not None
        else Row(
            each.pk,
            mark(each.name) if each.name else "",
            mark(each.foreign_name) if each.foreign_name else "",
            as_written(each.birth),
            each.get_sex_display(),
            places[each.place_id].name
            if each.place_id in places
            else each.derived.get("place_text", {}).get("value", ""),
            countries.get(each.country, each.country),
            tuple(str(labels[group]) for group in each.groups if group in labels),
            each.get_basis_display(),
            each.basis in (Basis.PERSON, Basis.DOCUMENT),
        )
        for each in people
    ]
