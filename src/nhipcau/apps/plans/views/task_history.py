"""What happened to a task, as sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from nhipcau.apps.audit.models import Event
from nhipcau.apps.audit.sentences import actor_of, sentence
from nhipcau.apps.plans.models import Assignment, Status, Task

MOST = 100


@dataclass(frozen=True, slots=True)
class Line:
    at: datetime
    text: str


def lines_of(task: Task, assigned: Sequence[Assignment], names: Mapping[int, str]) -> list[Line]:
    """Newest first: progress of each agency, then how the task came to be. One query."""
    document, rows = str(task.document_id), {str(row.pk): row for row in assigned}
    events = Event.objects.filter(
        subject_type__in=["plans.task", "plans.assignment", "plans.document"],
        subject_id__in=[str(task.pk), *rows, document],
        source=Event.Source.ACTION,
        verb__in=["plans.enter_task", "plans.end_task", "plans.update_assignment", "plans.approve_document"],
    ).order_by("-pk")[:MOST]
    lines = []
    for event in events:
        own = {"plans.task": str(task.pk), "plans.document": document}.get(
            event.subject_type, event.subject_id
        )
        if event.subject_id == own and (event.subject_type != "plans.assignment" or event.subject_id in rows):
            lines.append(Line(event.at, _sentence(event, rows.get(event.subject_id), names)))
    return lines


def _sentence(event: Event, row: Assignment | None, names: Mapping[int, str]) -> str:
    if event.erased_under:
        return sentence(event)
    who = {"who": actor_of(event)}
    if event.verb == "plans.enter_task":
        return _("%(who)s entered the task.") % who
    if event.verb == "plans.end_task":
        return _("%(who)s ended the task: %(reason)s") % {**who, "reason": event.reason}
    if event.verb == "plans.approve_document":
        return _("%(who)s approved the document; the task was given.") % who
    labels = {value: str(label) for value, label in Status.choices}
    agency = names.get(row.organisation_id or 0, row.phrase) if row else ""
    facts = event.facts()
    states = {"old": labels.get(str(facts.get("old")), "?"), "new": labels.get(str(facts.get("new")), "?")}
    return _("%(who)s: %(agency)s went from “%(old)s” to “%(new)s”.") % {**who, "agency": agency, **states}
