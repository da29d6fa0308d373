"""Who does what in a task, a line a body, each with its state."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.apps.plans.models import Assignment, Status
from nhipcau.apps.plans.stages import may_move
from nhipcau.apps.plans.views.task_rows import sign_of

MANY = 4


def name_of(row: Assignment, known: dict[int, str]) -> str:
    """The body's name of today; a group's, or the words of the document, where it is none that we know."""
    return known.get(row.organisation_id or 0) or (row.set.name if row.set else row.phrase)


def lines_of(assigned: list[Assignment], known: dict[int, str]) -> list[dict[str, Any]]:
    """A line a body; a group of many members is one line with its members inside, and who is missing."""
    members: dict[int, list[Assignment]] = {}
    for row in assigned:
        if row.set_id and row.organisation_id:
            members.setdefault(row.set_id, []).append(row)
    lines, shown = [], set()
    for row in assigned:
        group = members.get(row.set_id or 0, [])
        if row.set is None or len(group) < MANY:
            lines.append(_line(row, known))
        elif row.set_id not in shown:
            shown.add(row.set_id)
            lines.append(_group(row, group, known))
    return lines


def _group(row: Assignment, group: list[Assignment], known: dict[int, str]) -> dict[str, Any]:
    missing = [each for each in group if each.status != Status.ACCEPTED]
    return {
        "name": name_of(Assignment(set=row.set), known),
        "role": _line(row, known)["role"],
        "members": [_line(each, known) for each in group],
        "done": len(group) - len(missing),
        "total": len(group),
        "missing": [name_of(each, known) for each in missing],
        "reported": sum(each.status == Status.REPORTED for each in group),
        "set": row.set_id,
    }


def _line(row: Assignment, known: dict[int, str]) -> dict[str, Any]:
    name = name_of(row, known)
    return {
        "assignment": row,
        "name": name,
        "role": _("partner") if row.partner else row.get_role_display(),
        "via": row.set.name if row.set and row.organisation_id else "",
        "phrase": row.phrase if row.phrase and row.phrase != name and not row.set else "",
        "outcome": sign_of(row, timezone.localdate()) if row.organisation_id else None,
        "due_on": row.due_on,
        "may_report": may_move("report", row.status),
    }
