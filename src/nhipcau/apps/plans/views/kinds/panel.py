"""What a task's page shows beside the task: its kind with the records, its place among other tasks."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.apps.access.policies import can
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.plans.forms.records import KindForm
from nhipcau.apps.plans.models import EstimateLine, Kind, Review, Task
from nhipcau.apps.plans.models.kinds import Record
from nhipcau.apps.plans.records import TABLES
from nhipcau.apps.plans.views.kinds.finding import visible_records
from nhipcau.apps.plans.views.kinds.parents import family_of
from nhipcau.core.money import understood

MOST = 20


def sides_of(task: Task, user: User) -> dict[str, Any]:
    """For plans/kinds/panel.html. At most seven queries."""
    may = task.ended_at is None and can(user, "set_kind", task)
    return {
        "kind": task.kind,
        "label": task.get_kind_display() if task.kind else "",
        "likely": task.get_likely_kind_display() if may and task.likely_kind and not task.kind else "",
        "form": KindForm(initial={"kind": task.kind or Kind.PLAIN}, auto_id="kind_%s") if may else None,
        "may_add": may and task.kind in TABLES,
        **_records(task, user),
        "money": _money(task, user),
        **family_of(task, user, may=may),
    }


def _records(task: Task, user: User) -> dict[str, Any]:
    if task.kind not in TABLES:
        return {"records": [], "more": False}
    found = list(visible_records(task.kind, user).filter(task=task).order_by("-day", "-pk")[: MOST + 1])
    known = names({row.organisation_id for row in found}, timezone.localdate())
    return {
        "records": [_row(row, task.kind, known) for row in found[:MOST]],
        "more": len(found) > MOST,
    }


def _money(task: Task, user: User) -> list[dict[str, Any]]:
    """What was asked for by year, of what the user may see, and for how many agencies. One query."""
    lines = EstimateLine.objects.visible_to(user).filter(estimate__task=task).order_by()
    years = lines.values_list("estimate__asked__round__year").annotate(
        total=Sum("amount"), agencies=Count("estimate__asked", distinct=True)
    )
    return [
        {"year": str(year), "amount": understood(int(total)), "agencies": agencies}
        for year, total, agencies in sorted(years, reverse=True)
    ]


def _row(record: Record, kind: str, known: dict[int, str]) -> dict[str, Any]:
    return {
        "pk": str(record.pk),
        "kind": kind,
        "record": record,
        "agency": known.get(record.organisation_id, ""),
        "when": state_of(record),
    }


def state_of(record: Record) -> str:
    """Whether it was held already."""
    if record.day is None:
        return _("day not fixed")
    last = record.last_day or record.day
    if isinstance(record, Review):
        return _("planned") if last > timezone.localdate() else _("reviewed")
    return _("planned") if last > timezone.localdate() else _("held")
