"""What an agency's people are told of its estimates."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.actors import Actor
from nhipcau.apps.notices import registers
from nhipcau.apps.notices.actions import tell
from nhipcau.apps.orgs.holders import REPORTING, holders
from nhipcau.apps.plans.models import RoundAgency

MONEY = _("Estimates")
KINDS = {
    "plans.estimates_opened": (MONEY, _("The estimates for %(year)s are to be sent by %(send_by)s.")),
    "plans.estimates_missing": (
        MONEY,
        _("The estimates for %(year)s are not sent yet; they are due on %(send_by)s."),
    ),
    "plans.estimates_returned": (MONEY, _("The estimates for %(year)s were returned: %(reason)s")),
}


def register() -> None:
    """Called once at start."""
    registers.kinds(KINDS)
    registers.pages({"plans.roundagency": "plans:asked"})


def tell_asked(asked: RoundAgency, kind: str, *, key: str, actor: Actor, **values: Any) -> None:
    """Everybody who reports for the agency; `key` names the occasion, and nobody is told of one twice."""
    people = holders(REPORTING, timezone.localdate(), [asked.organisation_id])
    said = {"year": str(asked.round.year), "send_by": asked.round.send_by, **values}
    tell(people, kind, key=f"{kind}:{key}", actor=actor, about=asked, **said)
