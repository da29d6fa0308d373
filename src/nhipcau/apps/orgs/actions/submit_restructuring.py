"""An act goes to the second person."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from nhipcau.apps.access.act import act as framed
from nhipcau.apps.access.act import note
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import Restructuring
from nhipcau.apps.orgs.restructuring.preview import preview_of
from nhipcau.apps.orgs.restructuring.stages import lock, pass_on
from nhipcau.apps.orgs.telling import tell_reviewers
from nhipcau.apps.webkit.markup import fill_lazy

FAULTY = _("The act cannot be carried out as it is stated. See what the preview says, and correct the steps.")
UNALLOTTED = ngettext_lazy(
    "%(n)s open item is not allotted yet.", "%(n)s open items are not allotted yet.", "n"
)


def submit_restructuring(act: Restructuring, *, revision: int, actor: User) -> Restructuring:
    """Counted once more, so that the reviewer sees today's figures. Raises Refused for faults and for
    anything unallotted.
    """
    with framed(actor, "orgs.submit_restructuring", act, permission="edit") as entry:
        fresh = lock(act, "submit", revision)
        fresh.preview = preview_of(fresh)
        if fresh.preview["faults"]:
            raise Refused(FAULTY)
        if fresh.preview["unallotted"]:
            raise Refused(fill_lazy(UNALLOTTED % {"n": fresh.preview["unallotted"]}))
        pass_on(fresh, "submit")
        fresh.submitted_by, fresh.submitted_at = actor, timezone.now()
        fresh.reason = ""
        fresh.save()
        note(entry, revision=revision)
        tell_reviewers(fresh, "orgs.act_submitted", actor=actor)
    return fresh
