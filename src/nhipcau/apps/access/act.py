"""The frame of every change of state: permission, transaction, audit event. One verb, one file, one frame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models, transaction

from nhipcau.apps.access import actors
from nhipcau.apps.access.policies import on_behalf, require
from nhipcau.apps.access.scope import Behalf
from nhipcau.apps.audit.record import Entry, write, write_many
from nhipcau.apps.audit.sentences import written_for


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
    behalf = on_behalf(actor, permission, subject)
    with transaction.atomic():
        entry = Entry(
            verb=verb, subject=None if isinstance(subject, type) else subject, reason=reason, data={}
        )
        yield entry
        _sign([entry], behalf)
        write(entry, **_signature(actor, behalf))


@contextmanager
def act_on_many(
    actor: actors.Actor, verb: str, model: type[models.Model], *, permission: str
) -> Iterator[list[Entry]]:
    """As `act` for many new things of a kind: the block appends an entry for each (`entry_of`)."""
    require(actor, permission, model)
    behalf = on_behalf(actor, permission, model)
    with transaction.atomic():
        entries: list[Entry] = []
        yield entries
        _sign(entries, behalf)
        for entry in entries:
            entry.verb = verb
        write_many(entries, **_signature(actor, behalf))


def entry_of(subject: models.Model, **data: Any) -> Entry:
    """An entry for `act_on_many`: ids, counts, old and new values. No free text about persons."""
    return Entry(verb="", subject=subject, data=data)


def _sign(entries: Iterable[Entry], behalf: tuple[Behalf, ...]) -> None:
    for entry in entries:
        if behalf:
            entry.data["on_behalf_of"] = [absent.person for absent in behalf]


def _signature(actor: actors.Actor, behalf: tuple[Behalf, ...]) -> dict[str, Any]:
    return {
        "actor_id": None if isinstance(actor, actors.System) else actor.pk,
        "actor_label": written_for(actors.label(actor), [absent.name for absent in behalf]),
    }


def note(entry: Entry, **data: Any) -> None:
    """Add facts to the event: ids, counts, old and new values. No free text about persons."""
    entry.data.update(data)
