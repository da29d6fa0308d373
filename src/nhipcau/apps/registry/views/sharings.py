"""Written requests of other bodies for people's data."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from nhipcau.apps.access.pages import acted, for_roles, posted, pressed, user_of
from nhipcau.apps.access.policies import can, may, require
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.files.actions.attach_file import AttachmentRefused, attach_file
from nhipcau.apps.files.sending import send
from nhipcau.apps.reference.models import Country
from nhipcau.apps.registry.actions import ask_sharing, decide_sharing, end_sharing, hand_over, write_sharing
from nhipcau.apps.registry.exporting import COLUMNS
from nhipcau.apps.registry.forms.leaving import AnswerForm, HandForm, SharingForm
from nhipcau.apps.registry.forms.rounds import ReasonForm
from nhipcau.apps.registry.models import Export, Sharing
from nhipcau.apps.registry.views.exports import narrowed_in_words
from nhipcau.apps.webkit.formats import format_number

PER_PAGE = 25


@for_roles()
@require_GET
def sharings(request: HttpRequest) -> HttpResponse:
    """What was asked for, and what was handed over, to whom and when."""
    user = user_of(request)
    require(user, "list", Sharing)
    page = Paginator(Sharing.objects.visible_to(user), PER_PAGE).get_page(request.GET.get("page"))
    count = page.paginator.count
    heading = ngettext(
        "%(n)s request to hand over people's data", "%(n)s requests to hand over people's data", count
    )
    context = {
        "heading": heading % {"n": format_number(count)}
        if count
        else _("Nobody has asked for people's data beyond the register's purpose"),
        "page_obj": page,
        "without_filters": True,
        "may_create": can(user, "create", Sharing),
    }
    return render(request, "registry/sharings.html", context)


@for_roles()
@require_http_methods(["GET", "POST"])
def sharing_new(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    require(user, "create", Sharing)
    countries = [(each.code, each.label) for each in Country.objects.visible_to(user).current()]
    form = SharingForm(posted(request), request.FILES or None, countries=countries)
    if on := acted(
        request,
        form,
        lambda: _ask(form, user),
        to=lambda made: reverse("registry:sharing", args=[made.pk]),
        said=_("Noted. A second officer decides."),
    ):
        return on
    return render(request, "registry/sharing_new.html", {"form": form}, status=422 if form.errors else 200)


def _ask(form: SharingForm, user: User) -> Sharing:
    """With the letter as a file, where there is one."""
    file = form.cleaned_data["paper"]
    try:
        paper = attach_file(file, file.name or "", actor=user) if file else None
    except AttachmentRefused as refusal:
        raise Refused(refusal.message()) from None
    return ask_sharing(**form.said(), wanted=form.wanted(), paper=paper, actor=user)


@for_roles()
@require_GET
def sharing_paper(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The letter of the body that asks."""
    found = _find(user_of(request), pk)
    if found.paper is None:
        raise Http404
    return send(found.paper)


@for_roles()
@require_GET
def sharing(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    return _page(request, user, _find(user, pk))


def _find(user: User, pk: int) -> Sharing:
    found = Sharing.objects.visible_to(user).select_related("asked_by", "decided_by", "handed_by", "paper")
    return get_object_or_404(found, pk=pk)


def _page(request: HttpRequest, user: User, found: Sharing, **forms: Form) -> HttpResponse:
    waits, agreed = found.state == Sharing.State.ASKED, found.state == Sharing.State.APPROVED
    over = found.until < timezone.localdate()
    files = list(Export.objects.visible_to(user).filter(sharing=found).defer("holds"))
    live = [each for each in files if each.state in (Export.State.WRITING, Export.State.READY)]
    hands = agreed and not over and may(user, "hand", found)
    context: dict[str, Any] = {
        "sharing": found,
        "over": over and (waits or agreed),
        "narrowed": narrowed_in_words(user, found.wanted),
        "columns": [capfirst(str(COLUMNS[code])) for code in found.columns if code in COLUMNS],
        "files": files,
        "own": waits and found.asked_by_id == user.pk,
        "may_decide": waits and not over and may(user, "decide", found),
        "may_write": hands and not live,
        "may_hand": hands and any(each.state == Export.State.READY for each in live),
        "may_end": (waits or agreed) and may(user, "end", found),
        "decide_form": forms.get("decide") or AnswerForm(auto_id="decide_%s"),
        "hand_form": forms.get("hand") or HandForm(auto_id="hand_%s"),
        "end_form": forms.get("end") or ReasonForm(auto_id="end_%s"),
    }
    return render(request, "registry/sharing.html", context, status=422 if forms else 200)


@for_roles()
@require_POST
def sharing_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """`answer`: yes or no."""
    user = user_of(request)
    found = _find(user, pk)
    require(user, "decide", found)
    form, agrees = AnswerForm(request.POST, auto_id="decide_%s"), request.POST.get("answer") == "yes"
    if on := acted(
        request,
        form,
        lambda: decide_sharing(found, agrees=agrees, reason=form.cleaned_data["reason"], actor=user),
        to=reverse("registry:sharing", args=[pk]),
        said=_("Agreed: it may be handed over once.") if agrees else _("Not agreed."),
    ):
        return on
    return _page(request, user, found, decide=form)


@for_roles()
@require_POST
def sharing_write(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    found = _find(user, pk)
    require(user, "hand", found)
    return pressed(
        request,
        lambda: write_sharing(found, actor=user),
        to=lambda made: reverse("registry:export", args=[made.pk]),
        back=reverse("registry:sharing", args=[pk]),
    )


@for_roles()
@require_POST
def sharing_hand(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    found = _find(user, pk)
    require(user, "hand", found)
    form = HandForm(request.POST, auto_id="hand_%s")
    if on := acted(
        request,
        form,
        lambda: hand_over(found, to=form.cleaned_data["to"], actor=user),
        to=reverse("registry:sharing", args=[pk]),
        said=_("Noted. The file is deleted here."),
    ):
        return on
    return _page(request, user, found, hand=form)


@for_roles()
@require_POST
def sharing_end(request: HttpRequest, pk: int) -> HttpResponse:
    user = user_of(request)
    found = _find(user, pk)
    require(user, "end", found)
    form = ReasonForm(request.POST, auto_id="end_%s")
    if on := acted(
        request,
        form,
        lambda: end_sharing(found, reason=form.cleaned_data["reason"], actor=user),
        to=reverse("registry:sharing", args=[pk]),
        said=_("Ended. Nothing was handed over."),
    ):
        return on
    return _page(request, user, found, end=form)
