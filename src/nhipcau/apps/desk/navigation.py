"""The main menu: one table, by role. An app that gets a page adds a row."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from nhipcau.apps.access.scope import ROLES, Role, Scope


@dataclass(frozen=True, slots=True)
class Entry:
    """`view` is a URL name; the entry is marked on every page below its address. What is not needed every day
    stands under "More".
    """

    view: str
    label: str | Promise
    roles: tuple[Role, ...]
    daily: bool = True


@dataclass(frozen=True, slots=True)
class Item:
    href: str
    label: str
    current: bool
    daily: bool


MOST_IN_A_ROW = 7
# The system administrator has no part in the province's work.
WORKING: tuple[Role, ...] = tuple(role for role in ROLES if role != "system_admin")
KEEPERS: tuple[Role, ...] = ("coordinator", "system_admin")
ENTRIES: tuple[Entry, ...] = (
    Entry("desk:home", pgettext_lazy("menu", "Today"), ROLES),
    Entry("desk:overview", pgettext_lazy("menu", "Overview"), ("coordinator", "leader", "reader")),
    Entry("plans:list", pgettext_lazy("menu", "Plans"), WORKING),
    Entry("plans:tasks", pgettext_lazy("menu", "Tasks"), WORKING),
    Entry("reporting:periods", pgettext_lazy("menu", "Reports"), WORKING),
    Entry(
        "registry:people",
        pgettext_lazy("menu", "People abroad"),
        ("coordinator", "officer", "commune_officer"),
    ),
    Entry("plans:consultations", pgettext_lazy("menu", "Consultations"), WORKING),
    Entry("plans:rounds", pgettext_lazy("menu", "Estimates"), WORKING),
    Entry("orgs:list", pgettext_lazy("menu", "Organisations"), ROLES),
    Entry("indicators:list", pgettext_lazy("menu", "Indicators"), WORKING, daily=False),
    Entry(
        "reference:calendar",
        pgettext_lazy("menu", "Working days"),
        ("coordinator", "system_admin"),
        daily=False,
    ),
    Entry(
        "reference:laws", pgettext_lazy("menu", "Legal changes"), ("coordinator", "system_admin"), daily=False
    ),
    Entry("reference:countries", pgettext_lazy("menu", "Countries"), KEEPERS, daily=False),
    Entry("desk:people", pgettext_lazy("menu", "People"), KEEPERS, daily=False),
    Entry("registry:retention", pgettext_lazy("menu", "Retention"), ("system_admin",), daily=False),
    Entry("notices:outbox", pgettext_lazy("menu", "Outgoing mail"), ("system_admin",), daily=False),
    Entry("desk:audit", pgettext_lazy("menu", "Record of actions"), ("system_admin",), daily=False),
)


def items(scope: Scope, path: str) -> list[Item]:
    """The entries for `scope`; at most one is current, the one with the longest address above `path`."""
    shown = [(reverse(entry.view), entry) for entry in ENTRIES if scope.has(*entry.roles)]
    above = [href for href, _entry in shown if path == href or (href != "/" and path.startswith(href))]
    here = max(above, key=len, default="")
    # Who has a short menu has it whole: nothing to fold away.
    whole = len(shown) <= MOST_IN_A_ROW
    return [Item(href, str(entry.label), href == here, entry.daily or whole) for href, entry in shown]
