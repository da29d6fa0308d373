"""Whose letterhead a document of the lead agency bears, as far as the system knows it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import OrganisationVersion

PARENT = "Ủy ban nhân dân"
_TIER = re.compile(r"^(?:tỉnh|thành phố|tp\.?)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """`symbol` is the issuer's part of a number ("SNgV"); `province` with its tier ("tỉnh Lam Giang")."""

    agency: str
    parent_body: str
    symbol: str
    place: str
    province: str


def letterhead_of(user: User) -> Letterhead:
    """Of the agency for which the user coordinates; parts that nobody has entered are empty."""
    own = scope_of(user).organisations("coordinator")
    found = (
        OrganisationVersion.objects.filter(organisation__in=own, valid__contains=timezone.localdate())
        .order_by("organisation")
        .first()
    )
    province = " ".join(settings.PROVINCE_NAME.split())
    return Letterhead(
        agency=found.name if found else "",
        parent_body=f"{PARENT} {province}".strip() if province else "",
        symbol=found.abbreviation if found else "",
        place=_TIER.sub("", province),
        province=province,
    )
