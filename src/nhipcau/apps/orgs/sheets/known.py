"""What is known on the day that names are matched on: agencies by every way to write them, people by mail."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.directory import Known, directory
from nhipcau.apps.orgs.models import Appointment, OrganisationVersion
from nhipcau.core.text import fold

_COMMITTEE = re.compile(r"^(?:ubnd|uy ban nhan dan)\s+(?=(?:xa|phuong|dac khu|thi tran)\b)")


@dataclass(slots=True)
class Bodies:
    """Agencies and own communes of the day. `spelt` compares with marks, `folded` without."""

    known: dict[int, Known]
    codes: dict[int, str]
    parents: dict[int, int | None]
    spelt: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    folded: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    by_code: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def named(self, text: str) -> set[int]:
        """Those that `text` can mean: by spelling with marks, else without; else without "UBND" before it."""
        for key in (_spelling(text), None):
            found = self.spelt.get(key, set()) if key else self.folded.get(fold(text), set())
            if found:
                return found
        bare = _COMMITTEE.sub("", fold(text))
        return self.folded.get(bare, set())

    def name(self, pk: int) -> str:
        return self.known[pk].name


def _spelling(text: str) -> str:
    return " ".join(text.casefold().split())


def bodies(day: date) -> Bodies:
    """A few queries for all."""
    listed = directory(day)
    rows = OrganisationVersion.objects.filter(
        organisation__in=list(listed.organisations), valid__contains=day
    ).values_list("organisation_id", "code", "parent_id")
    found = Bodies(listed.organisations, {}, {})
    for pk, code, parent in rows:
        found.codes[pk], found.parents[pk] = code, parent
        if code:
            found.by_code[code.casefold()].add(pk)
    ends = [f" {place}" for place in listed.own_places()]
    for pk, known in listed.organisations.items():
        for text in _ways(known, ends):
            found.spelt[_spelling(text)].add(pk)
            found.folded[fold(text)].add(pk)
    return found


def _ways(known: Known, ends: Iterable[str]) -> set[str]:
    """The name with and without the province, the abbreviation, the aliases."""
    ways = {known.name, *known.aliases}
    for end in ends:
        if known.name.casefold().endswith(end.casefold()):
            ways.add(known.name[: -len(end)])
    if known.abbreviation:
        ways.add(known.abbreviation)
    return {way for way in ways if way.strip()}


@dataclass(slots=True)
class People:
    """Accounts of the sheet's addresses, and what they hold or will hold."""

    users: dict[str, User]
    held: dict[tuple[int, str, int], list[Appointment]]


def people(addresses: Collection[str]) -> People:
    """Two queries."""
    users = {user.email: user for user in User.objects.filter(email__in=set(addresses))}
    held: dict[tuple[int, str, int], list[Appointment]] = defaultdict(list)
    for row in Appointment.objects.filter(user__in=users.values()):
        held[row.user_id, row.role, row.organisation_id].append(row)
    return People(users, held)
