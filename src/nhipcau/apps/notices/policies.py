"""Who may do what to messages, mails and calendars: everybody with her own; the outbox is the system
administrator's.
"""

from __future__ import annotations

from nhipcau.apps.access.policies import policy
from nhipcau.apps.access.scope import Scope
from nhipcau.apps.accounts.models import User
from nhipcau.apps.notices.models import CalendarFeed, DigestChoice, DigestRun, Mail, Notice


def _has_a_role(scope: Scope, _user: User, _subject: object) -> bool:
    return bool(scope.roles)


def _keeps_the_system(scope: Scope, _user: User, _subject: object) -> bool:
    return scope.has("system_admin")


# "create": whoever does something that others are told of.
policy(Notice, create=_has_a_role, read=_has_a_role)
policy(Mail, list=_keeps_the_system, send_again=_keeps_the_system)
# Made by the clock, not by a person.
policy(DigestRun)
policy(DigestChoice, create=_has_a_role, edit=_has_a_role)
policy(CalendarFeed, create=_has_a_role, end=_has_a_role)
