"""A record goes in: with the words it is found by, as the first of a person or one more of a known one."""

from __future__ import annotations

import re
from collections.abc import Collection

from nhipcau.apps.orgs.models import OrganisationVersion
from nhipcau.apps.reference.models import Country
from nhipcau.apps.registry.deriving import derive
from nhipcau.apps.registry.models import Group, Membership, Person, SourceRecord
from nhipcau.core.personvalues import Name, read_name
from nhipcau.core.text import fold, sort_key

# Of a telephone number: enough to tell it, without what is written before it at home and abroad.
TELLING_DIGITS = 9


def prepare(record: SourceRecord, *, country_words: str, place_words: str) -> None:
    """Fill what the record is found by and sorted by. The words of its country and its place are looked up by
    the caller, once for many records.
    """
    names = (record.name, record.foreign_name, record.city)
    years = {text[:4] for text in (record.birth, record.left_in) if text}
    groups = (str(label) for value, label in Group.choices if value in record.groups)
    phones = phone_words(record.phone, record.other_phones)
    parts = (*names, country_words, place_words, *sorted(years), *groups, *sorted(phones))
    record.words = fold(" ".join(part for part in parts if part))
    record.name_sort = sort_key(record.name)
    record.likeness = likeness(record.name, record.birth)


def phone_words(*numbers: str) -> set[str]:
    """Each telephone of these cells as it is written and by the digits that tell it."""
    told = [re.sub(r"\D", "", each) for number in numbers for each in number.split(";")]
    return {form for digits in told if digits for form in (digits, digits[-TELLING_DIGITS:])}


def likeness(name: str, birth: str) -> str:
    """What two lists write of one person in whatever order and case; nothing for a name that is not read."""
    read = read_name(name)
    return likeness_of(read, birth) if isinstance(read, Name) else ""


def likeness_of(name: Name, birth: str) -> str:
    """The same of a name that was read."""
    return f"{name.loose[:220]}|{birth[:4]}"


def words_of_countries(codes: Collection[str]) -> dict[str, str]:
    """All names of each country, folded: however somebody writes it, it is found."""
    return dict(Country.objects.current().filter(code__in=codes).values_list("code", "text_fold"))


def words_of_places(places: Collection[int]) -> dict[int, str]:
    """All names that each place ever had, and those of the units that went into it."""
    found: dict[int, set[str]] = {place: set() for place in places}
    versions = OrganisationVersion.objects.order_by()
    named = versions.filter(organisation__in=places).values_list("organisation", "name_fold")
    before = versions.filter(organisation__successions__successor__in=places).values_list(
        "organisation__successions__successor", "name_fold"
    )
    for place, name in (*named, *before):
        if place in found:
            found[place].add(name)
    return {place: " ".join(sorted(names)) for place, names in found.items()}


def enter(record: SourceRecord, person: Person | None = None, *, by: str = "first") -> Person:
    """Save one record and make it `person`'s, or a new one's."""
    prepare(
        record,
        country_words=words_of_countries([record.country]).get(record.country, ""),
        place_words=words_of_places([record.place_id] if record.place_id else []).get(
            record.place_id or 0, ""
        ),
    )
    record.save()
    person = person or Person.objects.create()
    Membership.objects.create(person=person, record=record, by=by, actor=record.made_by)
    derive([person.pk])
    person.refresh_from_db()
    return person
