"""People of the register are found: as one types, or with the button where there is no JavaScript."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.access.policies import can, require
from nhipcau.apps.accounts.models import User
from nhipcau.apps.reference.models import Country
from nhipcau.apps.registry.asking import Kind, Part, Width
from nhipcau.apps.registry.forms.people import PeopleFilter
from nhipcau.apps.registry.kept import PEOPLE
from nhipcau.apps.registry.marking import marked
from nhipcau.apps.registry.models import Basis, Group, LookUp, Person
from nhipcau.apps.registry.numbers import persons_with
from nhipcau.apps.registry.reach import reach_of
from nhipcau.apps.registry.search import MOST_FOUND, Found, find, following
from nhipcau.apps.registry.views.person_rows import Row, rows_of
from nhipcau.apps.webkit.addresses import whole
from nhipcau.apps.webkit.formats import format_number

PER_PAGE = 25
FILTERS = ("country", "group", "basis")


@dataclass(frozen=True, slots=True)
class Chip:
    """What was understood; `without`: the address where it is not asked, for a filter."""

    label: str
    said: str
    without: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """One page of people. `numbered` when so few were found that their pages have numbers; else `after` is
    the person whom the next page comes after, and `begun` says that this is not the first.
    """

    people: list[Person]
    count: int
    more: bool = False
    found: Found | None = None
    numbered: Page[int] | None = None
    after: int | None = None
    begun: bool = False


@for_roles()
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """By any part of the name, and what else is known; in the order of names."""
    user = user_of(request)
    require(user, "list", Person)
    chosen = PeopleFilter(request.GET)
    shown = _shown(user, chosen, request)
    heading = _heading(shown.count, shown.more, chosen.used)
    context: dict[str, Any] = {
        "heading": heading,
        "shown": shown,
        "rows": _rows(shown, user),
        "chips": _chips(shown.found, chosen, user),
        "wider": _wider(shown.found),
        "most": MOST_FOUND,
        "filter": chosen,
        "filtered": chosen.used,
        "may_create": can(user, "create", Person),
        "may_look_up": can(user, "create", LookUp),
    }
    if request.headers.get("hx-target") == "found":
        return render(request, "registry/parts/found_alone.html", context)
    context |= {"countries": _countries(user), "tab": "people"}
    return render(request, "registry/people.html", context)


def _shown(user: User, chosen: PeopleFilter, request: HttpRequest) -> Shown:
    filters = {name: chosen.value(name) for name in FILTERS}
    words = chosen.value("q")
    numbered = persons_with(words)
    found = Found(numbered) if numbered else find(words, **filters)
    if found is not None and (found.parts or numbered or not found.more):
        page = Paginator(found.ids, PER_PAGE).get_page(request.GET.get("page"))
        return Shown(_people(user, list(page)), len(found.ids), found.more, found, page)
    if found is None and words:
        return Shown([], 0)
    return _roll(user, request, filters, found)


def _roll(user: User, request: HttpRequest, filters: dict[str, str], found: Found | None) -> Shown:
    """Everybody, or so many that the filters leave more than can be counted at once."""
    before = _people(user, [whole(request.GET.get("after", "")) or 0])
    sort, pk = (before[0].name_sort, before[0].pk) if before else ("", 0)
    ids = following(sort, pk, PER_PAGE + 1, **filters)
    people = _people(user, ids[:PER_PAGE])
    count = MOST_FOUND if found else PEOPLE.get(reach_of(user), _seen(user).count)
    after = people[-1].pk if people and len(ids) > PER_PAGE else None
    return Shown(people, count, bool(found), found, after=after, begun=bool(before))


def _seen(user: User) -> QuerySet[Person]:
    return Person.objects.visible_to(user).in_scope_of(user).standing()


def _people(user: User, ids: Sequence[int]) -> list[Person]:
    """Of these those whom she may read, in the order of names."""
    return list(_seen(user).filter(pk__in=ids).order_by("name_sort", "pk")) if ids and ids != [0] else []


def _rows(shown: Shown, user: User) -> list[Row]:
    """With what was asked marked in the names."""
    parts = shown.found.parts if shown.found else ()
    words = [part.word for part in parts if part.kind in (Kind.WORD, Kind.EITHER)]
    inside = shown.found is not None and shown.found.width == Width.INSIDE
    mark: Callable[[str], str] = partial(marked, words=words, inside=inside)
    return rows_of(shown.people, user, mark if words else str)


def _chips(found: Found | None, chosen: PeopleFilter, user: User) -> list[Chip]:
    """What was understood of the words, then the filters, each with the way to be rid of it."""
    parts = found.parts if found else ()
    codes = {part.country.upper() for part in parts if part.country} | {chosen.value("country")} - {""}
    current = Country.objects.visible_to(user).current()
    names = {each.code: each.label for each in current.filter(code__in=codes)} if codes else {}
    chips = [_understood(part, names) for part in _joined(parts)]
    filters: dict[str, tuple[str, dict[str, Any]]] = {
        "country": (_("Country"), names),
        "group": (_("Group"), dict(Group.choices)),
        "basis": (_("Verification"), dict(Basis.choices)),
    }
    for name, (label, values) in filters.items():
        value = chosen.value(name)
        if value:
            said = values.get(value, value)
            rest = {
                each: chosen.value(each) for each in ("q", *FILTERS) if each != name and chosen.value(each)
            }
            chips.append(Chip(label, str(said), f"?{urlencode(rest)}"))
    return chips


def _joined(parts: Sequence[Part]) -> list[Part]:
    """Words of a name that stand beside each other, as one."""
    joined: list[Part] = []
    for part in parts:
        if joined and part.kind == joined[-1].kind == Kind.WORD:
            joined[-1] = Part(Kind.WORD, f"{joined[-1].said} {part.said}", part.word)
        else:
            joined.append(part)
    return joined


def _understood(part: Part, countries: dict[str, str]) -> Chip:
    country = countries.get(part.country.upper(), part.country.upper())
    match part.kind:
        case Kind.YEAR:
            return Chip(_("Year of birth or leaving"), part.word)
        case Kind.COUNTRY:
            return Chip(_("Country"), country)
        case Kind.PHONE:
            return Chip(_("Telephone"), part.said)
        case Kind.EITHER:
            return Chip(_("Name or country"), f"{part.said} / {country}")
        case _:
            return Chip(_("Name"), part.said)


def _wider(found: Found | None) -> str:
    """That names alone did not do."""
    if found is None or not found.ids or found.width <= Width.NAMES:
        return ""
    if found.width == Width.EVERYTHING:
        return _("Nobody has such a name: found by the commune, the city, the country or the group as well.")
    return _("No word begins so: found by what stands inside the words of names.")


def _heading(count: int, more: bool, filtered: bool) -> str:
    if not count and not filtered:
        return _("Nobody is in the register yet")
    if more:
        return _("More than %(n)s people fit") % {"n": format_number(count)}
    if filtered:
        return ngettext("%(n)s person fits", "%(n)s people fit", count) % {"n": format_number(count)}
    return ngettext("%(n)s person is in the register", "%(n)s people are in the register", count) % {
        "n": format_number(count)
    }


def _countries(user: User) -> list[tuple[str, str]]:
    return [(country.code, country.label) for country in Country.objects.visible_to(user).current()]
