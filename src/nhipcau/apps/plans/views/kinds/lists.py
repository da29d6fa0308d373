"""Lists of the kinds: how many tasks, how many records, each with its filters and file."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, Sum
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.audit.editions import Editions, editions
from nhipcau.apps.files.tables import download
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.orgs.kept import NAMES, named_on
from nhipcau.apps.plans.filters.records import RecordFilter
from nhipcau.apps.plans.kept import KEEPING, RECORDS
from nhipcau.apps.plans.models import CourseParticipants, InspectionFinding, Kind, Task
from nhipcau.apps.plans.models.kinds import RecordQuerySet
from nhipcau.apps.plans.records import TABLES
from nhipcau.apps.plans.views.kinds.columns import columns_of
from nhipcau.apps.plans.views.kinds.finding import visible_records
from nhipcau.apps.plans.views.kinds.panel import state_of
from nhipcau.apps.plans.views.task_rows import source_of
from nhipcau.apps.webkit.formats import format_number

PER_PAGE = 25
TASKS_SHOWN = 50


@for_roles()
@require_GET
def kinds(request: HttpRequest) -> HttpResponse:
    """A row a kind: tasks, records, and how many tasks nobody has said the kind of."""
    user = user_of(request)
    tasks = Task.objects.visible_to(user).current().order_by()
    counts = dict(tasks.exclude(kind="").values_list("kind").annotate(n=Count("pk")))
    waiting = tasks.filter(kind="").exclude(likely_kind="").count()
    rows = [
        {
            "kind": kind,
            "label": label,
            "tasks": counts.get(kind, 0),
            "records": visible_records(kind, user).count(),
        }
        for kind, label in Kind.choices
        if kind in TABLES
    ]
    words = ngettext(
        "%(n)s task waits for its kind to be said", "%(n)s tasks wait for their kind to be said", waiting
    )
    said = words % {"n": format_number(waiting)}
    context = {
        "heading": said if waiting else _("Courses, reviews, sessions, inspections"),
        "likely": waiting,
        "rows": rows,
    }
    return render(request, "plans/kinds/kinds.html", context)


@for_roles()
@require_GET
def likely(request: HttpRequest) -> HttpResponse:
    """Tasks whose words make a kind likely, for somebody to confirm or not."""
    user = user_of(request)
    rows = Task.objects.visible_to(user).current().filter(kind="").exclude(likely_kind="")
    found = rows.select_related("document").defer("document__reading").order_by("document", "position", "pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    total = page.paginator.count
    words = ngettext("%(n)s task: is this its kind?", "%(n)s tasks: are these their kinds?", total)
    context = {
        "heading": words % {"n": format_number(total)} if total else _("Every task has its kind"),
        "page_obj": page,
        "rows": [
            {"task": task, "pk": str(task.pk), "source": source_of(task.document), "plain": Kind.PLAIN}
            for task in page.object_list
        ],
        "without_filters": True,
    }
    return render(request, "plans/kinds/likely.html", context)


@for_roles()
@require_GET
def record_list(request: HttpRequest, kind: str) -> HttpResponse:
    """The records of one kind."""
    user = user_of(request)
    seen = editions(NAMES, KEEPING, RECORDS)
    record_filter, found = listed(kind, user, request.GET, seen)

    def made() -> tuple[int, str]:
        tasks = Task.objects.visible_to(user, in_force=True).filter(kind=kind)
        return found.count(), _sums(kind, found, tasks.count())

    key = (scope_of(user).key, kind, tuple(record_filter.chosen.items()), get_language())
    count, lead = RECORDS.get(key, made, seen)
    pages = Paginator(found.select_related("task"), PER_PAGE)
    pages.count = count
    page = pages.get_page(request.GET.get("page"))
    records = list(page.object_list)
    known = named_on({row.organisation_id for row in records}, timezone.localdate(), seen)
    columns = columns_of(kind)
    cells = columns.cells(records)
    context: dict[str, Any] = {
        "kind": kind,
        "heading": columns.heading(count),
        "lead": lead,
        "filter": record_filter,
        "filtered": bool(record_filter.chosen),
        "page_obj": page,
        "heads": [column.head for column in columns.shown],
        "rows": [
            {
                "record": row,
                "pk": str(row.pk),
                "agency": known[row.organisation_id].name if row.organisation_id in known else "",
                "state": state_of(row),
                "cells": each,
            }
            for row, each in zip(records, cells, strict=True)
        ],
        "is_inspection": kind == Kind.INSPECTION,
        "tasks_without": _tasks_without(kind, user),
        "export_url": reverse("plans:records_export", args=[kind]),
    }
    return render(request, "plans/kinds/records.html", context)


def listed(
    kind: str, user: User, data: QueryDict, seen: Editions | None = None
) -> tuple[RecordFilter, RecordQuerySet]:
    """The filter and what it leaves, the latest day on top."""
    if kind not in TABLES:
        raise Http404
    rows = visible_records(kind, user)

    def made() -> frozenset[int]:
        return frozenset(rows.order_by().values_list("organisation_id", flat=True).distinct())

    keeping = KEEPING.get((scope_of(user).key, kind), made, seen)
    known = named_on(keeping, timezone.localdate(), seen)
    offered = sorted(((pk, known[pk].name) for pk in keeping if pk in known), key=lambda pair: pair[1])
    record_filter = RecordFilter(data, kind, offered)
    return record_filter, record_filter.apply(rows).order_by("-day", "-pk")


def _sums(kind: str, found: RecordQuerySet, tasks: int) -> str:
    """What the list comes to, for a report; unknown numbers are said, not counted as zero."""
    with_records = found.order_by().values("task").distinct().count()
    said = [
        _("%(n)s of %(all)s tasks of this kind have one")
        % {"n": format_number(with_records), "all": format_number(tasks)}
    ]
    pks = found.order_by().values("pk")
    if kind == Kind.COURSE:
        total = CourseParticipants.sum_of(pks)
        said.append(_("%(n)s participants") % {"n": format_number(total)})
    if kind == Kind.SESSION:
        sums = found.order_by().aggregate(sum=Sum("attendance"), known=Count("attendance"), all=Count("pk"))
        values = {name: format_number(value or 0) for name, value in sums.items()}
        said.append(_("%(sum)s people attended, known of %(known)s of %(all)s sessions") % values)
    if kind in {Kind.LAW, Kind.PROCEDURE}:
        sums = found.order_by().aggregate(
            proposed=Count("pk", filter=~Q(proposal="")), answered=Count("pk", filter=~Q(result=""))
        )
        values = {name: format_number(value) for name, value in sums.items()}
        said.append(_("%(proposed)s with a proposal, %(answered)s answered") % values)
    if kind == Kind.INSPECTION:
        sums = InspectionFinding.sums_of(pks)
        values = {name: format_number(value) for name, value in sums.items()}
        said.append(_("%(all)s findings, %(waiting)s without a task") % values)
    return ". ".join(said) + "."


def _tasks_without(kind: str, user: User) -> list[Task]:
    """Tasks of the kind of which nothing is entered yet."""
    entered = visible_records(kind, user).order_by().values("task")
    rows = Task.objects.visible_to(user).current().filter(kind=kind).exclude(pk__in=entered)
    return list(rows.order_by("due_on", "pk")[:TASKS_SHOWN])


@for_roles()
@require_POST
def records_export(request: HttpRequest, kind: str) -> HttpResponse:
    filters = QueryDict(request.POST.get("filters", "")[:2000])
    _filter, found = listed(kind, user_of(request), filters)
    records = list(found.select_related("task__document").defer("task__document__reading"))
    known = names({row.organisation_id for row in records}, timezone.localdate())
    columns = columns_of(kind)
    heads = [_("Agency"), _("Task"), _("Plan"), *(str(column.head) for column in columns.every)]
    rows = (
        [known.get(row.organisation_id, ""), row.task.text, source_of(row.task.document), *cells]
        for row, cells in zip(records, columns.values(records), strict=True)
    )
    form = "csv" if request.POST.get("format") == "csv" else "xlsx"
    return download(f"nhipcau-{kind}", heads, rows, "csv" if form == "csv" else "xlsx")
