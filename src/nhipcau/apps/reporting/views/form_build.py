"""The draft of a form's version: sections in order, figures from the library, and putting it in use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form as PlainForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import require
from nhipcau.apps.accounts.models import User
from nhipcau.apps.indicators.models import IndicatorVersion
from nhipcau.apps.indicators.splits import dimension
from nhipcau.apps.reporting.actions.build_section import (
    Way,
    add_section,
    ask_figure,
    drop_figure,
    drop_section,
    edit_section,
    move_figure,
    move_section,
)
from nhipcau.apps.reporting.actions.create_form import drop_draft_version
from nhipcau.apps.reporting.actions.put_in_use import edit_version, put_in_use
from nhipcau.apps.reporting.differing import differences
from nhipcau.apps.reporting.forms.form import SectionForm, VersionForm, initial_of
from nhipcau.apps.reporting.models import OVERSEEING, WORKING, FormVersion, Section, SectionIndicator
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.apps.reporting.views.forms import preview
from nhipcau.apps.webkit.addresses import sent, typed, whole
from nhipcau.core.text import fold

PEOPLE = (*OVERSEEING, *WORKING)
OFFERED = 12


def version_of(request: HttpRequest, pk: int) -> FormVersion:
    """A version that the user may build on."""
    user = user_of(request)
    found = get_object_or_404(FormVersion.objects.visible_to(user).select_related("form"), pk=pk)
    require(user, "edit", found)
    return found


@for_roles(*PEOPLE)
@require_GET
def form_build(request: HttpRequest, pk: int) -> HttpResponse:
    version = version_of(request, pk)
    if version.state != FormVersion.State.DRAFT:
        return redirect("reporting:form_version", pk)
    return _page(request, version, {})


def _page(request: HttpRequest, version: FormVersion, forms: Mapping[str, PlainForm]) -> HttpResponse:
    before = version.form.versions.filter(number__lt=version.number).order_by("-number").first()
    initial = {"guidance": version.guidance, "change_note": version.change_note}
    context = {
        "version": version,
        "sections": preview(version, user_of(request)),
        "before": before,
        "differences": differences(before, version) if before is not None else [],
        "version_form": forms.get("version") or VersionForm(version, initial=initial),
        "section_form": forms.get("section") or SectionForm(auto_id="new_%s"),
        "opened": next(iter(forms), ""),
    }
    return render(request, "reporting/form_build.html", context, status=422 if forms else 200)


@for_roles(*PEOPLE)
@require_POST
def form_build_act(request: HttpRequest, pk: int) -> HttpResponse:
    """`what`: add a section, save guidance, put in use, drop the draft."""
    version, user, what = version_of(request, pk), user_of(request), sent(request, "what", 10)
    try:
        if what == "section":
            return _added(request, version, user)
        if what == "version":
            return _guided(request, version, user)
        if what == "use":
            put_in_use(version, revision=whole(sent(request, "revision", 12)) or 0, actor=user)
            messages.success(request, _("The version is in use and frozen. Periods can ask by it."))
            return redirect("reporting:form", version.form_id)
        if what == "drop":
            form = version.form_id
            drop_draft_version(version, actor=user)
            messages.success(request, _("The draft was dropped."))
            still = FormVersion.objects.visible_to(user).filter(form=form).exists()
            return redirect("reporting:form", form) if still else redirect("reporting:forms")
    except Refused as refusal:
        messages.error(request, refusal.message())
    return redirect("reporting:form_build", pk)


def _added(request: HttpRequest, version: FormVersion, user: User) -> HttpResponse:
    form = SectionForm(request.POST, auto_id="new_%s")
    if not form.is_valid():
        return _page(request, version, {"section": form})
    made = add_section(version, form.stated(), actor=user)
    if made.kind == Section.Kind.INDICATORS:
        return redirect("reporting:form_section", made.pk)
    return redirect("reporting:form_build", version.pk)


def _guided(request: HttpRequest, version: FormVersion, user: User) -> HttpResponse:
    form = VersionForm(version, request.POST)
    if not form.is_valid():
        return _page(request, version, {"version": form})
    data = form.cleaned_data
    edit_version(version, guidance=data["guidance"], change_note=data.get("change_note", ""), actor=user)
    messages.success(request, _("Saved."))
    return redirect("reporting:form_build", version.pk)


def section_of(request: HttpRequest, pk: int) -> Section:
    user = user_of(request)
    rows = Section.objects.visible_to(user).select_related("version__form")
    found = get_object_or_404(rows, pk=pk)
    require(user, "edit", found.version)
    return found


@for_roles(*PEOPLE)
@require_http_methods(["GET", "POST"])
def form_section(request: HttpRequest, pk: int) -> HttpResponse:
    """A section of a draft; of one that asks for figures, these, and a search in the library."""
    section, user = section_of(request, pk), user_of(request)
    form = SectionForm(posted(request), initial=initial_of(section))
    if request.method == "POST" and form.is_valid():
        try:
            edit_section(section, form.stated(), actor=user)
        except Refused as refusal:
            form.add_error(None, refusal.message())
        else:
            messages.success(request, _("Saved."))
            return redirect("reporting:form_build", section.version_id)
    words = typed(request, "q", 100)
    context = {
        "section": section,
        "form": form,
        "figures": _figures(section),
        "found": _library(user, section, words) if section.kind == Section.Kind.INDICATORS else [],
        "words": words,
        "frozen": section.version.state != FormVersion.State.DRAFT,
    }
    part = request.headers.get("HX-Request") and request.method == "GET"
    template = "reporting/parts/library.html" if part else "reporting/form_section.html"
    return render(request, template, context, status=422 if form.errors else 200)


def _figures(section: Section) -> list[dict[str, Any]]:
    rows = section.indicators.select_related("indicator").order_by("position", "pk")
    return [{"asked": each, "definition": each.indicator, "splits": _splits(each)} for each in rows]


def _splits(asked: SectionIndicator) -> list[tuple[str, str, bool]]:
    found = [dimension(code) for code in asked.indicator.splits]
    return [(each.code, str(each.label), each.code in asked.splits) for each in found if each is not None]


def _library(user: User, section: Section, words: str) -> list[IndicatorVersion]:
    """Definitions in use that the form does not ask for yet; those named as it is written come first."""
    asked = SectionIndicator.objects.visible_to(user).filter(section__version=section.version_id)
    rows = IndicatorVersion.objects.visible_to(user).in_use().filter(indicator__ended_at=None)
    rows = rows.exclude(indicator__in=asked.values("indicator__indicator")).matching(words)
    found = list(rows.select_related("indicator").order_by("indicator__position", "name"))
    written = fold(words)
    return sorted(found, key=lambda each: written not in fold(each.name))[:OFFERED]


@for_roles(*PEOPLE)
@require_POST
def form_section_act(request: HttpRequest, pk: int) -> HttpResponse:
    """`what`: move or drop the section; ask for a figure, move it, drop it, split it."""
    section, user = section_of(request, pk), user_of(request)
    do = ACTS.get(sent(request, "what", 12))
    back = "reporting:form_build"
    if do is not None:
        try:
            back = do(request, section, user)
        except Refused as refusal:
            messages.error(request, refusal.message())
    return redirect(back, section.pk if back == "reporting:form_section" else section.version_id)


def _moved(request: HttpRequest, section: Section, user: User) -> str:
    move_section(section, _way(request), actor=user)
    return "reporting:form_build"


def _dropped(_request: HttpRequest, section: Section, user: User) -> str:
    drop_section(section, actor=user)
    return "reporting:form_build"


def _asked(request: HttpRequest, section: Section, user: User) -> str:
    definitions = IndicatorVersion.objects.visible_to(user)
    definition = get_object_or_404(definitions, pk=whole(sent(request, "indicator", 18)) or 0)
    codes = [code for code in definition.splits if code in request.POST.getlist("split")]
    required = "required" in request.POST
    ask_figure(section, definition, required=required, splits=codes, actor=user)
    return "reporting:form_section"


def _figure_of(request: HttpRequest, section: Section) -> SectionIndicator:
    return get_object_or_404(
        section.indicators.select_related("section__version"), pk=whole(sent(request, "asked", 18)) or 0
    )


def _figure_moved(request: HttpRequest, section: Section, user: User) -> str:
    move_figure(_figure_of(request, section), _way(request), actor=user)
    return "reporting:form_section"


def _figure_dropped(request: HttpRequest, section: Section, user: User) -> str:
    drop_figure(_figure_of(request, section), actor=user)
    return "reporting:form_section"


def _way(request: HttpRequest) -> Way:
    return "up" if sent(request, "way", 5) == "up" else "down"


ACTS: dict[str, Callable[[HttpRequest, Section, User], str]] = {
    "move": _moved,
    "drop": _dropped,
    "ask": _asked,
    "move_figure": _figure_moved,
    "drop_figure": _figure_dropped,
}
