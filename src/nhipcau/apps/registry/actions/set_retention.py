"""How long something is kept is said anew, with the legal basis; at night what is older goes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import as_part
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.registry.models import RetentionRule
from nhipcau.apps.registry.retention import Kept, Term, before, kept, terms

RETAINER = System("retention")
MOST_DAYS = 36_525


def set_retention(what: str, *, days: int, basis: str, actor: User) -> RetentionRule:
    """Raises Refused for something nobody keeps, for less than a day or more than a hundred years, and
    without the legal basis.
    """
    with act(actor, "registry.set_retention", RetentionRule, permission="create") as entry:
        if kept(what) is None:
            raise Refused(_("Nothing of this kind is kept."))
        if not 1 <= days <= MOST_DAYS:
            raise Refused(_("Give a number of days from 1 to 36,525."))
        if not basis.strip():
            raise Refused(_("Give the legal basis."))
        before_now = terms()[what]
        # The administrator may say it and is nowhere in the register else.
        with as_part("retention"):
            made, _created = RetentionRule.objects.update_or_create(
                what=what,
                defaults={"days": days, "basis": " ".join(basis.split())[:300], "set_by": actor},
            )
        entry.subject = made
        note(entry, what=what, days=days, before=before_now.days)
    return made


def retain(each: Kept, term: Term) -> int:
    """What is older than its days goes; how many. In a transaction of a part of the system."""
    day = before(term)
    if not each.due(day):
        return 0
    with act(RETAINER, "registry.retain", RetentionRule, permission="create") as entry:
        count = each.go(day)
        note(entry, what=each.what, days=term.days, count=count)
    return count
