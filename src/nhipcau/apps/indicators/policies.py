"""Who may do what to definitions: whoever coordinates writes them, everybody who works here reads them."""

from __future__ import annotations

from nhipcau.apps.access.policies import policy
from nhipcau.apps.access.scope import Scope
from nhipcau.apps.accounts.models import User
from nhipcau.apps.indicators.models import CutOver, Goal, Indicator, IndicatorVersion


def _coordinates(scope: Scope, _user: User, _subject: object) -> bool:
    return scope.has("coordinator")


policy(Indicator, create=_coordinates, edit=_coordinates, end=_coordinates)
policy(IndicatorVersion, edit=_coordinates, put_in_use=_coordinates, drop=_coordinates)
policy(Goal, end=_coordinates)
policy(CutOver, end=_coordinates)
