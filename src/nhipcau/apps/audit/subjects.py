"""What an event was done to, in words. An app registers, at start, what its models are called and how their
rows are named; the record asks for all rows of a page at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from django.apps import apps
from django.utils.functional import Promise

from nhipcau.apps.audit.models import Event


@dataclass(frozen=True, slots=True)
class Called:
    """How a row is called now, and the address of its page, if it has one."""

    name: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """`kind` is our word for what it is; `name` and `href` are empty for what the reader may not see, and for
    what is no more.
    """

    kind: str
    number: str
    name: str = ""
    href: str = ""


Naming = Callable[[Collection[str], object], Mapping[str, Called]]
_kinds: dict[str, str | Promise] = {}
_namings: dict[str, Naming] = {}


def kinds(words: Mapping[str, str | Promise]) -> None:
    """Model ("plans.document") → what one of it is called; once each."""
    for label, text in words.items():
        if label in _kinds:
            raise ValueError(f"{label} has a word already")
        _kinds[label] = text


def naming(label: str, of: Naming) -> None:
    """How rows of a model are called: `of(ids, user)` gives those that the user may see, in few queries."""
    if label in _namings:
        raise ValueError(f"{label} is named already")
    _namings[label] = of


def registered_kinds() -> frozenset[str]:
    return frozenset(_kinds)


def subjects(events: Iterable[Event], user: object) -> dict[tuple[str, str], Subject]:
    """(type, id) → what it is, for the events of a page; a few queries for each type on it."""
    ids: dict[str, set[str]] = defaultdict(set)
    for event in events:
        if event.subject_type:
            ids[event.subject_type].add(event.subject_id)
    found: dict[tuple[str, str], Subject] = {}
    for label, wanted in ids.items():
        of = _namings.get(label)
        called = of(wanted, user) if of else {}
        for pk in wanted:
            row = called.get(pk, Called(""))
            found[label, pk] = Subject(_kind(label), pk, row.name, row.href)
    return found


def _kind(label: str) -> str:
    """The word; of a library's model, and of one that is no more, the best there is."""
    if label in _kinds:
        return str(_kinds[label])
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):
        return label


def numbers(ids: Collection[str]) -> list[int]:
    """The ids that are numbers, for models whose keys are."""
    return [int(pk) for pk in ids if pk.isascii() and pk.isdigit() and len(pk) <= 18]
