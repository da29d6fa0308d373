"""People of the register: read, entered from a paper, corrected."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.apps.access.pages import acted, for_roles, posted, user_of
from nhipcau.apps.access.policies import require
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import Organisation, OrganisationVersion
from nhipcau.apps.reference.models import Country
from nhipcau.apps.registry.actions import correct_person, enter_person, read_person, reveal_numbers
from nhipcau.apps.registry.erasing import erased_at
from nhipcau.apps.registry.forms.numbers import PurposeForm
from nhipcau.apps.registry.forms.people import CorrectForm, EnterForm
from nhipcau.apps.registry.models import Person, Round, RunningSource
from nhipcau.apps.registry.numbers import persons_with
from nhipcau.apps.registry.search import found_by
from nhipcau.apps.registry.views.consents import reason_of
from nhipcau.apps.registry.views.person_parts import person_page, restricted_page
from nhipcau.apps.registry.views.person_rows import rows_of
from nhipcau.core.text import fold

MOST_ALIKE = 5


@for_roles()
@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known, and from whom. One who was joined to another leads there."""
    user = user_of(request)
    found = get_object_or_404(Person.objects.visible_to(user), pk=pk)
    if found.merged_into_id is not None:
        return redirect("registry:person", found.merged_into_id)
    erased_on = erased_at(found)
    if erased_on is not None:
        return render(request, "registry/erased.html", {"person": found, "erased_on": erased_on})
    read_person(found, actor=user)
    if found.restricted_at is not None:
        return restricted_page(request, found, user)
    return person_page(request, found, user)


@for_roles()
@require_POST
def person_numbers(request: HttpRequest, pk: int) -> HttpResponse:
    """The identity numbers, once, to who says what for."""
    user = user_of(request)
    found = get_object_or_404(Person.objects.visible_to(user), pk=pk)
    require(user, "reveal", found)
    if found.restricted_at is not None:
        return restricted_page(request, found, user)
    form = PurposeForm(request.POST)
    if form.is_valid():
        try:
            numbers = reveal_numbers(found, purpose=form.cleaned_data["purpose"], actor=user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return person_page(request, found, user, numbers=numbers)
    return person_page(request, found, user, form=form)


@for_roles()
@require_http_methods(["GET", "POST"])
def person_new(request: HttpRequest) -> HttpResponse:
    """From a paper. Who may be the same person is shown before another one is made."""
    user = user_of(request)
    require(user, "create", Person)
    form = EnterForm(posted(request), sources=_sources(user), **_choices(user))
    alike: list[Person] = []
    if request.method == "POST" and form.is_valid():
        alike = (
            []
            if form.cleaned_data["another"]
            else _alike(user, form.values(), request.POST.get("identity", ""))
        )
        if not alike:
            try:
                made = enter_person(
                    form.values() | {"basis": form.cleaned_data["basis"]},
                    source=_source(user, form.cleaned_data["source"]),
                    sender=_own_body(user),
                    numbers=form.cleaned_data["identity"],
                    actor=user,
                )
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, _("Entered. The register now knows this person."))
                return redirect("registry:person", made.pk)
    context = {"form": form, "alike": rows_of(alike, user)}
    return render(request, "registry/person_new.html", context, status=422 if form.errors or alike else 200)


@for_roles()
@require_http_methods(["GET", "POST"])
def person_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """What differs from what the register says becomes a record of the officer's own."""
    user = user_of(request)
    found = get_object_or_404(Person.objects.visible_to(user), pk=pk)
    require(user, "correct", found)
    if request.method == "GET":
        # The form is filled with all that the register says of her.
        read_person(found, actor=user)
    before = _said(found)
    form = CorrectForm(
        posted(request), initial=before | {"reason": reason_of(request, user)}, **_choices(user)
    )
    if on := acted(
        request,
        form,
        lambda: correct_person(
            found,
            {name: value for name, value in form.values().items() if value != _plain(before, name)},
            basis=form.cleaned_data["basis"],
            reason=form.cleaned_data["reason"],
            sender=_own_body(user),
            actor=user,
        ),
        to=reverse("registry:person", args=[pk]),
        said=_("Corrected. What the lists say stays readable below."),
    ):
        return on
    return render(
        request, "registry/correct.html", {"form": form, "person": found}, status=422 if form.errors else 200
    )


def _said(person: Person) -> dict[str, Any]:
    """What the register says of the person, by field of the form."""
    said = {name: each["value"] for name, each in person.derived.items()}
    said["place"] = said.pop("place_id", None)
    return said | {"groups": list(person.groups)}


def _plain(before: dict[str, Any], name: str) -> Any:
    return before.get("place" if name == "place_id" else name)


def _alike(user: User, values: dict[str, Any], identity: str) -> list[Person]:
    """Those with the same number; else of the same name, and year of birth where both are known."""
    same_number = Person.objects.visible_to(user).standing().filter(pk__in=persons_with(identity))
    if same_number:
        return list(same_number)
    found = Person.objects.visible_to(user).standing().filter(pk__in=found_by(values["name"]) or [])
    year = str(values.get("birth", ""))[:4]
    name = sorted(fold(values["name"]).split())
    same = (each for each in found if sorted(fold(each.name).split()) == name)
    return [each for each in same if not year or not each.birth or each.birth[:4] == year][:MOST_ALIKE]


def _countries(user: User) -> list[tuple[str, str]]:
    return [(country.code, country.label) for country in Country.objects.visible_to(user).current()]


def _choices(user: User) -> dict[str, Any]:
    """Own communes of today, and countries."""
    rows = (
        OrganisationVersion.objects.visible_to(user)
        .working()
        .filter(valid__contains=timezone.localdate(), organisation__realm=Organisation.Realm.PLACE)
    )
    places = rows.order_by("name_sort").values_list("organisation_id", "name")
    return {"places": list(places), "countries": _countries(user)}


def _sources(user: User) -> list[tuple[str, str]]:
    rounds = Round.objects.visible_to(user).taking_records()
    running = RunningSource.objects.visible_to(user).taking_records()
    return [
        *((f"round-{each.pk}", each.name) for each in rounds),
        *((f"source-{each.pk}", each.name) for each in running),
    ]


def _source(user: User, key: str) -> Round | RunningSource:
    kind, _dash, pk = key.partition("-")
    if kind == "round":
        return get_object_or_404(Round.objects.visible_to(user), pk=pk)
    return get_object_or_404(RunningSource.objects.visible_to(user), pk=pk)


def _own_body(user: User) -> Organisation:
    """The body in whose name she enters: the first that she works for."""
    held = sorted(scope_of(user).organisations("coordinator", "officer", "commune_officer"))
    return get_object_or_404(Organisation.objects.visible_to(user), pk=held[0] if held else None)
