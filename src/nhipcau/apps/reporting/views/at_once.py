"""One page: what is asked at short notice, of whom, by when."""

from __future__ import annotations

from datetime import time, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import require
from nhipcau.apps.accounts.models import User
from nhipcau.apps.reporting.actions.ask_at_once import ask_at_once
from nhipcau.apps.reporting.forms.at_once import AtOnceForm
from nhipcau.apps.reporting.models import OVERSEEING, WORKING, Period
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.apps.reporting.views.periods import names_today, whom_of


@for_roles(*OVERSEEING, *WORKING)
@require_http_methods(["GET", "POST"])
def at_once(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    require(user, "create", Period)
    now = timezone.localtime()
    day = now.date() if now.time() < time(15) else now.date() + timedelta(days=1)
    form = AtOnceForm(user, posted(request), initial={"day": day, "time": time(17), "text": True})
    if request.method == "POST" and form.is_valid():
        made = _asked(form, user)
        if made is not None:
            messages.success(request, _("Asked. The units are told, and it stands on their first pages."))
            return redirect("reporting:period", made.pk)
    context = {"form": form, "organisation_names": names_today(user)}
    return render(request, "reporting/at_once.html", context, status=422 if form.errors else 200)


def _asked(form: AtOnceForm, user: User) -> Period | None:
    whom = whom_of(form, user)
    if whom is None:
        return None
    try:
        return ask_at_once(form.wanted(), whom, actor=user)
    except Refused as refusal:
        form.add_error(None, refusal.message())
        return None
