"""The lists as files, with the filters that the page had."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.files.tables import Cell, Format, download
from nhipcau.apps.plans.models import Task
from nhipcau.apps.plans.views.plan_list import listed as listed_plans
from nhipcau.apps.plans.views.task_bodies import Body, bodies_of
from nhipcau.apps.plans.views.task_list import listed as listed_tasks
from nhipcau.apps.plans.views.task_rows import source_of
from nhipcau.apps.webkit.outcomes import outcome

CHUNK = 1000


def _wanted(request: HttpRequest) -> tuple[Format, QueryDict]:
    """The format, and the filters of the list that asked."""
    form: Format = "csv" if request.POST.get("format") == "csv" else "xlsx"
    return form, QueryDict(request.POST.get("filters", "")[:2000])


@for_roles()
@require_POST
def plans_export(request: HttpRequest) -> HttpResponse:
    form, filters = _wanted(request)
    _filter, found = listed_plans(user_of(request), filters)
    heads = [_("Number"), _("Date"), _("Kind"), _("Title"), _("Issuer"), _("State")]
    rows = (
        [
            each.number,
            each.issued_on,
            str(each.get_kind_display()),
            each.title,
            each.issuer_name,
            str(each.get_state_display()),
        ]
        for each in found
    )
    return download("nhipcau-plans", heads, rows, form)


@for_roles()
@require_POST
def tasks_export(request: HttpRequest) -> HttpResponse:
    form, filters = _wanted(request)
    found = listed_tasks(user_of(request), filters).picked
    heads = [
        _("Plan"),
        _("Item"),
        _("Task"),
        _("Agencies"),
        _("Role"),
        _("Together with"),
        _("Due"),
        _("Outcome"),
        _("Done on"),
        _("Source sentence"),
    ]
    tasks = list(found.select_related("document").defer("document__reading"))
    return download("nhipcau-tasks", heads, _task_cells(tasks), form)


def _task_cells(tasks: list[Task]) -> Iterator[list[Cell]]:
    """A line a task; bodies are asked for a thousand tasks at a time."""
    today = timezone.localdate()
    for at in range(0, len(tasks), CHUNK):
        chunk = tasks[at : at + CHUNK]
        bodies = bodies_of([task.pk for task in chunk], today)
        for task in chunk:
            named = bodies.get(task.pk, [])
            done = (task.done_on or task.due_on or today) if task.status == "done" else None
            yield [
                source_of(task.document),
                task.path,
                task.text,
                _names(named, partner=False),
                str(task.get_role_display()),
                _names(named, partner=True),
                task.due_on,
                outcome(task.due_on, done, today).words,
                task.done_on,
                task.quote,
            ]


def _names(bodies: list[Body], *, partner: bool) -> str:
    return "; ".join(dict.fromkeys(body.name for body in bodies if body.partner is partner))
