"""A plan's page of units' own plans: n of N have issued theirs, who is missing, how far their tasks are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import can, require
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.tables import download
from nhipcau.apps.orgs.directory import versions
from nhipcau.apps.orgs.models import OrganisationSet
from nhipcau.apps.plans.actions import drop_own_plan_duty, state_own_plan_duty
from nhipcau.apps.plans.forms.own_plan import DutyForm
from nhipcau.apps.plans.forms.upload import ReasonForm
from nhipcau.apps.plans.models import Assignment, Document, OwnPlan, OwnPlanDuty, Status
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.views.desk_page import name_of
from nhipcau.apps.plans.views.finding import document_of
from nhipcau.apps.plans.views.task_rows import own_organisations
from nhipcau.apps.webkit.addresses import sent
from nhipcau.apps.webkit.formats import format_number
from nhipcau.core.text import fold

PER_PAGE = 200
ORDERS = re.compile(r"(?:xây dựng|ban hành|cụ thể hóa)[^.;\n]{0,60}kế hoạch", re.IGNORECASE)
LONGEST = 600
NOT_SEEN = (None, None)
STATES = (
    ("", gettext_lazy("All")),
    ("missing", pgettext_lazy("own plan", "not issued")),
    ("issued", pgettext_lazy("own plan", "issued")),
    ("late", pgettext_lazy("own plan", "issued late")),
    ("excused", pgettext_lazy("own plan", "need not")),
)


class UnitFilter(forms.Form):
    q = forms.CharField(required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"}))
    state = forms.ChoiceField(required=False, choices=STATES)

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self.full_clean()

    @property
    def chosen(self) -> dict[str, str]:
        return {name: value for name, value in self.cleaned_data.items() if value}

    def keeps(self, row: UnitRow) -> bool:
        state, own = self.chosen.get("state", ""), row.own
        in_state = {
            "": True,
            "missing": own.issued_on is None and not own.excused_reason,
            "issued": own.issued_on is not None,
            "late": own.late,
            "excused": bool(own.excused_reason),
        }[state]
        return in_state and all(word in fold(row.name) for word in fold(self.chosen.get("q", "")).split())


@dataclass(slots=True)
class UnitRow:
    """A unit under a duty; `tasks` of its own that point to the plan's, and how many of them are done; None
    where the user does not see them.
    """

    own: OwnPlan
    name: str
    name_sort: str
    tasks: int | None = None
    done: int | None = None

    @property
    def pk(self) -> str:
        return str(self.own.pk)

    def sign(self, today: date) -> dict[str, str]:
        """Shape and word."""
        if self.own.issued_on:
            late = self.own.late
            words = pgettext("own plan", "Issued late") if late else pgettext("own plan", "Issued in time")
            if self.own.duty.due_on is None:
                words = pgettext("own plan", "Issued")
            return {"sign": "late" if late else "done", "words": words}
        if self.own.excused_reason:
            return {"sign": "done", "words": pgettext("own plan", "Need not")}
        due = self.own.duty.due_on
        if due is not None and due < today:
            return {"sign": "over", "words": pgettext("own plan", "Not issued, past its date")}
        return {"sign": "open", "words": pgettext("own plan", "Not issued")}


def unit_rows(document: Document, user: User) -> list[UnitRow]:
    """Every unit under the plan's duties, by name. Three queries."""
    rows = list(
        OwnPlan.objects.visible_to(user).filter(duty__document=document).select_related("duty", "upload")
    )
    known = versions({row.organisation_id for row in rows}, timezone.localdate())
    charged = Assignment.objects.visible_to(user).filter(
        task__parent__document=document, ended_at=None, task__ended_at=None, organisation__in=known
    )
    done = Count("pk", filter=Q(status=Status.ACCEPTED))
    counts = {
        body: (every, finished)
        for body, every, finished in charged.order_by()
        .values_list("organisation_id")
        .annotate(every=Count("pk"), finished=done)
    }
    own = own_organisations(user)
    found = [
        UnitRow(
            row,
            known[row.organisation_id].name,
            known[row.organisation_id].name_sort,
            *(counts.get(row.organisation_id, (0, 0)) if not own or row.organisation_id in own else NOT_SEEN),
        )
        for row in rows
        if row.organisation_id in known
    ]
    return sorted(found, key=lambda row: (row.own.duty_id, row.name_sort.encode()))


