"""Drafts as data: what a change found and what it left, so that the change can be taken back."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from nhipcau.apps.plans.models import DraftAssignment, DraftTask

DRAFT_FIELDS = (
    "position",
    "path",
    "text",
    "span_start",
    "span_end",
    "scope",
    "role",
    "due",
    "doubts",
    "state",
    "origin",
    "continues_id",
    "change",
)
MATCH_FIELDS = ("organisation", "set", "as_written")
ASSIGNMENT_FIELDS = ("position", "phrase", "role", "as_written", "partner", "organisation_id", "set_id")


def snapshot(document_id: int, drafts: Collection[int]) -> list[dict[str, Any]]:
    """The drafts (ids) with their assignments, two queries."""
    rows = DraftTask.objects.filter(document_id=document_id, pk__in=drafts).values(
        "pk", "version", *DRAFT_FIELDS
    )
    kept = {row["pk"]: {**row, "assignments": []} for row in rows}
    assigned = DraftAssignment.objects.filter(draft_id__in=kept).values("draft_id", *ASSIGNMENT_FIELDS)
    for row in assigned:
        kept[row.pop("draft_id")]["assignments"].append(row)
    return list(kept.values())


def put_back(document_id: int, before: list[dict[str, Any]], after: list[dict[str, Any]]) -> None:
    """Make the drafts what `before` says; those that only `after` knows are deleted.

    Versions go on counting.
    """
    older = {row["pk"] for row in before}
    DraftTask.objects.filter(
        document_id=document_id, pk__in=[row["pk"] for row in after if row["pk"] not in older]
    ).delete()
    versions = {row["pk"]: row["version"] for row in (*before, *after)}
    for row in before:
        values = {name: row[name] for name in DRAFT_FIELDS}
        DraftTask.objects.update_or_create(
            pk=row["pk"], defaults={"document_id": document_id, "version": versions[row["pk"]] + 1, **values}
        )
        set_assignments(row["pk"], row["assignments"])


def set_assignments(draft_id: int, rows: list[dict[str, Any]]) -> None:
    """Replace the draft's assignments by `rows` (fields as in ASSIGNMENT_FIELDS)."""
    DraftAssignment.objects.filter(draft_id=draft_id).delete()
    write_assignments([DraftAssignment(draft_id=draft_id, **row) for row in rows])


def write_assignments(rows: list[DraftAssignment]) -> None:
    """Insert in one statement; the folded phrase is what `save` would have written."""
    DraftAssignment.objects.bulk_create([row.with_folded_phrase() for row in rows])
