"""Report forms: the list, one with its versions, one version as the units see it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import can, require
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.indicators.models import Goal
from nhipcau.apps.indicators.splits import dimension
from nhipcau.apps.reporting.actions.create_form import begin_version, create_form, edit_form, end_form
from nhipcau.apps.reporting.building import in_order, labelled
from nhipcau.apps.reporting.differing import differences
from nhipcau.apps.reporting.forms.form import TitleForm
from nhipcau.apps.reporting.models import OVERSEEING, WORKING, Form, FormVersion, SectionIndicator
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.apps.webkit.addresses import sent, typed
from nhipcau.apps.webkit.formats import format_number

PER_PAGE = 25
PEOPLE = (*OVERSEEING, *WORKING)


@for_roles(*PEOPLE)
@require_GET
def forms(request: HttpRequest) -> HttpResponse:
    """Forms in use first; those made for one request are not shown."""
    user = user_of(request)
    words, state = typed(request, "q", 100), typed(request, "state", 10)
    every = Form.objects.visible_to(user).filter(one_off=False)
    in_use = every.filter(versions__state=FormVersion.State.IN_USE).distinct().count()
    rows = every.matching(words)
    if state in FormVersion.State.values:
        rows = rows.filter(versions__state=state).distinct()
    page = Paginator(rows.order_by("ended_at", "title_fold", "pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    heading = ngettext("%(n)s report form is in use", "%(n)s report forms are in use", in_use)
    context = {
        "heading": heading % {"n": format_number(in_use)},
        "page_obj": page,
        "rows": _rows(user, list(page.object_list)),
        "words": words,
        "state": state,
        "states": FormVersion.State.choices,
        "filtered": bool(words or state),
        "may_create": can(user, "create", Form),
        "oversees": scope_of(user).has(*OVERSEEING),
        "tab": "forms",
    }
    return render(request, "reporting/forms.html", context)


def _rows(user: User, found: list[Form]) -> list[dict[str, Any]]:
    """Each with the version in use, the draft, and how many periods asked by it. Two queries."""
    pks = [each.pk for each in found]
    seen = FormVersion.objects.visible_to(user).filter(form__in=pks)
    versions = seen.exclude(state=FormVersion.State.ENDED)
    now: dict[tuple[int, str], FormVersion] = {(each.form_id, each.state): each for each in versions}
    counted = Form.objects.visible_to(user).filter(pk__in=pks).order_by()
    counts = dict(
        counted.values_list("pk").annotate(
            n=Count("versions__periods", filter=~Q(versions__periods__state="planned"), distinct=True)
        )
    )
    return [
        {
            "form": each,
            "in_use": now.get((each.pk, FormVersion.State.IN_USE)),
            "draft": now.get((each.pk, FormVersion.State.DRAFT)),
            "periods": counts.get(each.pk, 0),
        }
        for each in found
    ]


@for_roles(*PEOPLE)
@require_http_methods(["GET", "POST"])
def form_new(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    require(user, "create", Form)
    form = TitleForm(posted(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = create_form(data["title"], purpose=data["purpose"], author=user, actor=user)
        except Refused as refusal:
            form.add_error(None, refusal.message())
        else:
            return redirect("reporting:form_build", made.pk)
    return render(request, "reporting/form_new.html", {"form": form}, status=422 if form.errors else 200)


def form_of(request: HttpRequest, pk: int, verb: str = "") -> Form:
    user = user_of(request)
    found = get_object_or_404(Form.objects.visible_to(user), pk=pk)
    if verb:
        require(user, verb, found)
    return found


@for_roles(*PEOPLE)
@require_GET
def form(request: HttpRequest, pk: int) -> HttpResponse:
    """The version in use as the units see it, and what the draft would change."""
    found = form_of(request, pk)
    versions = list(
        FormVersion.objects.visible_to(user_of(request)).filter(form=found).select_related("put_in_use_by")
    )
    shown = next((each for each in versions if each.state == FormVersion.State.IN_USE), None)
    return _version_page(request, found, shown or versions[0], versions)


@for_roles(*PEOPLE)
@require_GET
def form_version(request: HttpRequest, pk: int) -> HttpResponse:
    """One version, as the units see it or saw it."""
    user = user_of(request)
    shown = get_object_or_404(FormVersion.objects.visible_to(user).select_related("form"), pk=pk)
    versions = list(
        FormVersion.objects.visible_to(user).filter(form=shown.form).select_related("put_in_use_by")
    )
    return _version_page(request, shown.form, shown, versions)


def _version_page(
    request: HttpRequest, found: Form, shown: FormVersion, versions: list[FormVersion]
) -> HttpResponse:
    user = user_of(request)
    may_edit = can(user, "edit", found)
    before = next((each for each in versions if each.number < shown.number), None)
    context = {
        "form": found,
        "shown": shown,
        "versions": versions,
        "draft": next((each for each in versions if each.state == FormVersion.State.DRAFT), None),
        "in_use": next((each for each in versions if each.state == FormVersion.State.IN_USE), None),
        "sections": preview(shown, user),
        "before": before,
        "differences": differences(before, shown) if before is not None else [],
        "may_edit": may_edit,
        "title_form": TitleForm(initial={"title": found.title, "purpose": found.purpose}),
        "periods": shown.periods.exclude(state="planned").count(),
    }
    return render(request, "reporting/form.html", context)


def preview(version: FormVersion, user: User) -> list[dict[str, Any]]:
    """Sections with labels; figures with their dimensions and the goals of the whole province. Three
    queries.
    """
    sections = in_order(version)
    asked = [each for section in sections for each in section.indicators.all()]
    goals = _goals(asked, user)
    return [
        {
            "label": each.label,
            "section": each.section,
            "figures": [_figure(one, goals) for one in each.section.indicators.all()],
        }
        for each in labelled(sections)
    ]


def _goals(asked: list[SectionIndicator], user: User) -> dict[int, list[Goal]]:
    year = timezone.localdate().year
    rows = (
        Goal.objects.visible_to(user)
        .current()
        .filter(
            indicator__in=[each.indicator.indicator_id for each in asked],
            organisation=None,
            year__range=(year - 1, year + 1),
        )
    )
    found: dict[int, list[Goal]] = {}
    for row in rows:
        found.setdefault(row.indicator_id, []).append(row)
    return found


def _figure(asked: SectionIndicator, goals: dict[int, list[Goal]]) -> dict[str, Any]:
    return {
        "asked": asked,
        "definition": asked.indicator,
        "splits": [found.label for found in map(dimension, asked.splits) if found is not None],
        "goals": goals.get(asked.indicator.indicator_id, []),
    }


@for_roles(*PEOPLE)
@require_POST
def form_act(request: HttpRequest, pk: int) -> HttpResponse:
    """`what`: begin the next version, rename, end."""
    user, what = user_of(request), sent(request, "what", 10)
    found = form_of(request, pk, "end" if what == "end" else "edit")
    try:
        if what == "begin":
            return redirect("reporting:form_build", begin_version(found, actor=user).pk)
        if what == "end":
            end_form(found, reason=sent(request, "reason", 300), actor=user)
            messages.success(request, _("The form has ended. What was reported by it stays."))
        elif what == "rename":
            title, purpose = sent(request, "title", 300), sent(request, "purpose", 2000)
            edit_form(found, title=title, purpose=purpose, actor=user)
            messages.success(request, _("Saved."))
    except Refused as refusal:
        messages.error(request, refusal.message())
    return redirect("reporting:form", pk)
