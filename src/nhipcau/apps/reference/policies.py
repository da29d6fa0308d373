"""Who may do what to the reference data that a province edits."""

from __future__ import annotations

from nhipcau.apps.access.policies import policy
from nhipcau.apps.access.scope import Scope
from nhipcau.apps.accounts.models import User
from nhipcau.apps.reference.models import Abbreviation, CalendarVersion, Country, LawChange


def _keeps_reference(scope: Scope, _user: User, _subject: object) -> bool:
    return scope.has("coordinator", "system_admin")


policy(LawChange, create=_keeps_reference, edit=_keeps_reference)
policy(Abbreviation, create=_keeps_reference, edit=_keeps_reference)
policy(CalendarVersion, create=_keeps_reference)
policy(Country)
