"""What higher apps add at start: kinds of message, the pages they lead to, sections of the digest, events of
the calendar.

A kind owns its words, as an event of the record does: what is kept is the kind and the values, so that
everybody reads it in her own language.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.functional import Promise

from nhipcau.apps.accounts.models import User


@dataclass(frozen=True, slots=True)
class Kind:
    """`label` is what a filter prints; `words` the message, where `%(name)s` stand for its values."""

    label: str | Promise
    words: str | Promise


_kinds: dict[str, Kind] = {}
_pages: dict[str, str] = {}


def kinds(added: Mapping[str, tuple[str | Promise, str | Promise]]) -> None:
    """Register kinds by name ("plans.returned") as pairs of label and words; once each."""
    for name, (label, words) in added.items():
        if name in _kinds:
            raise ValueError(f"{name} is registered already")
        _kinds[name] = Kind(label, words)


def kind(name: str) -> Kind | None:
    return _kinds.get(name)


def known_kinds() -> dict[str, Kind]:
    return dict(_kinds)


def pages(added: Mapping[str, str]) -> None:
    """Say which address shows an object: model ("plans.task") → URL name that takes its key."""
    _pages.update(added)


def page_of(about_type: str, about_id: str) -> str:
    """The path of the object's page; empty when there is none."""
    name = _pages.get(about_type)
    return reverse(name, args=[about_id]) if name and about_id else ""


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a digest is made for. `days` are those on which she is reminded: −7 is seven days before a due
    date, 7 seven days after it. `since` is the day of the digest before.
    """

    user: User
    day: date
    since: date
    days: tuple[int, ...]

    def reminded_of(self) -> dict[date, int]:
        """Due dates she is reminded of now → days left (negative: days past)."""
        days = [self.day - timedelta(days=back) for back in range(max(1, (self.day - self.since).days))]
        dues = {day - timedelta(days=offset) for day in days for offset in self.days}
        return {due: (due - self.day).days for due in dues}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a digest, in the active language. `about` is "plans.task:12", so that it can be forgotten."""

    text: str
    href: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """`lines` gets readers of one language and gives each one's lines by user id; a few queries for all."""

    title: str | Promise
    lines: Callable[[Sequence[Reader]], Mapping[int, Sequence[Line]]]


_sections: list[Section] = []
_working: list[Callable[[date], Collection[int]]] = []


def section(title: str | Promise, lines: Callable[[Sequence[Reader]], Mapping[int, Sequence[Line]]]) -> None:
    """Add a section to everybody's digest; they stand in the order of registration."""
    _sections.append(Section(title, lines))


def sections() -> tuple[Section, ...]:
    return tuple(_sections)


def provide_working(provider: Callable[[date], Collection[int]]) -> None:
    """Called once at start by the app that knows roles: the ids of users who hold one on a day."""
    _working[:] = [provider]


def working(day: date) -> frozenset[int]:
    """Nobody until a rule is provided."""
    return frozenset(_working[0](day)) if _working else frozenset()


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """A day of a private calendar, in the active language. `uid` is the same for ever; `sequence` grows with
    every move; `changed_at` is when it last changed. One that ended is told as cancelled for a while.
    """

    uid: str
    day: date
    summary: str
    description: str
    href: str
    sequence: int
    changed_at: datetime
    cancelled: bool = False


Events = Callable[[User, date, date], Iterable[CalendarEvent]]
_events: list[Events] = []


def events(source: Events) -> None:
    """Add events to private calendars: asked with the user, the first and the last day."""
    _events.append(source)


def event_sources() -> tuple[Events, ...]:
    return tuple(_events)
