"""Handovers: whose work, to whom, both sides' yes, the minutes on paper."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.apps.access.granting import grantable, manages
from nhipcau.apps.access.pages import for_roles, posted, user_of
from nhipcau.apps.access.policies import can, require
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.actions import cancel_handover, give_over, open_handover, take_over
from nhipcau.apps.orgs.colleagues import successors
from nhipcau.apps.orgs.forms.handovers import CancelForm, GiverForm, HandoverForm
from nhipcau.apps.orgs.handing import open_work
from nhipcau.apps.orgs.minutes import as_word, minutes_of
from nhipcau.apps.orgs.models import Handover
from nhipcau.apps.webkit.addresses import whole
from nhipcau.apps.webkit.formats import format_number

PER_PAGE = 50
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@for_roles()
@require_GET
def handovers(request: HttpRequest) -> HttpResponse:
    """Those in which she is named; all for who manages accounts. And where to begin one."""
    user = user_of(request)
    rows = Handover.objects.visible_to(user).select_related("giver", "receiver", "organisation")
    manager = bool(grantable(scope_of(user)))
    people = User.objects.visible_to(user) if manager else []
    context = {
        "page_obj": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "giver_form": GiverForm(givers=list(people)) if manager else None,
        "own": len(open_work(user)),
        "caption": _("Handovers of work"),
        "without_filters": True,
    }
    return render(request, "orgs/handovers.html", context)


def _giver(request: HttpRequest) -> User:
    """Of the address; herself when none is named. 404 out of sight, 403 for who may not begin it for her."""
    user = user_of(request)
    pk = whole(request.GET.get("giver", ""))
    if pk is None or pk == user.pk:
        return user
    found: User | None = User.objects.visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    if not manages(scope_of(user), found):
        raise PermissionDenied
    return found


@for_roles()
@require_http_methods(["GET", "POST"])
def handover_new(request: HttpRequest) -> HttpResponse:
    """The giver's open work, each piece ticked, and the successor."""
    user = user_of(request)
    require(user, "create", Handover)
    giver = _giver(request)
    items = open_work(giver)
    places = {item.organisation for item in items}
    form = HandoverForm(posted(request), receivers=successors(giver, places, timezone.localdate()))
    ticked = set(request.POST.getlist("item")) if request.method == "POST" else {item.key for item in items}
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        people = {person.pk: person for person in successors(giver, places, timezone.localdate())}
        try:
            made = open_handover(
                giver,
                people[wanted["receiver"]],
                ticked,
                why=wanted["why"],
                remark=wanted["remark"],
                actor=user,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal.why))
        else:
            messages.success(request, _("The handover is drawn up; it waits for both sides."))
            return redirect("orgs:handover", made.pk)
    count = len(items)
    context = {
        "form": form,
        "giver": giver,
        "items": [(item, item.key in ticked) for item in items],
        "heading": ngettext("%(n)s piece of open work", "%(n)s pieces of open work", count)
        % {"n": format_number(count)}
        if count
        else _("No open work to hand over"),
    }
    return render(request, "orgs/handover_new.html", context, status=422 if form.errors else 200)


def _found(request: HttpRequest, pk: int) -> Handover:
    rows = Handover.objects.visible_to(user_of(request)).select_related("giver", "receiver", "given_by")
    return get_object_or_404(rows, pk=pk)


def _page(request: HttpRequest, found: Handover, cancel: CancelForm) -> HttpResponse:
    user = user_of(request)
    waits = found.state == Handover.State.OPEN
    context: dict[str, Any] = {
        "handover": found,
        "minutes": minutes_of(found),
        "may_give": waits and not found.given_at and can(user, "give", found),
        "may_receive": waits and not found.received_at and can(user, "receive", found),
        "may_cancel": waits and can(user, "cancel", found),
        "cancel": cancel,
        "heading": _heading(found),
    }
    return render(request, "orgs/handover.html", context, status=422 if cancel.errors else 200)


def _heading(found: Handover) -> str:
    if found.state == Handover.State.DONE:
        return _("The work is handed over")
    if found.state == Handover.State.CANCELLED:
        return _("This handover was called off")
    if found.given_at:
        return _("The handover waits for the receiving side")
    return (
        _("The handover waits for both sides")
        if not found.received_at
        else _("The handover waits for the giving side")
    )


@for_roles()
@require_GET
def handover(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes as they would print, and what each side has said."""
    return _page(request, _found(request, pk), CancelForm())


@for_roles()
@require_POST
def handover_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """A yes, for the side that the button names."""
    found, user = _found(request, pk), user_of(request)
    say = take_over if request.POST.get("side") == "receive" else give_over
    try:
        done = say(found, actor=user)
    except Refused as refusal:
        messages.error(request, str(refusal.why))
    else:
        said = (
            _("Both sides have confirmed; the work has moved.")
            if done.state == Handover.State.DONE
            else _("Confirmed; it waits for the other side.")
        )
        messages.success(request, said)
    return redirect("orgs:handover", pk)


@for_roles()
@require_POST
def handover_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Calls it off; everything stays where it is."""
    found, user = _found(request, pk), user_of(request)
    require(user, "cancel", found)
    form = CancelForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    try:
        cancel_handover(found, reason=form.cleaned_data["reason"], actor=user)
    except Refused as refusal:
        messages.error(request, str(refusal.why))
    return redirect(reverse("orgs:handover", args=[pk]))


@for_roles()
@require_GET
def handover_word(request: HttpRequest, pk: int) -> HttpResponse:
    """The minutes as a Word file."""
    found = _found(request, pk)
    headers = {"Content-Disposition": f'attachment; filename="bien-ban-ban-giao-{found.pk}.docx"'}
    return HttpResponse(as_word(minutes_of(found)), content_type=WORD, headers=headers)
