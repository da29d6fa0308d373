"""Records go out of a person, a second officer decides, they are put back: each from the page of links."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.access.policies import require
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.registry.actions import decide_taking_out, put_back, take_out
from nhipcau.apps.registry.forms.joining import ApartForm, DecideForm
from nhipcau.apps.registry.forms.taking_out import TakeOutForm
from nhipcau.apps.registry.models import Membership, Person, TakingOut
from nhipcau.apps.registry.views.links import links_page


@for_roles()
@require_POST
def person_take_out(request: HttpRequest, pk: int) -> HttpResponse:
    """`record`, each that is somebody else's; `reason`."""
    user = user_of(request)
    person = get_object_or_404(Person.objects.visible_to(user), pk=pk)
    require(user, "take_out", person)
    if person.merged_into_id is not None or person.restricted_at is not None:
        return redirect("registry:person_links", pk)
    hers = Membership.objects.visible_to(user).filter(person=person, until=None)
    form = TakeOutForm(request.POST, records=hers.values_list("record", flat=True))
    if form.is_valid():
        values = form.cleaned_data
        try:
            done = take_out(person, values["record"], reason=values["reason"], actor=user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _out(done))
            return redirect("registry:person_links", pk)
    return links_page(request, person, user, take_form=form)


def _out(done: TakingOut) -> str:
    if done.state == TakingOut.State.PROPOSED:
        return _("A second officer has to agree: officers worked on both parts.")
    return _("Taken out: they make person no. %(n)s now. It can be put back.") % {"n": done.into_id}


@for_roles()
@require_POST
def taking_out_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """`answer`: yes or no."""
    user = user_of(request)
    found = get_object_or_404(TakingOut.objects.visible_to(user), pk=pk)
    require(user, "decide", found)
    agrees = request.POST.get("answer") == "yes"
    form = DecideForm(request.POST, auto_id=f"decide_{pk}_%s")

    def decide(reason: str) -> str:
        done = decide_taking_out(found, agrees=agrees, reason=reason, actor=user)
        return _out(done) if agrees else _("The records stay with this person.")

    return _tried(request, found, form, decide)


@for_roles()
@require_POST
def taking_out_back(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    found = get_object_or_404(TakingOut.objects.visible_to(user), pk=pk)
    require(user, "put_back", found)

    def back(reason: str) -> str:
        put_back(found, reason=reason, actor=user)
        return _("Put back: everything is as it was before.")

    return _tried(request, found, ApartForm(request.POST, auto_id=f"back_{pk}_%s"), back)


def _tried(request: HttpRequest, found: TakingOut, form: Form, do: Callable[[str], str]) -> HttpResponse:
    """Shown beside the taking out that was meant."""
    if form.is_valid():
        try:
            messages.success(request, do(form.cleaned_data["reason"]))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("registry:person_links", found.person_id)
    user = user_of(request)
    return links_page(request, found.person, user, tried=(found.pk, form))
