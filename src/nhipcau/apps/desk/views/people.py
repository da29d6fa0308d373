"""People who work here: accounts, invitations, appointments, locks."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from nhipcau.apps.access.actions import (
    create_user,
    invite_by_mail,
    invite_by_slip,
    invite_user,
    lock_user,
    reset_second_factor,
    sign_out_user,
    unlock_user,
)
from nhipcau.apps.access.granting import grantable
from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.access.policies import can, require
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.invitations import mail_works, newest
from nhipcau.apps.accounts.mfa import has_factor
from nhipcau.apps.accounts.models import User, UserQuerySet
from nhipcau.apps.desk.forms.people import AppointmentForm, EndForm, PersonForm, PostForm, ReasonForm
from nhipcau.apps.desk.people import Held, appointments_of, organisation_choices, present_appointments
from nhipcau.apps.orgs.actions import appoint, change_post, end_appointment
from nhipcau.apps.orgs.colleagues import WORKS
from nhipcau.apps.orgs.handing import open_work
from nhipcau.apps.orgs.models import Appointment, Organisation
from nhipcau.apps.orgs.views.slips import base_address, slips_page
from nhipcau.apps.webkit.addresses import typed
from nhipcau.core.text import fold

PAGE = 25
SHOWN = ("all", "idle", "locked")


def _filtered(request: HttpRequest, show: str, words: str) -> UserQuerySet:
    users: UserQuerySet = User.objects.visible_to(user_of(request))
    for word in fold(words).split()[:6]:
        users = users.filter(name_fold__contains=word) | users.filter(email__contains=word)
    if show == "locked":
        return users.filter(is_active=False)
    if show == "idle":
        held = Appointment.objects.visible_to(user_of(request)).filter(valid__contains=timezone.localdate())
        return users.filter(is_active=True).exclude(pk__in=held.values("user"))
    return users


@for_roles("system_admin", "coordinator")
def people(request: HttpRequest) -> HttpResponse:
    """All accounts, in Vietnamese order of names; marks do not matter in the search."""
    show = request.GET.get("show", "all")
    show = show if show in SHOWN else "all"
    words = typed(request, "q")
    page = Paginator(_filtered(request, show, words), PAGE).get_page(request.GET.get("page"))
    held = present_appointments(list(page.object_list), timezone.localdate(), seen_by=user_of(request))
    rows = [(person, held.get(person.pk, [])) for person in page.object_list]
    context = {"page": page, "rows": rows, "words": words, "show": show}
    return render(request, "desk/people.html", context)


def _appointment_form(
    request: HttpRequest, data: Any, kind: type[AppointmentForm] = AppointmentForm
) -> AppointmentForm:
    me, today = user_of(request), timezone.localdate()
    return kind(
        data,
        roles=grantable(scope_of(me)) if can(me, "create", Appointment) else frozenset(),
        organisations=organisation_choices(me, today),
        initial={"valid_from": today},
    )


def _appoint(person: User, form: AppointmentForm, request: HttpRequest) -> None:
    me, wanted = user_of(request), form.cleaned_data
    organisation = Organisation.objects.visible_to(me).get(pk=wanted["organisation"])
    try:
        with transaction.atomic():
            appoint(
                person,
                wanted["role"],
                organisation,
                valid_from=wanted["valid_from"],
                post=wanted["post"],
                actor=me,
            )
    except IntegrityError:
        raise Refused(gettext("This role at this agency is held already in that time.")) from None


@for_roles("system_admin", "coordinator")
@require_http_methods(["GET", "POST"])
def person_new(request: HttpRequest) -> HttpResponse:
    """An account and its first appointment in one step."""
    require(user_of(request), "create", User)
    form = _appointment_form(request, request.POST or None, PersonForm)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        try:
            with transaction.atomic():
                person = create_user(wanted["email"], wanted["full_name"], actor=user_of(request))
                _appoint(person, form, request)
        except Refused as refusal:
            form.add_error(None, str(refusal.why))
        else:
            messages.success(request, gettext("The account is made. Now hand over the first link."))
            return redirect("desk:person", pk=person.pk)
    return render(request, "desk/person_new.html", {"form": form}, status=422 if form.errors else 200)


def _person(request: HttpRequest, pk: int) -> User:
    found: User | None = User.objects.visible_to(user_of(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, person: User, **more: Any) -> HttpResponse:
    me, today = user_of(request), timezone.localdate()
    about, wrong = more.pop("about", 0), more.pop("wrong", None)
    held = [
        _changeable(one, today, grantable(scope_of(me)), wrong if one.pk == about else None)
        for one in appointments_of(person, today, seen_by=me)
    ]
    context = {
        "person": person,
        "held": held,
        "appointment": _appointment_form(request, None),
        "reason": ReasonForm(auto_id="lock_%s"),
        "invited": newest(person),
        "open_work": len(open_work(person)),
        "mail_works": mail_works(),
        "has_factor": has_factor(person),
        "factor": ReasonForm(auto_id="factor_%s"),
        "may": {verb: can(me, verb, person) for verb in ("invite", "lock", "unlock", "sign_out")},
        "may_appoint": can(me, "create", Appointment),
        **more,
    }
    faulty = bool(wrong) or any(isinstance(value, Form) and value.errors for value in context.values())
    return render(request, "desk/person.html", context, status=422 if faulty else 200)


def _changeable(one: Held, today: date, gives: Collection[str], wrong: Form | None) -> dict[str, Any]:
    """An appointment with the forms that end it and change its post; `wrong` is the one that was refused."""
    end = EndForm(auto_id=f"end{one.pk}_%s", initial={"last_day": today})
    post = PostForm(auto_id=f"post{one.pk}_%s", initial={"from_day": today, "post": one.post_kind})
    return {
        "held": one,
        "end": wrong if isinstance(wrong, EndForm) else end,
        "post": wrong if isinstance(wrong, PostForm) else post,
        "may_end": one.now and one.until is None and one.kind in gives,
        "may_post": one.now and one.kind in gives and one.kind in WORKS,
    }


@for_roles("system_admin", "coordinator")
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: what she holds and held, and what may be done about it."""
    return _page(request, _person(request, pk))


