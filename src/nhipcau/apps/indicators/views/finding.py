"""The indicator and the version that an address names, in the user's sight."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from nhipcau.apps.access.pages import user_of
from nhipcau.apps.access.policies import require
from nhipcau.apps.indicators.models import Indicator, IndicatorVersion


def indicator_of(request: HttpRequest, code: str, verb: str = "") -> Indicator:
    """With `verb` also one to which she may do that."""
    user = user_of(request)
    found = get_object_or_404(Indicator.objects.visible_to(user), code=code)
    if verb:
        require(user, verb, found)
    return found


def version_of(request: HttpRequest, code: str, number: int, verb: str) -> IndicatorVersion:
    """A version to which she may do that."""
    user = user_of(request)
    rows = IndicatorVersion.objects.visible_to(user).select_related("indicator")
    found = get_object_or_404(rows, indicator__code=code, number=number)
    require(user, verb, found)
    return found
