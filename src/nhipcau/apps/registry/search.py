"""People by any part of a name in any order, without regard to marks, by country, place, year, group, phone.

Row security keeps the index of words from being used (the operator may leak), so the words are asked in
functions of the database that apply the reach themselves and give ids alone; the rows come through row
security like all others.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from nhipcau.apps.reference.models import Country
from nhipcau.apps.registry.asking import Part, Width, holding, queries, read
from nhipcau.apps.registry.kept import COUNTRIES
from nhipcau.core.text import fold

# So many are found at most; who finds more adds a word.
MOST_FOUND = 1_000


@dataclass(frozen=True, slots=True)
class Found:
    """`ids` in the order of names, at most MOST_FOUND, of people whom whoever the transaction acts for may
    read; `width`: how far had to be looked.
    """

    ids: list[int]
    more: bool = False
    parts: tuple[Part, ...] = ()
    width: Width = Width.NAMES


def countries_by_name() -> dict[str, str]:
    """Codes by each name that people give a country, folded. Kept until a country changes."""
    return COUNTRIES.get("", _countries_by_name)


def _countries_by_name() -> dict[str, str]:
    found: dict[str, str] = {}
    rows = Country.objects.current().values_list("code", "name", "name_en", "aliases")
    for code, name, name_en, aliases in rows:
        for each in (name, name_en, *aliases.split(";")):
            if fold(each):
                found.setdefault(fold(each), code.lower())
    return found


def find(words: str, *, country: str = "", group: str = "", basis: str = "") -> Found | None:
    """Who fits, the narrower reading of the words first. None when nothing is asked."""
    parts = read(words, countries_by_name()) if words.strip() else ()
    asked = queries(parts, holding(country=country, group=group, basis=basis))
    for width, query in asked:
        found = _search(query)
        if found or width == asked[-1][0]:
            return Found(found[:MOST_FOUND], len(found) > MOST_FOUND, parts, width)
    return None


def found_by(words: str) -> list[int] | None:
    """Ids of people whom whoever the transaction acts for may read, at most MOST_FOUND, by name. None when
    nothing is asked.
    """
    found = find(words)
    return found.ids if found is not None else None


def _search(query: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("select id from registry_search(%s::tsquery, %s) as id", [query, MOST_FOUND + 1])
        return [pk for (pk,) in cursor.fetchall()]


def following(
    sort: str, pk: int, most: int, *, country: str = "", group: str = "", basis: str = ""
) -> list[int]:
    """Ids of the next people in the order of names after that one, of whom the filters hold."""
    asked = holding(country=country, group=group, basis=basis) or None
    with connection.cursor() as cursor:
        cursor.execute("select id from registry_roll(%s::tsquery, %s, %s, %s) as id", [asked, sort, pk, most])
        return [pk for (pk,) in cursor.fetchall()]
