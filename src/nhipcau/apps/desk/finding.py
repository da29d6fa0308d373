"""One place to look for anything: documents, tasks, agencies, in the reader's scope. Marks do not matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import Alias, Organisation, OrganisationVersion
from nhipcau.apps.plans.models import Document, Task
from nhipcau.core.text import fold

FIRST = 10
MOST_WORDS = 8
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """The first ones found, and how many there are."""

    first: Sequence[T]
    count: int


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency by its name of today; `once` is the older name that was found, else empty."""

    pk: int
    name: str
    once: str


@dataclass(frozen=True, slots=True)
class Found:
    documents: Part[Document]
    tasks: Part[Task]
    agencies: Part[Agency]

    @property
    def count(self) -> int:
        return self.documents.count + self.tasks.count + self.agencies.count


def _documents(words: Sequence[str], user: User) -> Part[Document]:
    found = Document.objects.visible_to(user).exclude(state=Document.State.REMOVED).defer("reading")
    for word in words:
        found = found.filter(Q(title_fold__contains=fold(word)) | Q(number__icontains=word))
    return Part(list(found.select_related("upload")[:FIRST]), found.count())


def _tasks(words: Sequence[str], user: User) -> Part[Task]:
    found = Task.objects.visible_to(user).current().matching(" ".join(words))
    return Part(list(found.select_related("document").defer("document__reading")[:FIRST]), found.count())


def _named(words: Sequence[str]) -> tuple[QuerySet[OrganisationVersion], QuerySet[Alias]]:
    versions, aliases = OrganisationVersion.objects.all(), Alias.objects.all()
    for word in map(fold, words):
        versions = versions.filter(Q(name_fold__contains=word) | Q(abbreviation__icontains=word))
        aliases = aliases.filter(text_fold__contains=word)
    return versions, aliases


def _agencies(words: Sequence[str], user: User, day: date) -> Part[Agency]:
    """By any name they ever had, and by the ways documents write them."""
    versions, aliases = _named(words)
    found = Organisation.objects.visible_to(user).filter(
        Exists(versions.filter(organisation=OuterRef("pk")))
        | Exists(aliases.filter(organisation=OuterRef("pk")))
    )
    first = list(found.order_by("pk").values_list("pk", flat=True)[:FIRST])
    matched = dict(versions.filter(organisation__in=first).values_list("organisation_id", "name"))
    names = OrganisationVersion.objects.filter(organisation__in=first)
    latest: dict[int, str] = {}
    for pk, name, valid in names.order_by("valid").values_list("organisation_id", "name", "valid"):
        if pk not in latest or day in valid:
            latest[pk] = name
    agencies = [Agency(pk, latest[pk], _once(matched.get(pk, ""), latest[pk])) for pk in first]
    return Part(agencies, found.count())


def _once(matched: str, now: str) -> str:
    return matched if matched != now else ""


def find(text: str, user: User, day: date) -> Found | None:
    """Every word must stand in what is found; None when there is no word to look for."""
    words = [word for word in text.split() if fold(word)][:MOST_WORDS]
    if not words:
        return None
    return Found(_documents(words, user), _tasks(words, user), _agencies(words, user, day))
