"""One step's amounts for an agency's lines, all at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.plans.actions import enter_amounts
from nhipcau.apps.plans.actions.enter_amounts import Given
from nhipcau.apps.plans.estimating import BY_STAGE, Stage, Step, present
from nhipcau.apps.plans.forms.estimate import AmountForm, DecisionForm
from nhipcau.apps.plans.models import EstimateAmount, EstimateLine, RoundAgency
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.views.money.agency import lines_of, name_of
from nhipcau.apps.plans.views.money.finding import asked_of, seen
from nhipcau.apps.webkit.addresses import clean
from nhipcau.apps.webkit.formats import format_date, format_number
from nhipcau.core.money import understood


@for_roles()
@require_http_methods(["GET", "POST"])
def asked_amounts(request: HttpRequest, pk: int, stage: str) -> HttpResponse:
    """`copy` gives every line without an amount the one of the step before."""
    if stage not in Stage.values:
        raise Http404
    step = BY_STAGE[Stage(stage)]
    asked = asked_of(request, pk, step.permission)
    lines = lines_of(asked, user_of(request))
    there = present([line.pk for line in lines])
    today = format_date(timezone.localdate()) if request.method == "GET" else ""
    form = DecisionForm(posted(request), initial={"decided_on": today})
    rows = [_row(request, line, there[line.pk], step) for line in lines]
    refused = ""
    if request.method == "POST" and form.is_valid() and not any(row["error"] for row in rows):
        try:
            changed = enter_amounts(
                asked,
                step.stage,
                {row["line"].pk: row["given"] for row in rows},
                decided_on=form.cleaned_data["decided_on"],
                actor=user_of(request),
                version=seen(request, asked),
            )
        except Refused as refusal:
            refused = refusal.message()
        else:
            words = ngettext("%(n)s amount saved.", "%(n)s amounts saved.", changed)
            messages.success(request, words % {"n": format_number(changed)})
            return redirect("plans:asked", pk)
    bad = request.method == "POST"
    return _page(request, asked, step, {"form": form, "rows": rows, "refused": refused}, bad=bad)


def _page(
    request: HttpRequest, asked: RoundAgency, step: Step, context: dict[str, Any], *, bad: bool
) -> HttpResponse:
    context |= {
        "asked": asked,
        "round": asked.round,
        "agency": name_of(asked),
        "stage": str(step.stage.label),
        "before": str(step.before.label) if step.before else _("Requested"),
        "only_above": step.only_above,
        "not_sent": asked.sent_at is None,
        "seen": str(asked.version),
    }
    return render(request, "plans/money/amounts.html", context, status=422 if bad else 200)


def _row(
    request: HttpRequest, line: EstimateLine, there: dict[str, EstimateAmount], step: Step
) -> dict[str, Any]:
    """A line with what was entered before, or with what is sent now and what is wrong with it."""
    old = there.get(step.stage)
    before: int | None = line.amount
    if step.before is not None:
        before = there[step.before].amount if step.before in there else None
    typed = {
        "amount": f"{old.amount:,}".replace(",", ".") if old else "",
        "reason": old.reason if old else "",
    }
    error, given = "", Given(old.amount, old.reason) if old else Given(None)
    if request.method == "POST":
        typed = {name: clean(request.POST.get(f"l{line.pk}-{name}", ""), 400) for name in typed}
        if request.POST.get("copy") and not typed["amount"] and before is not None:
            typed["amount"] = str(before)
        form = AmountForm(typed)
        if form.is_valid():
            given = Given(form.cleaned_data["amount"], form.cleaned_data["reason"])
        error = next((str(errors[0]) for errors in form.errors.values()), "")
    return {
        "line": line,
        "task": line.estimate.task,
        "key": f"l{line.pk}",
        "before": understood(before) if before is not None else "…",
        "typed": typed,
        "given": given,
        "error": error,
        "understood": understood(given.amount) if given.amount is not None and not error else "",
    }
