"""A plan through time: its tasks by the month in which they are due, each month by outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.desk.figures import Bar, day_words, figures_of, tasks_at
from nhipcau.apps.files.tables import Cell, download
from nhipcau.apps.plans.comparing import OfMonth, by_month
from nhipcau.apps.plans.models import Document, Task
from nhipcau.apps.plans.views.exports import format_of
from nhipcau.apps.plans.views.outcomes import outcome_words
from nhipcau.apps.webkit.formats import format_number


@dataclass(frozen=True, slots=True)
class MonthLine(Bar):
    """A month of the plan, or what has no date."""

    month: date | None
    now: bool
    href: str


def lines_of(document: Document, user: User) -> list[MonthLine]:
    """One query."""
    today = timezone.localdate()
    found = by_month(Task.objects.visible_to(user).current().filter(document=document), today)
    widest = max((each.counts.total for each in found), default=1)
    return [_line(each, document.pk, today, widest) for each in found]


def _line(each: OfMonth, plan: int, today: date, widest: int) -> MonthLine:
    within: dict[str, object] = {"plan": plan}
    if each.month is not None and each.last is not None:
        within |= {"due_from": day_words(each.month), "due_to": day_words(each.last)}
    figures = figures_of(each.counts, **within)
    now = each.month is not None and (each.month.year, each.month.month) == (today.year, today.month)
    return MonthLine(each.counts, figures, widest, each.month, now, tasks_at(**within))


@for_roles()
@require_GET
def timeline(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    document = document_of(request, pk)
    lines = lines_of(document, user)
    dated = [line for line in lines if line.month is not None]
    heading = ngettext("%(n)s month of work", "%(n)s months of work", len(dated))
    context = {
        "document": document,
        "heading": heading % {"n": format_number(len(dated))} if dated else _("No task of it has a due date"),
        "lines": lines,
        "words": outcome_words(),
        "export_url": reverse("desk:timeline_export", args=[pk]),
    }
    return render(request, "desk/timeline.html", context)


@for_roles()
@require_POST
def timeline_export(request: HttpRequest, pk: int) -> HttpResponse:
    lines = lines_of(document_of(request, pk), user_of(request))
    heads = [_("Month"), *(words.capitalize() for _sign, words in outcome_words()), _("Total")]
    rows: list[Sequence[Cell]] = [
        [
            f"{line.month:%m/%Y}" if line.month else _("No due date"),
            *(figure.count for figure in line.figures),
            line.total,
        ]
        for line in lines
    ]
    return download("tien-do-ke-hoach", heads, rows, format_of(request))


def document_of(request: HttpRequest, pk: int) -> Document:
    """An approved document in sight, without its reading; else 404."""
    rows = Document.objects.visible_to(user_of(request)).filter(state=Document.State.APPROVED)
    return get_object_or_404(rows.defer("reading"), pk=pk)
