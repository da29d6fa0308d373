"""Periods as those who oversee reporting see them: the list, one that is stated, one that is changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import can, require
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import OrganisationVersion
from nhipcau.apps.plans.consulting import meant_by
from nhipcau.apps.reporting.actions.create_period import Whom, create_period
from nhipcau.apps.reporting.actions.edit_period import edit_period
from nhipcau.apps.reporting.addresses import page as page_of
from nhipcau.apps.reporting.forms.period import (
    EditPeriodForm,
    PeriodForm,
    UnitsForm,
    WhichForm,
    initial_of,
    no_such_unit,
    proposals,
    versions_in_use,
)
from nhipcau.apps.reporting.models import OVERSEEING, WORKING, Form, Period
from nhipcau.apps.reporting.progress import sent_counts
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.apps.reporting.signs import sign_of_period
from nhipcau.apps.webkit.addresses import typed, whole
from nhipcau.apps.webkit.formats import format_number
from nhipcau.core.text import fold

PER_PAGE = 25
MOST_YEARS = 12


@for_roles(*OVERSEEING, *WORKING)
@require_GET
def periods(request: HttpRequest) -> HttpResponse:
    """Those who oversee see the periods; everybody else her unit's reports."""
    user = user_of(request)
    if not scope_of(user).has(*OVERSEEING):
        return redirect("reporting:own")
    now = timezone.now()
    every = Period.objects.visible_to(user)
    chosen = {name: typed(request, name, 60) for name in ("q", "state", "year")}
    rows = _narrowed(user, every, chosen).select_related("form_version__form", "document")
    rows = rows.defer("document__reading")
    page = Paginator(rows.order_by("-due_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    counts = sent_counts([each.pk for each in page.object_list])
    running = every.filter(state=Period.State.OPEN).count()
    heading = ngettext("%(n)s reporting period is open", "%(n)s reporting periods are open", running)
    context = {
        "heading": heading % {"n": format_number(running)} if running else _("No reporting period is open"),
        "page_obj": page,
        "rows": [_row(each, counts[each.pk], now) for each in page.object_list],
        "chosen": chosen,
        "filtered": any(chosen.values()),
        "states": Period.State.choices,
        "years": list(every.order_by("-year").values_list("year", flat=True).distinct()[:MOST_YEARS]),
        "may_create": can(user, "create", Period),
        "has_form": versions_in_use(user).exists(),
        "has_own": bool(scope_of(user).organisations("officer", "commune_officer")),
        "oversees": True,
        "tab": "periods",
    }
    return render(request, "reporting/periods.html", context)


def _narrowed(user: User, rows: Any, chosen: Mapping[str, str]) -> Any:
    if chosen["state"] in Period.State.values:
        rows = rows.filter(state=chosen["state"])
    year = whole(chosen["year"], 4)
    if year is not None:
        rows = rows.filter(year=year)
    words = fold(chosen["q"]).split()[:12]
    if words:
        forms = Form.objects.visible_to(user)
        for word in words:
            forms = forms.filter(title_fold__contains=word)
        of_form = rows.filter(form_version__form__in=forms.order_by().values("pk"))
        # Few enough to be folded here: titles of periods are short and not kept folded.
        named = [pk for pk, title in rows.values_list("pk", "title") if all(w in fold(title) for w in words)]
        rows = of_form | rows.filter(pk__in=named)
    return rows


def _row(period: Period, sent: Any, now: Any) -> dict[str, Any]:
    board = page_of("period", period.pk) if period.state != Period.State.PLANNED else ""
    return {
        "period": period,
        "sent": sent,
        "shown": sign_of_period(period, now, sent.missing),
        "href": board or page_of("period_setup", period.pk),
    }


@for_roles()
@require_http_methods(["GET", "POST"])
def period_new(request: HttpRequest) -> HttpResponse:
    """First of which form and months, then everything that is proposed from it."""
    user = user_of(request)
    require(user, "create", Period)
    if request.method == "POST":
        form, units = PeriodForm(user, request.POST), UnitsForm(user, request.POST)
        made = _made(form, units, user)
        if made is not None:
            messages.success(request, _("The period is planned. It opens by itself on its day."))
            return redirect("reporting:period_setup", made.pk)
        return _new_page(request, user, form, units)
    which = WhichForm(user, request.GET if request.GET else None, initial=_likely(user))
    if not request.GET or not which.is_valid():
        return _new_page(request, user, None, None, which)
    data = which.cleaned_data
    initial = {
        **proposals(data["kind"], data["year"], data["number"]),
        "form": data["form"].pk,
        "kind": data["kind"],
        "year": data["year"],
        "number": data["number"],
    }
    return _new_page(request, user, PeriodForm(user, initial=initial), UnitsForm(user), which)


def _likely(user: User) -> dict[str, Any]:
    """The half year that runs, of the first form."""
    today = timezone.localdate()
    first = versions_in_use(user).first()
    return {
        "form": first.pk if first else None,
        "kind": Period.Kind.HALF,
        "year": today.year,
        "number": 1 if today < date(today.year, 6, 15) else 2,
    }


def _new_page(
    request: HttpRequest,
    user: User,
    form: PeriodForm | None,
    units: UnitsForm | None,
    which: WhichForm | None = None,
) -> HttpResponse:
    wrong = bool((form and form.errors) or (units and units.errors) or (which and which.errors))
    context = {
        "form": form,
        "units": units,
        "which": which,
        "organisation_names": names_today(user) if form is not None else [],
        "has_form": versions_in_use(user).exists(),
    }
    status = 422 if wrong and request.method == "POST" else 200
    return render(request, "reporting/period_new.html", context, status=status)


def _made(form: PeriodForm, units: UnitsForm, user: User) -> Period | None:
    """The period of valid forms; None with the errors in them."""
    whom = whom_of(units, user) if units.is_valid() else None
    if not form.is_valid() or whom is None:
        return None
    try:
        return create_period(form.facts(), whom, actor=user)
    except Refused as refusal:
        form.add_error(None, refusal.message())
        return None


def whom_of(units: UnitsForm, user: User) -> Whom | None:
    """Of a valid form; None with an error at the names that fit nobody. A name may be a group's."""
    del user
    found = meant_by(units.names(), (), timezone.localdate())
    if found.unknown:
        units.add_error("units", no_such_unit(found.unknown))
        return None
    named = tuple(pk for pk, group in found.asked.items() if group is None)
    groups = {each.pk for each in units.cleaned_data["sets"]}
    groups |= {group for group in found.asked.values() if group is not None}
    return Whom(named, tuple(sorted(groups)))


def names_today(user: User) -> list[str]:
    known = OrganisationVersion.objects.visible_to(user).filter(valid__contains=timezone.localdate())
    return list(known.working().order_by("name_sort").values_list("name", flat=True))


def period_of(request: HttpRequest, pk: int, verb: str = "") -> Period:
    """One in the user's sight; with `verb` also one to which she may do that."""
    user = user_of(request)
    rows = Period.objects.visible_to(user).select_related(
        "form_version__form", "document", "duty", "calendar", "created_by", "joined_to"
    )
    found = get_object_or_404(rows.defer("document__reading"), pk=pk)
    if verb:
        require(user, verb, found)
    return found


@for_roles()
@require_http_methods(["GET", "POST"])
def period_edit(request: HttpRequest, pk: int) -> HttpResponse:
    period = period_of(request, pk, "edit")
    user = user_of(request)
    form = EditPeriodForm(period, user, posted(request), initial=initial_of(period))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            edit_period(period, form.facts(), reason=data["reason"], revision=data["revision"], actor=user)
        except Refused as refusal:
            form.add_error(None, refusal.message())
        else:
            messages.success(request, _("Saved."))
            return redirect("reporting:period_setup", pk)
    context = {"period": period, "form": form}
    return render(request, "reporting/period_edit.html", context, status=422 if form.errors else 200)
