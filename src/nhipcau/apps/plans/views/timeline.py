"""What the agencies said of a task and what was said to that, newest first; three queries."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.plans.models import Assignment, Evidence, Task, Update, Verdict
from nhipcau.apps.plans.views.task_who import name_of

MOST = 60


@dataclass(slots=True)
class Told:
    """An update with its files and the verdicts on it."""

    update: Update
    agency: str
    files: list[Evidence] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)


def timeline_of(
    task: Task, assigned: list[Assignment], known: dict[int, str], user: User, before: int | None = None
) -> dict[str, Any]:
    """For parts/timeline.html: `updates`, and from which the earlier ones are shown on, where there are more.

    `before` is an update's id: what came before it.
    """
    rows = (
        Update.objects.visible_to(user)
        .filter(assignment__task=task)
        .select_related("created_by", "assignment")
    )
    if before is not None:
        rows = rows.filter(pk__lt=before)
    updates = list(rows.order_by("-pk")[: MOST + 1])
    more = len(updates) > MOST
    updates = updates[:MOST]
    pks = [update.pk for update in updates]
    agencies = {row.pk: name_of(row, known) for row in assigned}
    agencies |= _ended(updates, agencies)
    told = {update.pk: Told(update, agencies.get(update.assignment_id, "")) for update in updates}
    verdicts = Verdict.objects.visible_to(user).filter(update__in=pks).select_related("created_by")
    files = Evidence.objects.visible_to(user).filter(update__in=pks).select_related("upload")
    if pks:
        for verdict in verdicts.order_by("pk"):
            told[verdict.update_id].verdicts.append(verdict)
        for each in files.order_by("pk"):
            told[each.update_id].files.append(each)
    earlier = updates[-1].pk if more else None
    return {"updates": list(told.values()), "earlier": earlier, "later": before is not None}


def _ended(updates: list[Update], agencies: Collection[int]) -> dict[int, str]:
    """Names of those who reported while they had a part in the task; no query where there is none."""
    gone = {row.assignment for row in updates if row.assignment_id not in agencies}
    if not gone:
        return {}
    known = names({row.organisation_id for row in gone if row.organisation_id}, timezone.localdate())
    return {row.pk: known.get(row.organisation_id or 0, row.phrase) for row in gone}
