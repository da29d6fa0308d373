"""A person with those who were joined to her: what was said of one of them was said of her."""

from __future__ import annotations

from nhipcau.apps.registry.models import Person


def family_of(person: Person) -> tuple[int, ...]:
    """Ids, her own first; a query for each step of joins on joins."""
    found = [person.pk]
    joined = Person.objects.filter(merged_into__in=found)
    while more := list(joined.exclude(pk__in=found).values_list("pk", flat=True)):
        found += more
        joined = Person.objects.filter(merged_into__in=found)
    return tuple(found)
