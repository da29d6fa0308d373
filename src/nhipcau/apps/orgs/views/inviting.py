"""Inviting the people whom a sheet brought: mails, or slips to print."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from nhipcau.apps.access.actions import invite_by_mail, invite_by_slip
from nhipcau.apps.access.pages import for_roles, user_of
from nhipcau.apps.access.policies import can, require
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User, UserQuerySet
from nhipcau.apps.orgs.models import Arrival
from nhipcau.apps.orgs.views.slips import base_address, slips_page
from nhipcau.apps.webkit.formats import format_number


def to_invite(arrival: Arrival, actor: User) -> UserQuerySet:
    """Whom the sheet made, who has not signed in yet and is not locked."""
    made = arrival.rows.filter(made__contains="user").values("user")
    found: UserQuerySet = User.objects.visible_to(actor).filter(pk__in=made, last_login=None, is_active=True)
    return found


@for_roles("coordinator", "system_admin")
@require_POST
def arrival_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """`by` is "mail" or "slip"; whom she may not invite any more is left out."""
    user = user_of(request)
    arrival = get_object_or_404(Arrival.objects.visible_to(user), pk=pk)
    require(user, "invite", arrival)
    wanted = [person for person in to_invite(arrival, user) if can(user, "invite", person)]
    back = reverse("orgs:arrival", args=[pk])
    try:
        if request.POST.get("by") != "mail":
            return slips_page(request, invite_by_slip(wanted, actor=user), back)
        count = invite_by_mail(wanted, base=base_address(request), actor=user)
    except Refused as refusal:
        messages.error(request, str(refusal.why))
    else:
        said = ngettext("%(n)s invitation goes out.", "%(n)s invitations go out.", count)
        messages.success(request, said % {"n": format_number(count)})
    return redirect(back)
