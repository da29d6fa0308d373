"""Acts of restructuring: the list, stating one, its page in every stage."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import can, require
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.access.scope import Role
from nhipcau.apps.audit.history import history
from nhipcau.apps.orgs.actions import (
    begin_restructuring,
    edit_restructuring,
    preview_restructuring,
    remove_step,
    state_step,
)
from nhipcau.apps.orgs.forms.restructurings import FIELDS, ActForm, ReasonForm, StepForm
from nhipcau.apps.orgs.models import OrganisationVersion, Restructuring, RestructuringStep
from nhipcau.apps.orgs.restructuring.deferring import under_way
from nhipcau.apps.orgs.restructuring.stages import may
from nhipcau.apps.orgs.views.restructuring_shown import (
    balances_of,
    bodies_of,
    heading_of,
    relations_of,
    remarks_of,
    steps_of,
)
from nhipcau.apps.webkit.addresses import typed, whole
from nhipcau.apps.webkit.formats import format_number

PER_PAGE = 30
State = Restructuring.State
WAITS = (State.DRAFTED, State.PREVIEWED, State.SUBMITTED, State.APPROVED, State.UNDO_ASKED)
PEOPLE = ("created_by", "approved_by", "undo_asked_by", "undone_by")
ASKED = ("edit", "review", "withdraw", "ask_undo", "undo", "refuse_undo")
# Forms of a reason on one page, each with ids of its own.
FORMS = {"reason_form": "return_%s", "withdraw_form": "withdraw_%s", "keep_form": "keep_%s"}
READERS: tuple[Role, ...] = ("coordinator", "leader", "system_admin")


def act_of(request: HttpRequest, pk: int) -> Restructuring:
    """The act in the user's sight, else 404."""
    rows = Restructuring.objects.visible_to(user_of(request))
    return get_object_or_404(
        rows.select_related("created_by", "approved_by", "undo_asked_by", "undone_by", "work"), pk=pk
    )


def seen(request: HttpRequest) -> int:
    """The revision that the page showed."""
    return whole(request.POST.get("revision", "")) or 0


@for_roles(*READERS)
@require_GET
def restructuring_list(request: HttpRequest) -> HttpResponse:
    """Those that wait for somebody first."""
    user = user_of(request)
    waits = Case(When(state__in=WAITS, then=Value(0)), default=Value(1))
    rows = Restructuring.objects.visible_to(user).select_related("created_by").order_by(waits, "-pk")
    state = typed(request, "state")
    if state in State.values:
        rows = rows.filter(state=state)
    waiting = Restructuring.objects.visible_to(user).filter(state__in=WAITS).count()
    heading = ngettext(
        "%(n)s act of restructuring under way", "%(n)s acts of restructuring under way", waiting
    ) % {"n": format_number(waiting)}
    context = {
        "heading": heading,
        "page_obj": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "states": State.choices,
        "state": state,
        "filtered": bool(state),
        "can_create": can(user, "create", Restructuring),
    }
    return render(request, "orgs/restructuring/list.html", context)


@for_roles(*READERS)
@require_http_methods(["GET", "POST"])
def restructuring_new(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    require(user, "create", Restructuring)
    form = ActForm(posted(request))
    if request.method == "POST" and form.is_valid():
        made = begin_restructuring(**form.cleaned_data, actor=user)
        return redirect("orgs:restructuring", made.pk)
    context = {"form": form, "act": None}
    return render(request, "orgs/restructuring/form.html", context, status=422 if form.errors else 200)


@for_roles(*READERS)
@require_http_methods(["GET", "POST"])
def restructuring_edit(request: HttpRequest, pk: int) -> HttpResponse:
    act = act_of(request, pk)
    user = user_of(request)
    require(user, "edit", act)
    before = {"title": act.title, "effective_on": act.effective_on, "legal_basis": act.legal_basis}
    form = ActForm(posted(request), initial=before)
    if request.method == "POST" and form.is_valid():
        try:
            edit_restructuring(act, **form.cleaned_data, actor=user, revision=seen(request))
        except Refused as refused:
            form.add_error(None, str(refused.why))
        else:
            return redirect("orgs:restructuring", pk)
    context = {"form": form, "act": act}
    return render(request, "orgs/restructuring/form.html", context, status=422 if form.errors else 200)


@for_roles(*READERS)
@require_GET
def restructuring_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return detail(request, act_of(request, pk))


def detail(request: HttpRequest, act: Restructuring, refused: str = "", **more: Any) -> HttpResponse:
    """The page of an act, in whatever stage it is; `refused` says why the last wish was not granted."""
    user = user_of(request)
    running = under_way(act)
    context = {
        "act": act,
        "heading": heading_of(act),
        "steps": steps_of(act),
        "kinds": [(value.replace("_", "-"), label) for value, label in RestructuringStep.Kind.choices],
        "in_future": act.effective_on > timezone.localdate(),
        "relations": relations_of(act),
        "bodies": bodies_of(act),
        **remarks_of(act),
        "balances": list(balances_of(act)),
        "running": running,
        "refused": refused,
        **{name: ReasonForm(auto_id=ids) for name, ids in FORMS.items()},
        "may": {verb: can(user, verb, act) for verb in ASKED},
        "stage": {verb: may(act, verb) for verb in ("edit", "withdraw", "ask_undo", "undo")},
        "history": history(act, limit=30),
        **more,
    }
    return render(request, "orgs/restructuring/detail.html", context, status=422 if refused else 200)


@for_roles(*READERS)
@require_http_methods(["GET", "POST"])
def step_new(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The form of one kind of step."""
    act = act_of(request, pk)
    user = user_of(request)
    require(user, "edit", act)
    kinds = {value.replace("_", "-"): value for value in FIELDS}
    if kind not in kinds:
        return redirect("orgs:restructuring", pk)
    form = StepForm(kinds[kind], act.effective_on, posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            state_step(act, form.stated(), actor=user, revision=seen(request))
        except Refused as refused:
            form.add_error(None, str(refused.why))
        else:
            messages.success(request, _("The step is there. Preview the act when all steps are stated."))
            return redirect("orgs:restructuring", pk)
    working = OrganisationVersion.objects.visible_to(user).working().filter(valid__contains=act.effective_on)
    context = {
        "act": act,
        "form": form,
        "kind": RestructuringStep.Kind(kinds[kind]).label,
        "names": working.order_by("name_sort").values_list("name", flat=True),
    }
    return render(request, "orgs/restructuring/step.html", context, status=422 if form.errors else 200)


@for_roles(*READERS)
@require_POST
def step_remove(request: HttpRequest, pk: int, step_pk: int) -> HttpResponse:
    act = act_of(request, pk)
    require(user_of(request), "edit", act)
    step = get_object_or_404(act.steps, pk=step_pk)
    try:
        remove_step(act, step, actor=user_of(request), revision=seen(request))
    except Refused as refused:
        return detail(request, act, str(refused.why))
    return redirect("orgs:restructuring", pk)


@for_roles(*READERS)
@require_POST
def restructuring_preview(request: HttpRequest, pk: int) -> HttpResponse:
    act = act_of(request, pk)
    try:
        preview_restructuring(act, actor=user_of(request))
    except Refused as refused:
        return detail(request, act, str(refused.why))
    return redirect("orgs:restructuring", pk)