@for_roles()
@require_GET
def own_plans(request: HttpRequest, pk: int) -> HttpResponse:
    document, user = document_of(request, pk), user_of(request)
    today = timezone.localdate()
    every = unit_rows(document, user)
    unit_filter = UnitFilter(request.GET)
    rows = [row for row in every if unit_filter.keeps(row)]
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    counted = [row for row in every if not row.own.excused_reason]
    issued = sum(row.own.issued_on is not None for row in counted)
    duties = list(OwnPlanDuty.objects.visible_to(user).filter(document=document).select_related("set"))
    may_state = document.state == Document.State.APPROVED and can(user, "create", OwnPlanDuty)
    context = {
        "document": document,
        "document_name": name_of(document),
        "heading": _heading(issued, len(counted), bool(duties)),
        "issued": issued,
        "counted": len(counted),
        "missing": [row for row in counted if row.own.issued_on is None],
        "duties": duties,
        "filter": unit_filter,
        "filtered": bool(unit_filter.chosen),
        "without_filters": not duties,
        "page_obj": page,
        "rows": [{"row": row, **row.sign(today)} for row in page.object_list],
        "may_state": may_state,
        "may_drop": may_state and not issued,
        "drop_form": ReasonForm(auto_id="drop_%s"),
    }
    return render(request, "plans/own_plans/plan.html", context)


def _heading(issued: int, counted: int, stated: bool) -> str:
    if not stated:
        return _("No unit has to issue a plan of its own")
    words = ngettext(
        "%(n)s of %(all)s unit has issued its plan", "%(n)s of %(all)s units have issued their plans", counted
    )
    return words % {"n": format_number(issued), "all": format_number(counted)}


@for_roles()
@require_http_methods(["GET", "POST"])
def duty_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has to issue one, by when; the plan's own sentence is proposed."""
    document, user = document_of(request, pk), user_of(request)
    require(user, "create", OwnPlanDuty)
    groups = OrganisationSet.objects.visible_to(user).filter(confirmed_at__isnull=False)
    offered = list(groups.order_by("name_fold", "pk").values_list("pk", "name"))
    form = DutyForm(offered, posted(request), initial={"phrase": _order_in(document.text)})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            state_own_plan_duty(
                document,
                group=groups.get(pk=data["group"]) if data["group"] else None,
                due_on=data["due_on"],
                phrase=data["phrase"],
                actor=user,
            )
        except Refused as refusal:
            form.add_error(None, refusal.message())
        else:
            messages.success(request, _("Stated. Each unit can enter its plan now."))
            return redirect("plans:own_plans", pk)
    context = {"document": document, "document_name": name_of(document), "form": form}
    return render(request, "plans/own_plans/duty.html", context, status=422 if form.errors else 200)


def _order_in(text: str) -> str:
    """The first sentence that speaks of issuing plans; empty for none."""
    found = ORDERS.search(text)
    if found is None:
        return ""
    start = max(text.rfind(mark, 0, found.start()) for mark in ".;\n") + 1
    ends = [at for at in (text.find(mark, found.end()) for mark in ".;\n") if at >= 0]
    return " ".join(text[start : min(ends, default=len(text))].split())[:LONGEST]


@for_roles()
@require_POST
def duty_drop(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    duty = get_object_or_404(OwnPlanDuty.objects.visible_to(user), pk=pk)
    require(user, "drop", duty)
    document = duty.document_id
    try:
        drop_own_plan_duty(duty, reason=sent(request, "reason", 300), actor=user)
    except Refused as refusal:
        messages.error(request, refusal.message())
    else:
        messages.success(request, _("Taken back."))
    return redirect("plans:own_plans", document)


@for_roles()
@require_POST
def own_plans_export(request: HttpRequest, pk: int) -> HttpResponse:
    document, user = document_of(request, pk), user_of(request)
    unit_filter = UnitFilter(QueryDict(request.POST.get("filters", "")[:2000]))
    today = timezone.localdate()
    heads = [
        _("Unit"),
        _("State"),
        _("Number"),
        _("Issued on"),
        _("Due"),
        _("Title"),
        _("Link"),
        _("Reason"),
        _("Own tasks"),
        _("Done"),
    ]
    rows = (
        [
            row.name,
            row.sign(today)["words"],
            row.own.number,
            row.own.issued_on,
            row.own.duty.due_on,
            row.own.title,
            row.own.link,
            row.own.excused_reason,
            row.tasks,
            row.done,
        ]
        for row in unit_rows(document, user)
        if unit_filter.keeps(row)
    )
    form = "csv" if request.POST.get("format") == "csv" else "xlsx"
    return download("nhipcau-own-plans", heads, rows, "csv" if form == "csv" else "xlsx")
