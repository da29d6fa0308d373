"""The list of tasks: the four outcomes, views, filters, pages; quick at tens of thousands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.access.policies import can
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.plans.filters.tasks import SOON, TaskFilter
from nhipcau.apps.plans.models import Outcome, OutcomeCounts, Status, Task
from nhipcau.apps.plans.models.task import TaskQuerySet
from nhipcau.apps.plans.views.outcomes import outcome_context
from nhipcau.apps.plans.views.task_rows import own_organisations, rows_of
from nhipcau.apps.webkit.formats import format_number

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Listed:
    """The filter, what it narrows to, what the list shows of it."""

    filter: TaskFilter
    narrowed: TaskQuerySet
    picked: TaskQuerySet


def listed(user: User, data: QueryDict) -> Listed:
    """The tasks in force that the filter leaves, the most urgent first."""
    today = timezone.localdate()
    task_filter = TaskFilter(data, user, today, own=own_organisations(user))
    narrowed = task_filter.narrow(Task.objects.visible_to(user).current())
    return Listed(task_filter, narrowed, task_filter.pick(narrowed).urgent_first())


@for_roles()
@require_GET
def task_list(request: HttpRequest) -> HttpResponse:
    """Tasks in the user's sight. An officer sees how far her own agency is."""
    user = user_of(request)
    today = timezone.localdate()
    found = listed(user, request.GET)
    counts = found.narrowed.outcome_counts(today, found.filter.organisations)
    last = today + timedelta(days=SOON)
    open_soon = ~Q(status=Status.DONE) & Q(due_on__gte=today, due_on__lte=last)
    soon = found.narrowed.order_by().aggregate(n=Count("pk", filter=open_soon))["n"]
    pages = Paginator(found.picked, PER_PAGE)
    if not found.filter.picks and found.filter.organisations is None:
        pages.count = counts.total  # known already
    page = pages.get_page(request.GET.get("page"))
    rows = rows_of(list(page.object_list), user)
    context = {
        **headline(found.filter, counts, soon),
        **outcome_context(counts),
        "tabs": _tabs(request.GET, found.filter, counts, soon),
        "filter": found.filter,
        "filtered": bool(found.filter.chosen),
        "page_obj": page,
        "rows": rows,
        "total": counts.total,
        "any_task": bool(counts.total or found.filter.chosen),
        "caption": _("%(n)s tasks, the most urgent on top") % {"n": format_number(page.paginator.count)},
        "can_enter": can(user, "create", Task),
        "export_url": reverse("plans:tasks_export"),
    }
    return render(request, "plans/tasks.html", context)


def headline(task_filter: TaskFilter, counts: OutcomeCounts, soon: int) -> dict[str, Any]:
    """The heading says what is late; of one agency it says whose tasks these are."""
    over = counts.open_overdue
    late = ngettext("%(n)s task is overdue", "%(n)s tasks are overdue", over) % {"n": format_number(over)}
    due = ngettext("%(n)s due in the next 30 days", "%(n)s due in the next 30 days", soon) % {
        "n": format_number(soon)
    }
    organisations = task_filter.organisations or frozenset()
    agency = ""
    if len(organisations) == 1:
        agency = next(iter(names(organisations, task_filter.today).values()), "")
    if not over:
        late = _("No task is overdue") if counts.total else _("No task yet")
    return {
        "heading": _("Tasks of %(agency)s") % {"agency": agency} if agency else late,
        "agency_name": agency,
        "lead": f"{late}, {due}." if agency else f"{due}.",
    }


def _tabs(data: QueryDict, task_filter: TaskFilter, counts: OutcomeCounts, soon: int) -> list[dict[str, Any]]:
    """Views that keep the other filters."""
    kept = {name: value for name, value in data.items() if name in {"q", "agency", "role", "plan"} and value}
    views: list[tuple[str, dict[str, str], int]] = [
        (_("All"), {}, counts.total),
        (_("Overdue"), {"status": str(Outcome.OPEN_OVERDUE)}, counts.open_overdue),
        (_("Due in 30 days"), task_filter.soon(), soon),
        (_("Done"), {"status": "done"}, counts.done_in_time + counts.done_late),
    ]
    here = {name: data.get(name, "") for name in ("status", "due_from", "due_to") if data.get(name)}
    return [
        {
            "label": label,
            "href": f"{reverse('plans:tasks')}?{urlencode({**kept, **extra})}".rstrip("?"),
            "count": count,
            "current": here == extra,
        }
        for label, extra, count in views
    ]
