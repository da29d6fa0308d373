"""Tasks as somebody's own open work: what a specialist holds, and how it is handed over."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet
from django.utils import translation

from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.handing import Handing, OpenItem, offer
from nhipcau.apps.orgs.models import Handover
from nhipcau.apps.plans.actions.hand_over_assignment import hand_over_assignment
from nhipcau.apps.plans.models import Assignment, Status

KIND = "plans.assignment"
LONGEST = 600


def _open(specialist: User) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(specialist=specialist, ended_at=None, organisation__isnull=False)
    return rows.exclude(status=Status.ACCEPTED)


def held(user: User) -> list[OpenItem]:
    """One query. The words are those of the minutes, in Vietnamese whatever the page's language."""
    rows = _open(user).filter(task__ended_at=None).select_related("task", "task__document")
    with translation.override("vi"):
        return [
            OpenItem(
                kind=KIND,
                pk=row.pk,
                words=_words(row),
                organisation=row.organisation_id or 0,
                due_on=row.due_on,
                remark=str(Status(row.status).label),
            )
            for row in rows.order_by("due_on", "pk")
        ]


def _words(row: Assignment) -> str:
    number = row.task.document.number
    text = row.task.text if len(row.task.text) <= LONGEST else row.task.text[: LONGEST - 1] + "…"
    return f"{text} ({number})" if number else text


def move(pks: Collection[int], handover: Handover) -> set[int]:
    """What is still hers and open goes to the receiver; the rest stays as it is."""
    rows = _open(handover.giver).filter(pk__in=pks).select_for_update(of=("self",)).order_by("pk")
    moved = set()
    for row in rows:
        hand_over_assignment(row, handover)
        moved.add(row.pk)
    return moved


def register() -> None:
    """Called once at start."""
    offer(KIND, Handing(held, move))
