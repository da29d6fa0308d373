"""A reviewer corrects a drafted task: words, role, agencies and partners, due dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from nhipcau.apps.access.actors import Actor
from nhipcau.apps.plans import journal
from nhipcau.apps.plans.drafting import Named, assignment_rows, matcher_of, role_of
from nhipcau.apps.plans.models import DraftTask
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.reviewing import reviewing
from nhipcau.apps.plans.spans import on_one_line


def edit_draft(
    draft: DraftTask,
    *,
    version: int,
    actor: Actor,
    text: str | None = None,
    role: str | None = None,
    named: Sequence[Named] | None = None,
    due: Sequence[Mapping[str, Any]] | None = None,
    accept: bool = False,
) -> DraftTask:
    """Change what is given, leave the rest. A corrected field is no longer doubtful.

    `named` replaces agencies and partners together (see drafting.Named; unchosen phrases are matched).
    `due` replaces the due entries (see dates.entry). `role` is the task's, and that of every agency whose
    role was the old one. Raises Stale, and Refused("empty-text").
    """
    if text is not None and not text.strip():
        raise Refused("empty-text")
    with reviewing(draft.document, "edit_draft", actor=actor, seen={draft.pk: version}) as change:
        fresh = change.drafts[draft.pk]
        settled: set[str] = set()
        if text is not None:
            fresh.text = on_one_line(text)
            settled |= {"text"}
        if named is not None:
            rows = assignment_rows(named, fresh, matcher_of(change.document), actor)
            fresh.assignments.all().delete()
            journal.write_assignments(rows)
            settled |= {"agencies", "with", "scope"}
            if any(not body.partner for body in named):
                fresh.scope = "assigned"
        if role is not None:
            _set_role(fresh, role_of(role, fresh.role), named is None)
            settled |= {"role"}
        if due is not None:
            fresh.due = [dict(entry) for entry in due]
            settled |= {"due"}
        fresh.doubts = [doubt for doubt in fresh.doubts if field_of(doubt) not in settled]
        if accept:
            fresh.state = DraftTask.State.ACCEPTED
        fresh.save()
        change.entry.data["fields"] = sorted(settled)
    return fresh


def field_of(doubt: object) -> str:
    """The field a doubt is about; a reading names it plainly or as {"field": …}."""
    return str(doubt.get("field", "")) if isinstance(doubt, Mapping) else str(doubt)


def _set_role(draft: DraftTask, role: str, follow: bool) -> None:
    if follow:
        draft.assignments.filter(partner=False, role=draft.role).update(role=role)
    draft.role = role
