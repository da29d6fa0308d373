"""The table of legal changes: what the desk shows beside the documents that a plan cites."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import can, require
from nhipcau.apps.reference.actions import edit_law_change, end_law_change, record_law_change
from nhipcau.apps.reference.forms.laws import EndForm, LawChangeForm
from nhipcau.apps.reference.models import LawChange, number_key
from nhipcau.apps.webkit.addresses import typed
from nhipcau.apps.webkit.formats import format_number

PER_PAGE = 50


@for_roles()
@require_GET
def laws(request: HttpRequest) -> HttpResponse:
    """Newest first; `q` searches both numbers."""
    user = user_of(request)
    rows = LawChange.objects.visible_to(user).current().order_by("-effective_on", "-pk")
    words = typed(request, "q", 60)
    if words:
        rows = rows.filter(number_key__contains=number_key(words)) | rows.filter(successor__icontains=words)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    count = page.paginator.count
    heading = ngettext("%(n)s legal change is known", "%(n)s legal changes are known", count)
    context = {
        "heading": heading % {"n": format_number(count)},
        "page_obj": page,
        "words": words,
        "filtered": bool(words),
        "may_edit": can(user, "create", LawChange),
    }
    return render(request, "reference/laws.html", context)


@for_roles()
@require_http_methods(["GET", "POST"])
def law_new(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    require(user, "create", LawChange)
    form = LawChangeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        record_law_change(**form.cleaned_data, actor=user)
        messages.success(request, _("Plans that cite it show this from now on."))
        return redirect("reference:laws")
    return render(request, "reference/law_new.html", {"form": form}, status=422 if form.errors else 200)


@for_roles()
@require_http_methods(["GET", "POST"])
def law_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an entry, or go on to taking it back."""
    user = user_of(request)
    change = get_object_or_404(LawChange.objects.visible_to(user).current(), pk=pk)
    require(user, "edit", change)
    form = LawChangeForm(posted(request), initial=model_to_dict(change))
    if request.method == "POST" and form.is_valid():
        edit_law_change(change, **form.cleaned_data, actor=user)
        messages.success(request, _("Saved."))
        return redirect("reference:laws")
    context = {"form": form, "change": change, "reason_form": EndForm(auto_id="end_%s")}
    return render(request, "reference/law_new.html", context, status=422 if form.errors else 200)


@for_roles()
@require_POST
def law_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an entry back, with the reason."""
    user = user_of(request)
    change = get_object_or_404(LawChange.objects.visible_to(user).current(), pk=pk)
    require(user, "edit", change)
    form = EndForm(request.POST, auto_id="end_%s")
    if not form.is_valid():
        context = {
            "form": LawChangeForm(initial=model_to_dict(change)),
            "change": change,
            "reason_form": form,
        }
        return render(request, "reference/law_new.html", context, status=422)
    end_law_change(change, reason=form.cleaned_data["reason"], actor=user)
    messages.success(request, _("Taken back."))
    return redirect("reference:laws")
