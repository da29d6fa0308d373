"""A plan's tasks as bars from the day they began to the day they are due, the first due first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.desk import spans
from nhipcau.apps.desk.views.timeline import document_of
from nhipcau.apps.files.tables import Cell, download
from nhipcau.apps.plans.models import Document, Outcome, Task
from nhipcau.apps.plans.models.task import TaskQuerySet
from nhipcau.apps.plans.spanning import Scale, began_on, scale_of, spanning
from nhipcau.apps.plans.views.exports import CHUNK, format_of
from nhipcau.apps.plans.views.outcomes import outcome_words, parts_of
from nhipcau.apps.plans.views.task_rows import Row, own_organisations, rows_of
from nhipcau.apps.webkit.addresses import typed
from nhipcau.apps.webkit.formats import format_number

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A task, when it began, and its bar."""

    row: Row
    began: date
    bar: SafeString


def _tasks(document: Document, user: User) -> TaskQuerySet:
    return Task.objects.visible_to(user).current().filter(document=document)


def _line(row: Row, scale: Scale, today: date) -> Line:
    return Line(row, began_on(row.task), spans.bar(row, scale, today))


@for_roles()
@require_GET
def timeline_tasks(request: HttpRequest, pk: int) -> HttpResponse:
    """However many: fifty a page, all on the scale of the whole plan."""
    user, today = user_of(request), timezone.localdate()
    document = document_of(request, pk)
    everything = _tasks(document, user)
    own = own_organisations(user) or None
    counts = everything.outcome_counts(today, own)
    chosen = typed(request, "outcome")
    shown = everything
    if chosen in Outcome.values:
        shown = everything.with_outcome(chosen, today, own)
    page = Paginator(spanning(shown), PER_PAGE).get_page(request.GET.get("page"))
    scale = scale_of(everything, today)
    late = counts.open_overdue
    heading = ngettext("%(n)s task is past its day", "%(n)s tasks are past their day", late)
    words = dict(outcome_words())
    context = {
        "document": document,
        "heading": heading % {"n": format_number(late)} if late else _("No task is past its day"),
        "page_obj": page,
        "lines": [_line(row, scale, today) for row in rows_of(list(page), user)],
        "axis": spans.axis(scale, today),
        "words": outcome_words(),
        "chosen": chosen,
        "tabs": [
            (outcome.value, sign, words[sign], count)
            for outcome, (sign, count) in zip(Outcome, parts_of(counts), strict=True)
        ],
        "total": counts.total,
        "this_month": _page_of(shown, today.replace(day=1)),
        "export_url": reverse("desk:timeline_tasks_export", args=[pk]),
    }
    return render(request, "desk/timeline_tasks.html", context)


def _page_of(tasks: TaskQuerySet, day: date) -> int:
    """The page on which the first task that is due on the day or later stands."""
    return tasks.filter(due_on__lt=day).count() // PER_PAGE + 1


@for_roles()
@require_POST
def timeline_tasks_export(request: HttpRequest, pk: int) -> HttpResponse:
    """All of them, with their days."""
    user = user_of(request)
    document = document_of(request, pk)
    heads = [_("Task"), _("Agencies"), _("Begun"), _("Due"), _("Done on"), _("Outcome")]
    return download("tien-do-nhiem-vu", heads, _cells(_tasks(document, user), user), format_of(request))


def _cells(tasks: TaskQuerySet, user: User) -> Iterator[Sequence[Cell]]:
    """A thousand tasks at a time."""
    pks = list(spanning(tasks).values_list("pk", flat=True))
    for at in range(0, len(pks), CHUNK):
        for row in rows_of(spanning(tasks.filter(pk__in=pks[at : at + CHUNK])), user):
            yield [
                row.task.text,
                row.agencies,
                began_on(row.task),
                row.due_on,
                row.done_on,
                row.outcome.words,
            ]
