"""A task from a conclusion, a letter, a leader's note: entered by hand, with its source, in one call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.directory import members
from nhipcau.apps.orgs.models import OrganisationSet
from nhipcau.apps.plans.drafting import Named, assignment_rows
from nhipcau.apps.plans.matching import matcher
from nhipcau.apps.plans.models import Assignment, Document, DraftTask, DueDate, Task
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.settling import rows_of
from nhipcau.apps.plans.spans import on_one_line


def enter_task(
    text: str,
    named: Sequence[Named],
    *,
    actor: User,
    kind: str,
    number: str = "",
    issued_on: date | None = None,
    title: str = "",
    quote: str = "",
    due_on: date | None = None,
) -> Task:
    """The task. `kind` is a Document.Kind; `number`, `issued_on`, `title` name the source, `quote` is its
    sentence.

    A source entered before (same kind, number and date) is used again. `named` as in drafting.Named.
    Raises Refused("empty-text"), Refused("no-agency"), Refused("no-source").
    """
    words = on_one_line(text)
    if not words:
        raise Refused("empty-text")
    if not any(body.phrase.strip() for body in named):
        raise Refused("no-agency")
    if not (number.strip() or issued_on or title.strip() or quote.strip()):
        raise Refused("no-source")
    with act(actor, "plans.enter_task", Task, permission="create") as entry:
        document = _source(Document.Kind(kind), number.strip(), issued_on, on_one_line(title), actor)
        role = next((body.role for body in named if not body.partner), named[0].role)
        last = document.tasks.order_by("-position").values_list("position", flat=True).first() or 0
        task = Task.objects.create(
            document=document,
            position=last + 1,
            text=words,
            quote=on_one_line(quote),
            role=role,
            due_on=due_on,
            created_by=actor,
        )
        if due_on is not None:
            DueDate.objects.create(
                task=task, kind="date", value=due_on.isoformat(), rule="by hand", due_on=due_on
            )
        Assignment.objects.bulk_create(_assignments(task, named, document, actor))
        entry.subject = task
        note(entry, document=document.pk, due_on=due_on.isoformat() if due_on else None)
    return task


def _source(kind: str, number: str, issued_on: date | None, title: str, actor: User) -> Document:
    now = timezone.now()
    if number:
        same = Document.objects.filter(
            kind=kind, number=number, issued_on=issued_on, state=Document.State.APPROVED
        )
        found = same.first()
        if found is not None:
            return found
    return Document.objects.create(
        kind=kind,
        number=number[:60],
        issued_on=issued_on,
        title=title,
        state=Document.State.APPROVED,
        created_by=actor,
        approved_by=actor,
        approved_at=now,
    )


def _assignments(task: Task, named: Sequence[Named], document: Document, actor: User) -> list[Assignment]:
    bodies = [body for body in named if body.phrase.strip()]
    drafted = assignment_rows(bodies, DraftTask(document=document), matcher(document.dated), actor)
    sets = {row.set_id for row in drafted if row.set_id}
    confirmed = OrganisationSet.objects.filter(pk__in=sets, confirmed_at__isnull=False)
    return rows_of(drafted, task, members(list(confirmed.values_list("pk", flat=True)), document.dated))
