"""The history of an object, newest first, as lines to print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import models

from nhipcau.apps.audit.models import Event
from nhipcau.apps.audit.sentences import actor_of, sentence


@dataclass(frozen=True, slots=True)
class Line:
    """`who` and `what` are for the reader; `reason` as it was given, in its writer's words."""

    at: datetime
    who: str
    what: str
    reason: str
    event: int


def line(event: Event) -> Line:
    return Line(event.at, actor_of(event), sentence(event), event.reason, event.pk)


def history(subject: models.Model, *, limit: int = 100, rows: bool = False) -> Iterator[Line]:
    """What was done to the object; one query. `rows` adds what the triggers saw, for whoever looks closely.

    Ask for the right to view the object first: its history goes with it.
    """
    events = Event.objects.about(subject)
    if not rows:
        events = events.filter(source=Event.Source.ACTION)
    return (line(event) for event in events.order_by("-pk")[:limit])
