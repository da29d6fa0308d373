"""Deputies: who stands in for whom, naming one, ending it early."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.apps.access.granting import grantable
from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import can, require
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.actions import end_deputy, give_deputy
from nhipcau.apps.orgs.colleagues import at_work, colleagues, managed_by
from nhipcau.apps.orgs.forms.deputies import DeputyForm, EndDeputyForm
from nhipcau.apps.orgs.models import Deputy

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Shown:
    """A row with its days; `state` is "now", "later", "over" or "never" (ended before it began)."""

    row: Deputy
    first_day: date | None
    last_day: date | None
    state: str
    may_end: bool


def _shown(row: Deputy, user: User, today: date) -> Shown:
    if row.valid.isempty:
        return Shown(row, None, None, "never", False)
    first, last = row.valid.lower, row.valid.upper - timedelta(days=1)
    state = "over" if last < today else "later" if first > today else "now"
    return Shown(row, first, last, state, state in ("now", "later") and can(user, "end", row))


@for_roles()
@require_http_methods(["GET", "POST"])
def deputies(request: HttpRequest) -> HttpResponse:
    """Hers, or all for those who manage accounts; and the form."""
    user, today = user_of(request), timezone.localdate()
    require(user, "create", Deputy)
    manager = bool(grantable(scope_of(user)))
    others = managed_by(user, today) if manager else []
    people = at_work(today) if manager else colleagues(user, today)
    form = DeputyForm(posted(request), others=others, deputies=people, me=user, initial={"first_day": today})
    if request.method == "POST" and form.is_valid():
        wanted = dict(form.cleaned_data)
        by_pk = {person.pk: person for person in (user, *others, *people)}
        absent, deputy = by_pk[wanted.pop("absent", user.pk)], by_pk[wanted.pop("deputy")]
        try:
            give_deputy(absent, deputy, **wanted, actor=user)
        except Refused as refusal:
            form.add_error(None, str(refusal.why))
        except PermissionDenied:
            form.add_error("absent", _("You may not name a deputy for her."))
        else:
            messages.success(request, _("The deputy is named; both are told."))
            return redirect("orgs:deputies")
    return _list(request, form)


def _list(request: HttpRequest, form: DeputyForm) -> HttpResponse:
    user, today = user_of(request), timezone.localdate()
    rows = Deputy.objects.visible_to(user).select_related("absent", "deputy").order_by("-given_at", "-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    shown = [_shown(row, user, today) for row in page.object_list]
    context = {"form": form, "page_obj": page, "shown": shown, "heading": _heading(user, today)}
    return render(request, "orgs/deputies.html", context, status=422 if form.errors else 200)


def _heading(user: User, today: date) -> str:
    now = Deputy.objects.visible_to(user).filter(absent=user, valid__contains=today)
    row = now.select_related("deputy").first()
    return _("Somebody stands in for you today") if row else _("Nobody stands in for you today")


@for_roles()
@require_GET
def deputy(request: HttpRequest, pk: int) -> HttpResponse:
    """One deputy with the reason, and the way to end it."""
    return _one(request, pk, EndDeputyForm())


def _one(request: HttpRequest, pk: int, form: EndDeputyForm) -> HttpResponse:
    user = user_of(request)
    rows = Deputy.objects.visible_to(user).select_related("absent", "deputy", "given_by")
    row = get_object_or_404(rows, pk=pk)
    context: dict[str, Any] = {"one": _shown(row, user, timezone.localdate()), "form": form}
    return render(request, "orgs/deputy.html", context, status=422 if form.errors else 200)


@for_roles()
@require_POST
def deputy_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends it now."""
    user = user_of(request)
    row = get_object_or_404(Deputy.objects.visible_to(user), pk=pk)
    require(user, "end", row)
    form = EndDeputyForm(request.POST)
    if form.is_valid():
        try:
            end_deputy(row, reason=form.cleaned_data["reason"], actor=user)
        except Refused as refusal:
            form.add_error(None, str(refusal.why))
        else:
            messages.success(request, _("It has ended; what was done stays."))
            return redirect("orgs:deputies")
    return _one(request, pk, form)
