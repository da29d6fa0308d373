"""The frame of every change of drafts: lock, stage, version, journal.

Two reviewers may work on one document. Each change names the version of the draft that its maker saw; who
comes second to the *same* draft is told who changed it and when. Changes of different drafts do not
collide. Every change raises the document's `revision`; who approves names the one she saw. The document's
row is locked for the length of a change, so an approval never runs beside one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from nhipcau.apps.access.act import act
from nhipcau.apps.access.actors import Actor, System
from nhipcau.apps.accounts.models import User
from nhipcau.apps.audit.record import Entry
from nhipcau.apps.plans import journal
from nhipcau.apps.plans.amending import note_changes
from nhipcau.apps.plans.models import Document, DraftChange, DraftTask
from nhipcau.apps.plans.refusals import Refused, Stale


@dataclass(slots=True)
class Change:
    """A change of drafts under way. Drafts made inside are added to `made`, deleted ones need no telling."""

    document: Document
    entry: Entry
    drafts: dict[int, DraftTask]
    made: list[DraftTask] = field(default_factory=list)


def person(actor: Actor) -> User | None:
    """The user behind an actor; None for the system."""
    return None if isinstance(actor, System) else actor


def lock(document_id: int) -> Document:
    """The document, its row locked until the transaction ends; only a draft may pass."""
    document = Document.objects.select_for_update().get(pk=document_id)
    if document.state != Document.State.DRAFT:
        raise Refused("not-a-draft")
    return document


@contextmanager
def reviewing(
    document: Document,
    verb: str,
    *,
    actor: Actor,
    seen: Mapping[int, int | None] | None = None,
    revision: int | None = None,
) -> Iterator[Change]:
    """Run a change of some drafts of a document.

    `seen` maps the ids of the drafts that will change to the versions that the actor saw (None: any).
    Raises Stale when one has another version by now or is gone, Refused("not-a-draft") when the document
    is no draft. The yielded drafts are fresh.
    """
    seen = seen or {}
    with act(actor, f"plans.{verb}", document, permission="review") as entry:
        locked = lock(document.pk)
        if revision is not None and locked.revision != revision:
            raise Stale("stale", locked.changed_by, locked.changed_at)
        found = DraftTask.objects.select_related("changed_by").in_bulk(list(seen))
        fresh = {pk: draft for pk, draft in found.items() if draft.document_id == document.pk}
        for pk, version in seen.items():
            if pk not in fresh:
                raise Stale("stale", locked.changed_by, locked.changed_at)
            if version is not None and fresh[pk].version != version:
                raise Stale("stale", fresh[pk].changed_by, fresh[pk].changed_at)
        before = journal.snapshot(document.pk, seen)
        change = Change(locked, entry, fresh)
        yield change
        _close(change, verb, actor, before)
        document.revision, document.changed_at = locked.revision, locked.changed_at


def touch(document: Document, actor: Actor) -> None:
    """Count a change of the document's draft."""
    document.revision += 1
    document.changed_by, document.changed_at = person(actor), timezone.now()
    document.save(update_fields=["revision", "changed_by", "changed_at"])


def _close(change: Change, verb: str, actor: Actor, before: list[dict[str, Any]]) -> None:
    document, user, now = change.document, person(actor), timezone.now()
    touched = [*change.drafts, *(draft.pk for draft in change.made)]
    rows = list(DraftTask.objects.filter(pk__in=touched).select_related("continues"))
    if document.amends_id is not None:
        note_changes(rows)
    for draft in rows:
        draft.version += 1
        draft.changed_by, draft.changed_at = user, now
    DraftTask.objects.bulk_update(rows, ["version", "changed_by", "changed_at", "change"])
    for draft in (*change.drafts.values(), *change.made):
        draft.version, draft.changed_by, draft.changed_at = draft.version + 1, user, now
    touch(document, actor)
    change.entry.data.update(revision=document.revision, drafts=sorted(touched))
    if user is not None and touched:
        DraftChange.objects.create(
            document=document,
            revision=document.revision,
            verb=verb,
            before=before,
            after=journal.snapshot(document.pk, touched),
            made_by=user,
        )
