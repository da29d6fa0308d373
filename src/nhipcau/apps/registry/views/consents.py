"""What a person agreed to, who confirmed what is known of her, and that her data rest."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from nhipcau.apps.access.pages import acted, for_roles, posted, user_of
from nhipcau.apps.access.policies import can, require
from nhipcau.apps.accounts.models import User
from nhipcau.apps.registry.actions import (
    end_verification,
    lift_restriction,
    record_consent,
    restrict_person,
    verify_person,
    withdraw_consent,
    write_consent_text,
)
from nhipcau.apps.registry.family import family_of
from nhipcau.apps.registry.forms.rights import ConsentForm, ConsentTextForm, StepForm, VerifyForm
from nhipcau.apps.registry.models import Consent, ConsentText, Person, RightsRequest, Verification
from nhipcau.apps.webkit.addresses import whole


def _person(user: User, pk: int, verb: str) -> Person:
    found = get_object_or_404(Person.objects.visible_to(user), pk=pk)
    require(user, verb, found)
    return found


def _page(request: HttpRequest, person: Person, form: Any, **words: Any) -> HttpResponse:
    context = {"person": person, "form": form, **words}
    return render(request, "registry/person_act.html", context, status=422 if form.errors else 200)


@for_roles()
@require_http_methods(["GET", "POST"])
def consent_new(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    person = _person(user, pk, "consent")
    form = ConsentForm(user, posted(request))
    if on := acted(
        request,
        form,
        lambda: record_consent(person, form.cleaned_data["text"], form.cleaned_data, actor=user),
        to=reverse("registry:person", args=[pk]),
        said=_("Recorded. It holds for this purpose alone."),
    ):
        return on
    return _page(
        request,
        person,
        form,
        heading=_("What did the person agree to?"),
        lead=_("One purpose at a time, in the words that were shown. Nothing is ticked beforehand."),
        button=_("Record the consent"),
        texts=ConsentText.objects.visible_to(user),
    )


@for_roles()
@require_http_methods(["GET", "POST"])
def consent_end(request: HttpRequest, pk: int, consent: int) -> HttpResponse:
    user = user_of(request)
    person = _person(user, pk, "consent")
    found = get_object_or_404(Consent.objects.visible_to(user), pk=consent, person__in=family_of(person))
    form = StepForm(posted(request), day=_("Withdrawn on"), words=_("How that was said"))
    if on := acted(
        request,
        form,
        lambda: withdraw_consent(
            found, on=form.cleaned_data["day"], how=form.cleaned_data["words"], actor=user
        ),
        to=reverse("registry:person", args=[pk]),
        said=_("Ended. From that day on it holds no more."),
    ):
        return on
    return _page(
        request,
        person,
        form,
        heading=_("Does the person not agree any more?"),
        lead=_("Purpose: %(purpose)s") % {"purpose": found.get_purpose_display()},
        button=_("End the consent"),
    )


@for_roles()
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    person = _person(user, pk, "verify")
    form = VerifyForm(posted(request), initial={"on": timezone.localdate()})
    if on := acted(
        request,
        form,
        lambda: verify_person(person, **form.cleaned_data, actor=user),
        to=reverse("registry:person", args=[pk]),
        said=_("Recorded."),
    ):
        return on
    return _page(
        request,
        person,
        form,
        heading=_("Who confirmed what is known?"),
        lead=_("What a relative said holds for a time and is shown as not verified with the person."),
        button=_("Record it"),
    )


@for_roles()
@require_http_methods(["GET", "POST"])
def verification_end(request: HttpRequest, pk: int, verification: int) -> HttpResponse:
    user = user_of(request)
    person = _person(user, pk, "verify")
    found = get_object_or_404(
        Verification.objects.visible_to(user), pk=verification, person__in=family_of(person)
    )
    form = StepForm(posted(request), words=_("Reason"))
    if on := acted(
        request,
        form,
        lambda: end_verification(found, reason=form.cleaned_data["words"], actor=user),
        to=reverse("registry:person", args=[pk]),
        said=_("Taken back."),
    ):
        return on
    return _page(
        request,
        person,
        form,
        heading=_("Why does this verification not hold?"),
        lead=str(found.get_by_display()).capitalize(),
        button=pgettext("verification", "Take it back"),
    )


@for_roles()
@require_http_methods(["GET", "POST"])
def restrict(request: HttpRequest, pk: int) -> HttpResponse:
    """Restricts, or lifts what was restricted. A request (`request` in the address) gives the reason."""
    user = user_of(request)
    person = _person(user, pk, "restrict")
    held = person.restricted_at is not None
    form = StepForm(posted(request), words=_("Reason"), initial={"words": reason_of(request, user)})
    if on := acted(
        request,
        form,
        lambda: (lift_restriction if held else restrict_person)(
            person, reason=form.cleaned_data["words"], actor=user
        ),
        to=reverse("registry:person", args=[pk]),
        said=_("Lifted.") if held else _("Restricted."),
    ):
        return on
    return _page(
        request,
        person,
        form,
        heading=_("Use the data of this person again?")
        if held
        else _("Restrict the use of this person's data?"),
        lead=_("The data are shown and used again as before.")
        if held
        else _(
            "The data are kept and not used: nobody but the keeper sees that the person is there; she is "
            "left out of exports and figures."
        ),
        button=_("Lift the restriction") if held else _("Restrict the use"),
    )


def reason_of(request: HttpRequest, user: User) -> str:
    """The number of the request that the page was reached from."""
    number = whole(request.GET.get("request", ""))
    if not number:
        return ""
    found = RightsRequest.objects.visible_to(user).filter(pk=number).first()
    return _("Request No. %(number)s") % {"number": found.number} if found is not None else ""


@for_roles()
@require_http_methods(["GET", "POST"])
def consent_texts(request: HttpRequest) -> HttpResponse:
    """The words of each purpose, the version in use first; who keeps the register writes another."""
    user = user_of(request)
    form = ConsentTextForm(posted(request), initial={"in_use_from": timezone.localdate()})
    if request.method == "POST":
        require(user, "create", ConsentText)
        if on := acted(
            request,
            form,
            lambda: write_consent_text(**form.cleaned_data, actor=user),
            to="registry:consent_texts",
            said=_("Written. Earlier versions stay for who agreed to them."),
        ):
            return on
    context = {
        "texts": ConsentText.objects.visible_to(user),
        "form": form,
        "may_create": can(user, "create", ConsentText),
        "tab": "consents",
    }
    return render(request, "registry/consent_texts.html", context, status=422 if form.errors else 200)
