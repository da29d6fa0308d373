"""What is decided about an act: submitted, sent back, approved, withdrawn, undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import require
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.orgs.actions import (
    approve_restructuring,
    approve_undo,
    ask_undo,
    refuse_undo,
    return_restructuring,
    submit_restructuring,
    withdraw_restructuring,
)
from nhipcau.apps.orgs.carrying import relation
from nhipcau.apps.orgs.forms.restructurings import ReasonForm
from nhipcau.apps.orgs.models import Restructuring
from nhipcau.apps.orgs.restructuring.dependence import dependents
from nhipcau.apps.orgs.restructuring.sentences import dependence_sentence
from nhipcau.apps.orgs.restructuring.stages import may
from nhipcau.apps.orgs.views.restructurings import FORMS, READERS, act_of, detail, seen


@for_roles(*READERS)
@require_POST
def restructuring_submit(request: HttpRequest, pk: int) -> HttpResponse:
    act = act_of(request, pk)

    def do() -> None:
        submit_restructuring(act, revision=seen(request), actor=user_of(request))
        messages.success(request, _("It waits for a second person to approve it."))

    return _try(request, act, do)


@for_roles(*READERS)
@require_POST
def restructuring_approve(request: HttpRequest, pk: int) -> HttpResponse:
    act = act_of(request, pk)

    def do() -> None:
        approve_restructuring(act, revision=seen(request), actor=user_of(request))

    return _try(request, act, do)


@for_roles(*READERS)
@require_POST
def restructuring_return(request: HttpRequest, pk: int) -> HttpResponse:
    return _with_reason(request, pk, "review", "reason_form", return_restructuring)


@for_roles(*READERS)
@require_POST
def restructuring_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    return _with_reason(request, pk, "withdraw", "withdraw_form", withdraw_restructuring)


@for_roles(*READERS)
@require_http_methods(["GET", "POST"])
def restructuring_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """What depends on the act by now; when nothing does, the reason, for a second person to decide."""
    act = act_of(request, pk)
    user = user_of(request)
    require(user, "ask_undo", act)
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            ask_undo(act, reason=form.cleaned_data["reason"], actor=user)
        except Refused as refused:
            form.add_error(None, str(refused.why))
        else:
            messages.success(request, _("It waits for a second person to approve it."))
            return redirect("orgs:restructuring", pk)
    found = dependents(act) if may(act, "ask_undo") else []
    context = {
        "act": act,
        "form": form,
        "may_undo": may(act, "ask_undo") and not found,
        "depends": [_depends(entry) for entry in found],
    }
    return render(request, "orgs/restructuring/undo.html", context, status=422 if form.errors else 200)


@for_roles(*READERS)
@require_POST
def undo_approve(request: HttpRequest, pk: int) -> HttpResponse:
    act = act_of(request, pk)

    def do() -> None:
        approve_undo(act, revision=seen(request), actor=user_of(request))

    return _try(request, act, do)


@for_roles(*READERS)
@require_POST
def undo_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    return _with_reason(request, pk, "refuse_undo", "keep_form", refuse_undo)


def _depends(entry: dict[str, Any]) -> str:
    carried = relation(entry["relation"])
    return dependence_sentence(entry, str(carried.label) if carried else entry["relation"])


def _with_reason(
    request: HttpRequest, pk: int, verb: str, name: str, action: Callable[..., object]
) -> HttpResponse:
    act = act_of(request, pk)
    require(user_of(request), verb, act)
    form = ReasonForm(request.POST, auto_id=FORMS[name])
    if not form.is_valid():
        return detail(request, act, _("Say why."), **{name: form})
    return _try(request, act, lambda: action(act, reason=form.cleaned_data["reason"], actor=user_of(request)))


def _try(request: HttpRequest, act: Restructuring, do: Callable[[], object]) -> HttpResponse:
    try:
        do()
    except Refused as refused:
        return detail(request, act, str(refused.why))
    return redirect("orgs:restructuring", act.pk)
