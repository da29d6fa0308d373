"""A task from a conclusion, a letter, a leader's note: entered by hand, with its source, in one call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.directory import members
from nhipcau.apps.orgs.models import OrganisationSet
from nhipcau.apps.plans.dates import Frame, due_dates, earliest, reckoning
from nhipcau.apps.plans.dates import entry as by_hand
from nhipcau.apps.plans.drafting import Named, assignment_rows
from nhipcau.apps.plans.heirs import in_office, members_in_office
from nhipcau.apps.plans.matching import matcher
from nhipcau.apps.plans.models import Assignment, Document, DraftTask, DueDate, Task
from nhipcau.apps.plans.periods import begin_periods
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.settling import rows_of
from nhipcau.apps.plans.spans import on_one_line
from nhipcau.apps.plans.telling import tell_agency
from nhipcau.core.planreader.task_kinds import likely_kind


@dataclass(frozen=True, slots=True)
class Source:
    """The paper that a task comes from; `kind` is a Document.Kind. `document` is the paper itself, where it
    is known.
    """

    kind: str
    number: str = ""
    issued_on: date | None = None
    title: str = ""
    document: Document | None = None


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
    due: Sequence[Mapping[str, Any]] = (),
) -> Task:
    """The task. `kind` is a Document.Kind; `number`, `issued_on`, `title` name the source, `quote` is its
    sentence.

    It is due on `due_on`, or by the entries `due` as in plan/1, which may come again.
    A source entered before (same kind, number and date) is used again. `named` as in drafting.Named.
    Raises Refused("empty-text"), Refused("no-agency"), Refused("no-source").
    """
    with act(actor, "plans.enter_task", Task, permission="create") as entry:
        source = Source(kind, number, issued_on, title)
        dates = [by_hand("date", due_on.isoformat())] if due_on else due
        task = write_task(text, named, source, actor=actor, quote=quote, due=dates)
        entry.subject = task
        note(entry, document=task.document_id, due_on=task.due_on.isoformat() if task.due_on else None)
    return task


def write_task(
    text: str,
    named: Sequence[Named],
    source: Source,
    *,
    actor: User,
    quote: str = "",
    due: Sequence[Mapping[str, Any]] = (),
    parent: Task | None = None,
) -> Task:
    """The rows of a task, inside the transaction of an action that has asked for permission."""
    words = on_one_line(text)
    if not words:
        raise Refused("empty-text")
    if not any(body.phrase.strip() for body in named):
        raise Refused("no-agency")
    if not (source.number.strip() or source.issued_on or source.title.strip() or quote.strip()):
        raise Refused("no-source")
    document = source.document or _source(
        Document.Kind(source.kind), source.number.strip(), source.issued_on, on_one_line(source.title), actor
    )
    role = next((body.role for body in named if not body.partner), named[0].role)
    frame = Frame(since=timezone.localdate(), by=reckoning())
    dates = due_dates(due, frame)
    last = document.tasks.order_by("-position").values_list("position", flat=True).first() or 0
    task = Task.objects.create(
        document=document,
        position=last + 1,
        text=words,
        quote=on_one_line(quote),
        role=role,
        due_on=earliest(dates),
        likely_kind=likely_kind(words),
        parent=parent,
        created_by=actor,
    )
    for row in dates:
        row.task = task
    DueDate.objects.bulk_create(dates)
    begin_periods([(task, dates)], timezone.now())
    for given in Assignment.objects.bulk_create(_assignments(task, named, document, actor)):
        tell_agency(given, "plans.assigned", key=f"assigned:{given.pk}", actor=actor)
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
    found = members(list(confirmed.values_list("pk", flat=True)), document.dated)
    asked = {pk for each in found.values() for pk in each}
    heirs = in_office(asked | {row.organisation_id for row in drafted if row.organisation_id})
    return rows_of(drafted, task, {pk: members_in_office(each, heirs) for pk, each in found.items()}, heirs)
