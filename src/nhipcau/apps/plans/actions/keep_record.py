"""An agency writes down a course, a review, a session or an inspection of its task; or corrects it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from nhipcau.apps.access.act import act, note
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.models import Upload
from nhipcau.apps.plans.models import (
    Assignment,
    Course,
    Inspection,
    InspectionPaper,
    Review,
    Task,
)
from nhipcau.apps.plans.models.kinds import Record
from nhipcau.apps.plans.records import TABLES, Unit, set_participants, set_visited, table_of
from nhipcau.apps.plans.refusals import Refused


@dataclass(frozen=True, slots=True)
class Paper:
    """Plan, notice or minutes; `upload` None leaves the file that is there."""

    kind: str
    number: str = ""
    issued_on: date | None = None
    upload: Upload | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """`fields` are columns of the record's table; `units` took part or were visited."""

    fields: Mapping[str, Any]
    units: Sequence[Unit] = ()
    papers: Sequence[Paper] = field(default=())


def add_record(task: Task, organisation: int, kept: Kept, *, actor: User) -> Record:
    """A record of the task's kind, kept by an agency with a part in the task.

    Raises Refused("task-ended"), Refused("no-records") for a task without a kind that has them,
    Refused("not-charged").
    """
    with act(actor, "plans.add_record", task, permission="add_record") as entry:
        fresh = Task.objects.select_for_update().get(pk=task.pk)
        if fresh.ended_at is not None:
            raise Refused("task-ended")
        if fresh.kind not in TABLES:
            raise Refused("no-records")
        if not Assignment.objects.filter(task=fresh, organisation=organisation, ended_at=None).exists():
            raise Refused("not-charged")
        record = table_of(fresh.kind)(
            task=fresh, organisation_id=organisation, created_by=actor, changed_by=actor
        )
        if isinstance(record, Review):
            record.what = fresh.kind
        _write(record, kept)
        note(entry, kind=fresh.kind, record=record.pk, organisation=organisation)
    return record


def edit_record(record: Record, kept: Kept, *, actor: User) -> Record:
    """Raises Refused("record-gone")."""
    with act(actor, "plans.edit_record", record, permission="edit"):
        fresh: Record = type(record)._default_manager.select_for_update().get(pk=record.pk)
        if fresh.ended_at is not None:
            raise Refused("record-gone")
        fresh.changed_by = actor
        _write(fresh, kept)
    return fresh


def _write(record: Record, kept: Kept) -> None:
    for name, value in kept.fields.items():
        setattr(record, name, value)
    record.save()
    if isinstance(record, Course):
        set_participants(record, kept.units)
    if isinstance(record, Inspection):
        set_visited(record, kept.units)
        for paper in kept.papers:
            _paper(record, paper)


def _paper(inspection: Inspection, paper: Paper) -> None:
    row = InspectionPaper.objects.filter(inspection=inspection, kind=paper.kind).first()
    if row is None:
        if not (paper.number or paper.issued_on or paper.upload):
            return
        row = InspectionPaper(inspection=inspection, kind=paper.kind)
    row.number, row.issued_on = paper.number, paper.issued_on
    row.upload = paper.upload or row.upload
    row.save()
