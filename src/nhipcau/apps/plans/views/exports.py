"""The lists as files, with the filters that the page had."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.tables import Cell, Format, download
from nhipcau.apps.plans.models import Task
from nhipcau.apps.plans.views.plan_list import listed as listed_plans
from nhipcau.apps.plans.views.task_bodies import Body
from nhipcau.apps.plans.views.task_list import listed as listed_tasks
from nhipcau.apps.plans.views.task_rows import rows_of

CHUNK = 1000


def format_of(request: HttpRequest) -> Format:
    """The format that the button names."""
    return "csv" if request.POST.get("format") == "csv" else "xlsx"


def _wanted(request: HttpRequest) -> tuple[Format, QueryDict]:
    """The format, and the filters of the list that asked."""
    return format_of(request), QueryDict(request.POST.get("filters", "")[:2000])


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
        _("Period"),
        _("Earlier periods left undone"),
    ]
    pks = list(found.values_list("pk", flat=True))
    return download("nhipcau-tasks", heads, _task_cells(pks, user_of(request)), form)


def _task_cells(pks: list[int], user: User) -> Iterator[list[Cell]]:
    """A line a task, with what the list shows this user of it; a thousand tasks at a time."""
    for at in range(0, len(pks), CHUNK):
        found = Task.objects.visible_to(user).in_bulk(pks[at : at + CHUNK])
        for row in rows_of([found[pk] for pk in pks[at : at + CHUNK] if pk in found], user):
            yield [
                row.source,
                row.task.path,
                row.task.text,
                _names(row.bodies, partner=False),
                str(row.role),
                _names(row.bodies, partner=True),
                row.due_on,
                row.outcome.words,
                row.done_on,
                row.task.quote,
                row.task.period,
                row.missed if row.task.period else None,
            ]


def _names(bodies: Sequence[Body], *, partner: bool) -> str:
    return "; ".join(dict.fromkeys(body.name for body in bodies if body.partner is partner))
