"""The list of tasks: the four outcomes, views, filters, pages; quick at tens of thousands."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.access.policies import can
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.audit.editions import Editions, editions
from nhipcau.apps.orgs.kept import NAMES, WORKING_UNITS, named_on
from nhipcau.apps.plans.awaiting import VIEWS
from nhipcau.apps.plans.filters.tasks import SOON, TaskFilter
from nhipcau.apps.plans.kept import HEADLINES, ON_PAGE, PICKED, PLANS
from nhipcau.apps.plans.models import Headline, Outcome, OutcomeCounts, Task
from nhipcau.apps.plans.models.task import TaskQuerySet
from nhipcau.apps.plans.periods import counts_of_earlier
from nhipcau.apps.plans.views.outcomes import earlier_context, outcome_context
from nhipcau.apps.plans.views.task_rows import Row, own_organisations, rows_of, shown_in_rows
from nhipcau.apps.webkit.formats import format_number

PER_PAGE = 25
# What a view of the list keeps of the filter.
KEPT = frozenset(("q", "agency", "role", "plan"))


class Listed:
    """The filter, what it narrows to, what the list shows of it; asked for when it is looked at."""

    def __init__(self, task_filter: TaskFilter, user: User) -> None:
        self.filter, self.user = task_filter, user

    @property
    def key(self) -> Hashable:
        """Lists of the same key are the same list."""
        return scope_of(self.user).key, self.filter.today, tuple(self.filter.chosen.items())

    @property
    def made_of_more(self) -> bool:
        """Whether more than tasks and who is charged with them decides what is listed."""
        return self.filter.chosen.get("status") in VIEWS

    @cached_property
    def narrowed(self) -> TaskQuerySet:
        """The tasks in force by words, agency, role and plan."""
        return self.filter.narrow(Task.objects.visible_to(self.user, in_force=True))

    @cached_property
    def picked(self) -> TaskQuerySet:
        """Those of the chosen state and days, the most urgent first."""
        return self.filter.pick(self.narrowed).urgent_first()


def listed(user: User, data: QueryDict, seen: Editions | None = None) -> Listed:
    """What an address asks for."""
    today = timezone.localdate()
    return Listed(TaskFilter(data, user, today, own=own_organisations(user), seen=seen), user)


@for_roles()
@require_GET
def task_list(request: HttpRequest) -> HttpResponse:
    """Tasks in the user's sight. An officer sees how far her own agency is."""
    user = user_of(request)
    seen = editions(HEADLINES, ON_PAGE, PLANS, WORKING_UNITS, NAMES)
    found = listed(user, request.GET, seen)
    over, earlier = over_list(found, seen)
    counts, soon = over.counts, over.soon
    page = _page(found, request.GET.get("page"), over, seen)
    rows = page.object_list
    context = {
        **headline(found.filter, counts, soon, seen),
        **outcome_context(counts),
        "earlier": _earlier(earlier, request.GET),
        "tabs": _tabs(request.GET, found.filter, counts, soon),
        "filter": found.filter,
        "filtered": bool(found.filter.chosen),
        "page_obj": page,
        "rows": rows,
        "total": counts.total,
        "any_task": bool(counts.total or found.filter.chosen),
        "without_filters": not (counts.total or found.filter.chosen),
        "filter_class": "tk-filter-n",
        "table_class": "tk-table",
        "caption": _("%(n)s tasks, the most urgent on top") % {"n": format_number(page.paginator.count)},
        "can_enter": can(user, "create", Task),
        "works": scope_of(user).has("coordinator", "officer", "commune_officer"),
        "export_url": reverse("plans:tasks_export"),
    }
    return render(request, "plans/tasks.html", context)


def over_list(found: Listed, seen: Editions) -> tuple[Headline, OutcomeCounts | None]:
    """What stands over the list, of what is narrowed; and the outcomes of earlier periods."""
    today, whose = found.filter.today, found.filter.organisations

    def made() -> tuple[Headline, OutcomeCounts | None]:
        over = found.narrowed.headline(today, today + timedelta(days=SOON), whose)
        return over, counts_of_earlier(found.narrowed, today, whose) if over.again else None

    narrowed = tuple((name, value) for name, value in found.filter.chosen.items() if name in KEPT)
    return HEADLINES.get((scope_of(found.user).key, today, narrowed), made, seen)


def _page(found: Listed, number: str | None, over: Headline, seen: Editions) -> Page[Row]:
    """The rows of a page."""

    def count() -> int:
        return found.picked.count()

    pages: Paginator[Row] = Paginator((), PER_PAGE)
    if found.made_of_more:
        pages.count = count()
    else:
        pages.count = PICKED.get(found.key, count, seen) if found.filter.picks else over.tasks
    page = pages.get_page(number)
    page.object_list = list(some_of(found, seen, page.start_index() - 1 if pages.count else 0, PER_PAGE))
    return page


def some_of(found: Listed, seen: Editions, first: int, most: int) -> Sequence[Row]:
    """So many of the list's rows, from the place `first` on; kept where they can be."""

    def made() -> tuple[Row, ...]:
        tasks = shown_in_rows(found.picked)[first : first + most]
        return tuple(rows_of(tasks, found.user, seen))

    if found.made_of_more:
        return made()
    return ON_PAGE.get((found.key, first, most, get_language()), made, seen)


def _earlier(counts: OutcomeCounts | None, data: QueryDict) -> dict[str, Any] | None:
    """What became of earlier periods of the tasks that are listed."""
    kept = {name: str(value) for name, value in data.items() if name in KEPT and value}
    return earlier_context(counts, kept)


def headline(
    task_filter: TaskFilter, counts: OutcomeCounts, soon: int, seen: Editions | None = None
) -> dict[str, Any]:
    """The heading says what is late; of one agency it says whose tasks these are."""
    over = counts.open_overdue
    late = ngettext("%(n)s task is overdue", "%(n)s tasks are overdue", over) % {"n": format_number(over)}
    due = ngettext("%(n)s due in the next 30 days", "%(n)s due in the next 30 days", soon) % {
        "n": format_number(soon)
    }
    organisations = task_filter.organisations or frozenset()
    agency = ""
    if len(organisations) == 1:
        (pk,) = organisations
        named = named_on(organisations, task_filter.today, seen).get(pk)
        agency = named.name if named else ""
    if not over:
        late = _("No task is overdue") if counts.total else _("No task yet")
    return {
        "heading": _("Tasks of %(agency)s") % {"agency": agency} if agency else late,
        "agency_name": agency,
        "lead": f"{late}, {due}." if agency else f"{due}.",
    }


def _tabs(data: QueryDict, task_filter: TaskFilter, counts: OutcomeCounts, soon: int) -> list[dict[str, Any]]:
    """Views that keep the other filters."""
    kept = {name: value for name, value in data.items() if name in KEPT and value}
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
