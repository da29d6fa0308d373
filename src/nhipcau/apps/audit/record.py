"""Writing an audit event. Called by `access.act`; nothing else writes events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from nhipcau.apps.audit.models import Event


@dataclass(slots=True)
class Entry:
    """An event that is being made. `data` must be JSON and must not carry personal data."""

    verb: str
    subject: models.Model | None = None
    reason: str = ""
    data: dict[str, Any] = field(default_factory=dict)


def write(entry: Entry, *, actor_id: int | None, actor_label: str) -> Event:
    """Store the event in the running transaction."""
    event = _event(entry, actor_id, actor_label)
    event.save(force_insert=True)
    return event


def write_many(entries: Iterable[Entry], *, actor_id: int | None, actor_label: str) -> None:
    """Store all of one actor's in one query."""
    Event.objects.bulk_create([_event(entry, actor_id, actor_label) for entry in entries], batch_size=1000)


def _event(entry: Entry, actor_id: int | None, actor_label: str) -> Event:
    subject = entry.subject
    return Event(
        actor_id=actor_id,
        actor_label=actor_label[:160],
        verb=entry.verb,
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        reason=entry.reason,
        data=entry.data,
    )
