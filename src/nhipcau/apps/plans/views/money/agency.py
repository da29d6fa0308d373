"""An agency's part of a round: its lines by task, what each step gave them; sending and returning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.access.policies import can
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.plans.actions import return_estimates, send_estimates
from nhipcau.apps.plans.estimating import STEPS, present
from nhipcau.apps.plans.forms.upload import ReasonForm
from nhipcau.apps.plans.models import EstimateAmount, EstimateLine, RoundAgency
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.views.money.finding import asked_of, seen, unit_context
from nhipcau.apps.plans.views.money.round import cell, labels, sign_of
from nhipcau.apps.webkit.formats import format_number
from nhipcau.apps.webkit.markup import fill
from nhipcau.core.money import Unit, add_up, in_unit, understood


def name_of(asked: RoundAgency) -> str:
    return names({asked.organisation_id}, timezone.localdate()).get(asked.organisation_id, "")


def lines_of(asked: RoundAgency, user: User) -> list[EstimateLine]:
    """The lines in view, by task."""
    rows = EstimateLine.objects.visible_to(user).filter(estimate__asked=asked)
    return list(
        rows.select_related("estimate__task__document")
        .defer("estimate__task__document__reading")
        .order_by("estimate__task__document", "estimate__task__position", "estimate__task", "position", "pk")
    )


@for_roles()
@require_GET
def asked_page(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, asked_of(request, pk))


@for_roles()
@require_POST
def asked_send(request: HttpRequest, pk: int) -> HttpResponse:
    """`nothing` says that no money is needed."""
    asked = asked_of(request, pk, "send")
    try:
        send_estimates(
            asked,
            nothing=bool(request.POST.get("nothing")),
            actor=user_of(request),
            version=seen(request, asked),
        )
    except Refused as refusal:
        return _page(request, asked, refused=refusal.message())
    messages.success(request, _("Sent to the lead agency."))
    return redirect("plans:asked", pk)


@for_roles()
@require_POST
def asked_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to the agency, with the reason."""
    asked = asked_of(request, pk, "give_back")
    form = ReasonForm(request.POST, auto_id="back_%s")
    if form.is_valid():
        try:
            return_estimates(
                asked,
                reason=form.cleaned_data["reason"],
                actor=user_of(request),
                version=seen(request, asked),
            )
        except Refused as refusal:
            form.add_error(None, refusal.message())
        else:
            messages.success(request, _("Returned to the agency."))
            return redirect("plans:asked", pk)
    return _page(request, asked, form=form)


def _page(
    request: HttpRequest, asked: RoundAgency, *, form: ReasonForm | None = None, refused: str = ""
) -> HttpResponse:
    user = user_of(request)
    context = unit_context(request)
    lines = lines_of(asked, user)
    amounts = present([line.pk for line in lines])
    is_open = asked.round.closed_at is None
    sent = asked.sent_at is not None
    context |= {
        "asked": asked,
        "round": asked.round,
        "agency": name_of(asked),
        "lead": _lead(asked, lines),
        **sign_of(asked, asked.round),
        "groups": _groups(lines, amounts, context["unit"]),
        "total": _total(lines, amounts, context["unit"]),
        "steps": [str(step.stage.label) for step in STEPS],
        "hidden": not lines and not sent and not can(user, "fill", asked),
        "may_fill": is_open and not sent and can(user, "fill", asked),
        "may_return": is_open and sent and can(user, "give_back", asked),
        "entries": _entries(asked, user) if is_open and sent else [],
        "form": form or ReasonForm(auto_id="back_%s"),
        "refused": refused,
        "seen": str(asked.version),
    }
    return render(request, "plans/money/asked.html", context, status=422 if form or refused else 200)


def _entries(asked: RoundAgency, user: User) -> list[dict[str, str]]:
    """The steps that the user enters."""
    return [
        {"stage": str(step.stage), "label": str(step.stage.label)}
        for step in STEPS
        if can(user, step.permission, asked)
    ]


def _lead(asked: RoundAgency, lines: Sequence[EstimateLine]) -> str:
    """How much, in words that do not depend on the table's unit."""
    if asked.nothing and asked.sent_at is not None:
        return _("It has said that it needs no money.")
    if not lines:
        return _("No line yet.")
    words = ngettext("%(n)s line, %(sum)s", "%(n)s lines, %(sum)s", len(lines))
    total = sum(line.amount for line in lines)
    return fill(words % {"n": format_number(len(lines)), "sum": "%(sum)s"}, sum=understood(total))


def _groups(
    lines: Sequence[EstimateLine], amounts: dict[int, dict[str, EstimateAmount]], unit: Unit
) -> list[dict[str, Any]]:
    """A group a task, with its lines."""
    groups: list[dict[str, Any]] = []
    for line in lines:
        if not groups or groups[-1]["task"].pk != line.estimate.task_id:
            groups.append({"task": line.estimate.task, "lines": []})
        groups[-1]["lines"].append(_line(line, amounts[line.pk], unit))
    return groups


def _line(line: EstimateLine, given: dict[str, EstimateAmount], unit: Unit) -> dict[str, Any]:
    cells = [{"label": _("Requested"), "figure": in_unit(line.amount, unit)}]
    why = []
    for step in STEPS:
        row = given.get(step.stage)
        cells.append({"label": str(step.stage.label), "figure": in_unit(row.amount if row else None, unit)})
        if row is not None:
            why.append({"label": str(step.stage.label), "row": row})
    return {"line": line, "cells": cells, "why": why, "norm": in_unit(line.norm, _DONG) if line.norm else "0"}


_DONG = Unit("dong", "đồng", 1, 0)


def _total(
    lines: Sequence[EstimateLine], amounts: dict[int, dict[str, EstimateAmount]], unit: Unit
) -> list[dict[str, Any]]:
    sums = [add_up(line.amount for line in lines)]
    for step in STEPS:
        given = (amounts[line.pk].get(step.stage) for line in lines)
        sums.append(add_up(row.amount if row else None for row in given))
    return [{**cell(each, unit), "label": label} for each, label in zip(sums, labels(), strict=True)]