@for_roles("system_admin", "coordinator")
@require_POST
def person_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows the one-time link, once; or sends it, or prints a slip (`by`)."""
    someone, me = _person(request, pk), user_of(request)
    base, by = base_address(request), request.POST.get("by")
    try:
        if by == "slip":
            return slips_page(request, invite_by_slip([someone], actor=me), reverse("desk:person", args=[pk]))
        if by == "mail":
            invite_by_mail([someone], base=base, actor=me)
            messages.success(request, gettext("The invitation goes out."))
            return redirect("desk:person", pk=pk)
        link = invite_user(someone, base=base, actor=me)
    except Refused as refusal:
        messages.error(request, str(refusal.why))
        return redirect("desk:person", pk=pk)
    return _page(request, someone, link=link)


@for_roles("system_admin", "coordinator")
@require_POST
def person_appoint(request: HttpRequest, pk: int) -> HttpResponse:
    someone = _person(request, pk)
    form = _appointment_form(request, request.POST)
    if form.is_valid():
        try:
            _appoint(someone, form, request)
        except Refused as refusal:
            form.add_error(None, str(refusal.why))
        else:
            messages.success(request, gettext("The appointment is entered."))
            return redirect("desk:person", pk=pk)
    return _page(request, someone, appointment=form)


@for_roles("system_admin", "coordinator")
@require_POST
def appointment_end(request: HttpRequest, pk: int, appointment_pk: int) -> HttpResponse:
    """Ends an appointment on its last day; the row stays."""
    form = EndForm(request.POST, auto_id=f"end{appointment_pk}_%s")
    said = gettext("The appointment ends on its last day; what was done stays.")
    return _change(request, _appointment(request, pk, appointment_pk), form, end_appointment, said)


@for_roles("system_admin", "coordinator")
@require_POST
def appointment_post(request: HttpRequest, pk: int, appointment_pk: int) -> HttpResponse:
    """What she does inside the agency, from a day on; what held before stays in the list."""
    form = PostForm(request.POST, auto_id=f"post{appointment_pk}_%s")
    said = gettext("The post is changed.")
    return _change(request, _appointment(request, pk, appointment_pk), form, change_post, said)


def _appointment(request: HttpRequest, pk: int, appointment_pk: int) -> Appointment:
    someone = _person(request, pk)
    rows = Appointment.objects.visible_to(user_of(request)).filter(user=someone, pk=appointment_pk)
    appointment = rows.select_related("user").first()
    if appointment is None:
        raise Http404
    return appointment


def _change(
    request: HttpRequest, appointment: Appointment, form: Form, action: Callable[..., object], said: str
) -> HttpResponse:
    if form.is_valid():
        try:
            action(appointment, **form.cleaned_data, actor=user_of(request))
        except Refused as refusal:
            form.add_error(None, str(refusal.why))
        else:
            messages.success(request, said)
            return redirect("desk:person", pk=appointment.user_id)
    return _page(request, appointment.user, wrong=form, about=appointment.pk)


def _with_reason(request: HttpRequest, pk: int, action: Callable[..., None], said: str) -> HttpResponse:
    someone = _person(request, pk)
    form = ReasonForm(request.POST, auto_id="lock_%s")
    if form.is_valid():
        try:
            action(someone, reason=form.cleaned_data["reason"], actor=user_of(request))
        except Refused as refusal:
            form.add_error(None, str(refusal.why))
        else:
            messages.success(request, said)
            return redirect("desk:person", pk=pk)
    return _page(request, someone, reason=form)


@for_roles("system_admin", "coordinator")
@require_POST
def person_lock(request: HttpRequest, pk: int) -> HttpResponse:
    return _with_reason(request, pk, lock_user, gettext("The account is locked; what was done stays."))


@for_roles("system_admin", "coordinator")
@require_POST
def person_unlock(request: HttpRequest, pk: int) -> HttpResponse:
    return _with_reason(request, pk, unlock_user, gettext("The account is open again."))


@for_roles("system_admin", "coordinator")
@require_POST
def person_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Removes her second step of signing in, for who lost it; signs her out."""
    someone = _person(request, pk)
    form = ReasonForm(request.POST, auto_id="factor_%s")
    if form.is_valid():
        try:
            reset_second_factor(someone, reason=form.cleaned_data["reason"], actor=user_of(request))
        except Refused as refusal:
            form.add_error(None, str(refusal.why))
        else:
            messages.success(request, gettext("The second step is removed; she sets up a new one herself."))
            return redirect("desk:person", pk=pk)
    return _page(request, someone, factor=form)


@for_roles("system_admin", "coordinator")
@require_POST
def person_sign_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends all her sessions."""
    someone = _person(request, pk)
    sign_out_user(someone, actor=user_of(request))
    messages.success(request, gettext("Signed out everywhere."))
    return redirect("desk:person", pk=pk)
