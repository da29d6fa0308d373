"""A reading becomes drafts: one a task, each with its agency phrases matched by the document's day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from nhipcau.apps.access.actors import Actor, System
from nhipcau.apps.orgs.actions import propose_set
from nhipcau.apps.plans import journal
from nhipcau.apps.plans.matching import Match, Matcher, matcher
from nhipcau.apps.plans.models import Document, DraftAssignment, DraftTask, Role

GAP = 1000


@dataclass(frozen=True, slots=True)
class Named:
    """A body as a draft names it.

    Give `organisation` or `set` (ids) when chosen, `as_written` to leave it open on purpose; with none of
    them the phrase is matched.
    """

    phrase: str
    role: str = Role.RESPONSIBLE
    partner: bool = False
    organisation: int | None = None
    set: int | None = None
    as_written: bool = False


def place_names(reading: Mapping[str, Any] | None) -> list[str]:
    """What the document calls its own province."""
    document = (reading or {}).get("document") or {}
    place, issuer = str(document.get("place") or ""), str(document.get("issuer") or "")
    head = "ủy ban nhân dân "
    return [name for name in (place, issuer[len(head) :] if issuer.lower().startswith(head) else "") if name]


def matcher_of(document: Document) -> Matcher:
    """A matcher for the document's day and place."""
    return matcher(document.dated, place_names(document.reading))


def named_in(task: Mapping[str, Any]) -> list[Named]:
    """The agencies and partners of a plan/1 task; its `assignments`, if any, give each agency its role."""
    role = role_of(task.get("role"))
    roles = {str(each.get("agency")): each.get("role") for each in task.get("assignments") or []}
    agencies = [Named(str(name), role_of(roles.get(str(name)), role)) for name in task.get("agencies") or []]
    partners = [
        Named(str(name), Role.COORDINATE, partner=True)
        for name in task.get("with") or []
        if str(name) not in {str(agency) for agency in task.get("agencies") or []}
    ]
    return [*agencies, *partners]


def role_of(value: object, default: str = Role.RESPONSIBLE) -> str:
    return str(value) if value in Role.values else default


def assignment_rows(
    named: Iterable[Named], draft: DraftTask, match: Matcher, actor: Actor
) -> list[DraftAssignment]:
    """Unsaved rows in order; a group that is no set yet becomes a proposed one."""
    rows = []
    for position, body in enumerate(named):
        row = DraftAssignment(
            draft=draft,
            position=position,
            phrase=" ".join(body.phrase.split())[:400],
            role=body.role,
            partner=body.partner,
            organisation_id=body.organisation,
            set_id=body.set,
            as_written=body.as_written,
        )
        if body.organisation is None and body.set is None and not body.as_written:
            resolve(row, match.match(row.phrase), match, actor)
        rows.append(row)
    return rows


def resolve(row: DraftAssignment, found: Match, match: Matcher, actor: Actor) -> None:
    """Put a match into an assignment."""
    row.organisation_id, row.set_id, row.as_written = found.organisation, found.set, found.as_written
    if found.group is not None and not found.group.vague:
        # Proposing is the reading's own work: the coordinator confirms the set, whoever uploaded.
        by = actor if isinstance(actor, System) else System("plan-reader")
        proposed = propose_set(row.phrase, found.group.kinds, actor=by, read=True)
        row.set_id = proposed.pk
        match.learn(row.phrase, proposed.pk)


def make_drafts(document: Document, *, actor: Actor) -> list[DraftTask]:
    """Write the drafts of the document's reading: a handful of queries whatever their number."""
    reading = document.reading or {}
    tasks: Sequence[Mapping[str, Any]] = reading.get("tasks") or []
    drafts = [_draft(document, index, task) for index, task in enumerate(tasks, start=1)]
    DraftTask.objects.bulk_create(drafts)
    match = matcher_of(document)
    rows: list[DraftAssignment] = []
    for draft, task in zip(drafts, tasks, strict=True):
        rows += assignment_rows(named_in(task), draft, match, actor)
    journal.write_assignments(rows)
    return drafts


def _draft(document: Document, index: int, task: Mapping[str, Any]) -> DraftTask:
    start, end = task.get("span") or (0, 0)
    return DraftTask(
        document=document,
        position=index * GAP,
        path=str(task.get("id") or "")[:60],
        text=str(task.get("text") or ""),
        span_start=start,
        span_end=end,
        scope=str(task.get("scope") or "assigned")[:10],
        role=role_of(task.get("role")),
        due=list(task.get("due") or []),
        doubts=list(task.get("doubts") or []),
    )


def day_of(value: object) -> date | None:
    """An ISO date of a reading; None for anything else."""
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
