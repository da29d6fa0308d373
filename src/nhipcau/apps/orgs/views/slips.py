"""Printed slips: several on a page, each with the address, the user name and a code that works once."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from nhipcau.apps.access.actions import Slip
from nhipcau.apps.access.pages import user_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.orgs.models import Appointment


def base_address(request: HttpRequest) -> str:
    """What people type: the setting, else the host of this request."""
    return settings.PUBLIC_ADDRESS or request.build_absolute_uri("/").rstrip("/")


def slips_page(request: HttpRequest, slips: Sequence[Slip], back: str) -> HttpResponse:
    """The page to print, shown once: its codes are kept nowhere and in no browser's store."""
    context = {
        "slips": [(slip, places) for slip, places in zip(slips, _places(request, slips), strict=True)],
        "address": base_address(request) + reverse("account_invitation"),
        "back": back,
    }
    response = render(request, "orgs/slips.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _places(request: HttpRequest, slips: Sequence[Slip]) -> list[list[tuple[str, str]]]:
    """Role and agency of each user; two queries."""
    today = timezone.localdate()
    users: list[User] = [slip.user for slip in slips]
    rows = Appointment.objects.visible_to(user_of(request)).filter(user__in=users).order_by("pk")
    held = [row for row in rows if row.valid.upper is None or row.valid.upper > today]
    called = names({row.organisation_id for row in held}, today)
    return [
        [
            (str(Appointment.Role(row.role).label), called.get(row.organisation_id, ""))
            for row in held
            if row.user_id == user.pk
        ]
        for user in users
    ]
