"""Whom a phrase of the plan means, said once: an organisation that is known, a new one, a group, nobody in
particular.
"""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.orgs.actions import confirm_set, create_organisation, propose_set
from nhipcau.apps.orgs.forms.organisations import OrganisationForm, SetForm
from nhipcau.apps.orgs.models import Organisation, OrganisationSet
from nhipcau.apps.plans.actions.match_phrase import match_phrase
from nhipcau.apps.plans.drafting import matcher_of
from nhipcau.apps.plans.groups import group_of
from nhipcau.apps.plans.models import Document
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.views.finding import document_of
from nhipcau.apps.webkit.addresses import sent, typed

# As long as a phrase in a draft's assignment may be.
MOST_PHRASE = 400


def _panel(document: Document) -> str:
    return reverse("plans:desk", args=[document.pk]) + "#agencies"


def _match(
    request: HttpRequest, document: Document, phrase: str, target: Organisation | OrganisationSet | None
) -> None:
    try:
        count = match_phrase(document, phrase, target, actor=user_of(request))
    except Refused as refusal:
        messages.error(request, refusal.message())
        return
    words = ngettext("Put right in %(n)s place.", "Put right in %(n)s places.", count) % {"n": count}
    messages.success(request, words)


@for_roles()
@require_POST
def match(request: HttpRequest, pk: int) -> HttpResponse:
    """`phrase` means `organisation` (a name), or nobody in particular (`as_written`)."""
    document = document_of(request, pk, "review")
    phrase = sent(request, "phrase", MOST_PHRASE)
    if request.POST.get("as_written"):
        _match(request, document, phrase, None)
        return redirect(_panel(document))
    name = " ".join(sent(request, "organisation", MOST_PHRASE).split())
    found = matcher_of(document).match(name) if name else None
    target: Organisation | OrganisationSet | None = None
    if found is not None and found.organisation:
        target = Organisation.objects.visible_to(user_of(request)).get(pk=found.organisation)
    elif found is not None and found.set:
        target = OrganisationSet.objects.visible_to(user_of(request)).get(pk=found.set)
    if target is None:
        messages.error(
            request,
            _("No organisation is called “%(name)s”. Choose one of the list, or add it.") % {"name": name},
        )
        return redirect(_panel(document))
    _match(request, document, phrase, target)
    return redirect(_panel(document))


@for_roles()
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """A new organisation, or a group with its members, for a phrase."""
    document = document_of(request, pk, "review")
    phrase = " ".join((sent(request, "phrase", MOST_PHRASE) or typed(request, "phrase", MOST_PHRASE)).split())
    what = request.POST.get("what", "")
    form = OrganisationForm(request.POST if what == "organisation" else None, initial={"name": phrase})
    set_form = SetForm(request.POST if what == "set" else None, initial={"name": phrase}, auto_id="set_%s")
    if what == "organisation" and form.is_valid():
        with transaction.atomic():
            made = create_organisation(**form.cleaned_data, actor=user_of(request))
            _match(request, document, phrase, made)
        return redirect(_panel(document))
    if what == "set" and set_form.is_valid():
        members = set_form.cleaned_data["add"]
        if members:
            with transaction.atomic():
                group = propose_set(phrase, (), actor=user_of(request), name=set_form.cleaned_data["name"])
                confirm_set(group, members, actor=user_of(request), name=set_form.cleaned_data["name"])
                _match(request, document, phrase, group)
            return redirect(_panel(document))
        set_form.add_error("add", _("A group needs at least one member."))
    context = {
        "document": document,
        "phrase": phrase,
        "form": form,
        "set_form": set_form,
        "is_group": group_of(phrase) is not None,
    }
    return render(
        request, "plans/propose.html", context, status=422 if form.errors or set_form.errors else 200
    )
