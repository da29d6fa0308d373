"""Writing definitions: a new indicator, the next version, a draft; putting in use, dropping, ending."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import require
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.indicators.actions import (
    create_indicator,
    drop_version,
    edit_version,
    end_indicator,
    put_in_use,
    start_version,
)
from nhipcau.apps.indicators.forms.decisions import ReasonForm
from nhipcau.apps.indicators.forms.definition import CONTENT, NewIndicatorForm, VersionForm
from nhipcau.apps.indicators.listing import names_in_use
from nhipcau.apps.indicators.models import Indicator, IndicatorVersion
from nhipcau.apps.indicators.views.detail import indicator_page
from nhipcau.apps.indicators.views.finding import indicator_of, version_of


@for_roles()
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    require(user, "create", Indicator)
    form = NewIndicatorForm(posted(request), indicator=None, number=1, parts=names_in_use(user))
    if request.method == "POST" and form.is_valid():
        code, topic = form.cleaned_data["code"], form.cleaned_data["topic"]
        try:
            create_indicator(code, topic, form.content(), actor=user)
        except Refused as refused:
            form.add_error("code", str(refused))
        else:
            messages.success(request, _("Saved as a draft: read it once more, then put it in use."))
            return redirect("indicators:indicator", code)
    return _form_page(request, form, None)


@for_roles()
@require_http_methods(["GET", "POST"])
def version_new(request: HttpRequest, code: str) -> HttpResponse:
    """The next version, begun with the words of the last."""
    user = user_of(request)
    found = indicator_of(request, code, "edit")
    last = IndicatorVersion.objects.visible_to(user).filter(indicator=found).order_by("-number").first()
    assert last is not None
    if last.state == IndicatorVersion.State.DRAFT:
        messages.error(request, _("There is a draft already: go on with it, or drop it first."))
        return redirect("indicators:version_edit", code, last.number)
    form = VersionForm(
        posted(request),
        initial=_initial(last) | {"change_note": "", "comparable": True},
        indicator=found,
        number=last.number + 1,
        parts=names_in_use(user),
    )
    if request.method == "POST" and form.is_valid():
        try:
            start_version(found, form.content(), **form.change(), actor=user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved as a draft: read it once more, then put it in use."))
            return redirect("indicators:indicator", code)
    return _form_page(request, form, found)


@for_roles()
@require_http_methods(["GET", "POST"])
def version_edit(request: HttpRequest, code: str, number: int) -> HttpResponse:
    user = user_of(request)
    version = version_of(request, code, number, "edit")
    if version.state != IndicatorVersion.State.DRAFT:
        messages.error(request, _("It is in use and stays as it is. Make a new version."))
        return redirect("indicators:indicator", code)
    form = VersionForm(
        posted(request),
        initial=_initial(version),
        indicator=version.indicator,
        number=number,
        parts=names_in_use(user),
    )
    if request.method == "POST" and form.is_valid():
        try:
            edit_version(version, form.content(), **form.change(), actor=user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("indicators:indicator", code)
    return _form_page(request, form, version.indicator)


def _initial(version: IndicatorVersion) -> dict[str, Any]:
    found = {name: getattr(version, name) for name in (*CONTENT, "change_note", "comparable")}
    return found | {"numerator": version.numerator_id, "denominator": version.denominator_id}


def _form_page(request: HttpRequest, form: VersionForm, found: Indicator | None) -> HttpResponse:
    context = {"form": form, "indicator": found}
    return render(request, "indicators/definition.html", context, status=422 if form.errors else 200)


@for_roles()
@require_POST
def version_use(request: HttpRequest, code: str, number: int) -> HttpResponse:
    version = version_of(request, code, number, "put_in_use")
    form = Form(request.POST)
    form.full_clean()
    try:
        put_in_use(version, actor=user_of(request))
    except Refused as refused:
        form.add_error(None, str(refused))
        return indicator_page(request, version.indicator, {"use": form})
    messages.success(request, _("In use from now on; the words are frozen."))
    return redirect("indicators:indicator", code)


@for_roles()
@require_POST
def version_drop(request: HttpRequest, code: str, number: int) -> HttpResponse:
    version = version_of(request, code, number, "drop")
    form = ReasonForm(request.POST, auto_id="drop_%s")
    if not form.is_valid():
        return indicator_page(request, version.indicator, {"drop": form})
    try:
        gone = drop_version(version, reason=form.cleaned_data["reason"], actor=user_of(request))
    except Refused as refused:
        form.add_error(None, str(refused))
        return indicator_page(request, version.indicator, {"drop": form})
    messages.success(request, _("The draft is dropped."))
    return redirect("indicators:list") if gone else redirect("indicators:indicator", code)


@for_roles()
@require_POST
def end(request: HttpRequest, code: str) -> HttpResponse:
    found = indicator_of(request, code, "end")
    form = ReasonForm(request.POST, auto_id="end_%s")
    if not form.is_valid():
        return indicator_page(request, found, {"end": form})
    try:
        end_indicator(found, reason=form.cleaned_data["reason"], actor=user_of(request))
    except Refused as refused:
        form.add_error(None, str(refused))
        return indicator_page(request, found, {"end": form})
    messages.success(request, _("Ended. What was reported under it stays readable."))
    return redirect("indicators:indicator", code)
