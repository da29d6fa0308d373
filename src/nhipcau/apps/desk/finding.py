"""One place to look for anything: documents, tasks, agencies, in the reader's scope. Marks do not matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from django.db.models import Q

from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.listing import rows
from nhipcau.apps.orgs.models import Organisation, OrganisationVersion
from nhipcau.apps.orgs.search import in_order, named
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


def _agencies(words: Sequence[str], user: User, day: date) -> Part[Agency]:
    """By any name they ever had, and by the ways documents write them; agencies before places."""
    versions, text = OrganisationVersion.objects.visible_to(user), " ".join(words)
    agencies = Q(organisation__realm=Organisation.Realm.AGENCY)
    ids = [*named(versions.filter(agencies), text), *named(versions.exclude(agencies), text)]
    found = rows(in_order(ids[:FIRST]), day)
    return Part([Agency(row.version.organisation_id, row.version.name, row.once) for row in found], len(ids))


def find(text: str, user: User, day: date) -> Found | None:
    """Every word must stand in what is found; None when there is no word to look for."""
    words = [word for word in text.split() if fold(word)][:MOST_WORDS]
    if not words:
        return None
    return Found(_documents(words, user), _tasks(words, user), _agencies(words, user, day))
