"""The main menu: one table, by role. An app that gets a page adds a row."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from nhipcau.apps.access.scope import ROLES, Role, Scope


@dataclass(frozen=True, slots=True)
class Entry:
    """`view` is a URL name; the entry is marked on every page below its address."""

    view: str
    label: str | Promise
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Item:
    href: str
    label: str
    current: bool


# The system administrator has no part in the province's work.
WORKING: tuple[Role, ...] = tuple(role for role in ROLES if role != "system_admin")
ENTRIES: tuple[Entry, ...] = (
    Entry("desk:home", pgettext_lazy("menu", "Today"), ROLES),
    Entry("plans:list", pgettext_lazy("menu", "Plans"), WORKING),
    Entry("plans:tasks", pgettext_lazy("menu", "Tasks"), WORKING),
    Entry("orgs:list", pgettext_lazy("menu", "Organisations"), ROLES),
    Entry("reference:laws", pgettext_lazy("menu", "Legal changes"), ("coordinator", "system_admin")),
    Entry("desk:people", pgettext_lazy("menu", "People"), ("coordinator", "system_admin")),
    Entry("desk:audit", pgettext_lazy("menu", "Record of actions"), ("system_admin",)),
)


def items(scope: Scope, path: str) -> list[Item]:
    """The entries for `scope`; at most one is current, the one with the longest address above `path`."""
    shown = [(reverse(entry.view), str(entry.label)) for entry in ENTRIES if scope.has(*entry.roles)]
    above = [href for href, _ in shown if path == href or (href != "/" and path.startswith(href))]
    here = max(above, key=len, default="")
    return [Item(href, label, href == here) for href, label in shown]
