"""The frame of every change of state: permission, transaction, audit event. One verb, one file, one frame."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models, transaction

from nhipcau.apps.access import actors
from nhipcau.apps.access.policies import require
from nhipcau.apps.audit.record import Entry, write


@contextmanager
def act(
    actor: actors.Actor,
    verb: str,
    subject: models.Model | type[models.Model],
    *,
    permission: str,
    reason: str = "",
) -> Iterator[Entry]:
    """Run a change of state.

    `verb` is the event's name ("plans.approve_document"), `permission` the policy's verb. What the block
    puts into the yielded entry's `data` is recorded; `entry.subject` must be set when the block makes it.
    """
    require(actor, permission, subject)
    with transaction.atomic():
        entry = Entry(
            verb=verb, subject=None if isinstance(subject, type) else subject, reason=reason, data={}
        )
        yield entry
        person = None if isinstance(actor, actors.System) else actor.pk
        write(entry, actor_id=person, actor_label=actors.label(actor))


def note(entry: Entry, **data: Any) -> None:
    """Add facts to the event: ids, counts, old and new values. No free text about persons."""
    entry.data.update(data)
