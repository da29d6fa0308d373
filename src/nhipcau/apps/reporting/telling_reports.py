"""What the two sides of a report are told: sent, returned, passed on, approved, more time."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.scope import Role
from nhipcau.apps.accounts.models import User
from nhipcau.apps.notices import registers
from nhipcau.apps.notices.actions import tell
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.orgs.holders import REPORTING, holders
from nhipcau.apps.orgs.models import Appointment
from nhipcau.apps.plans.models import POSTS
from nhipcau.apps.reporting.models import Obligation

GROUP = _("Reports of units")
# Every message has %(unit)s and %(period)s; the others are given by who tells.
KINDS = {
    "reporting.to_approve": (
        GROUP,
        _("The report for %(period)s waits for your approval."),
    ),
    "reporting.given_back": (GROUP, _("Your draft of the report for %(period)s was given back: %(reason)s")),
    "reporting.received": (GROUP, _("%(unit)s sent its report for %(period)s, received number %(number)s.")),
    "reporting.to_review": (
        GROUP,
        _("%(unit)s sent its report for %(period)s to your unit, which reviews it first."),
    ),
    "reporting.returned": (
        GROUP,
        _("The report of %(unit)s for %(period)s was returned, to be sent again by %(until)s: %(reason)s"),
    ),
    "reporting.passed_below": (
        GROUP,
        _("The report of %(unit)s for %(period)s was passed on to the province."),
    ),
    "reporting.approved": (GROUP, _("The report of %(unit)s for %(period)s is approved.")),
    "reporting.time_asked": (
        GROUP,
        _("%(unit)s asks for more time for its report for %(period)s, until %(until)s: %(reason)s"),
    ),
    "reporting.time_granted": (
        GROUP,
        _("%(unit)s has more time for its report for %(period)s, until %(until)s: %(reason)s"),
    ),
    "reporting.time_refused": (GROUP, _("More time for the report for %(period)s was refused: %(reason)s")),
}


def register() -> None:
    """Called once at start."""
    registers.kinds(KINDS)
    registers.pages({"reporting.obligation": "reporting:report"})


def tell_unit(row: Obligation, kind: str, *, key: str, actor: User, **values: Any) -> None:
    """Everybody who reports for the unit. `key` names what happened; told once."""
    people = holders(REPORTING, timezone.localdate(), [row.organisation_id])
    tell_people(people, row, kind, key=key, actor=actor, **values)


def tell_heads(row: Obligation, kind: str, *, key: str, actor: User, **values: Any) -> None:
    """Those of the unit who approve what goes out."""
    held = Appointment.objects.filter(
        organisation=row.organisation_id,
        role__in=REPORTING,
        post__in=("", *POSTS["approve"]),
        valid__contains=timezone.localdate(),
    )
    people = User.objects.filter(is_active=True, pk__in=held.values("user"))
    tell_people(people, row, kind, key=key, actor=actor, **values)


def tell_reviewers(row: Obligation, kind: str, *, key: str, actor: User, **values: Any) -> None:
    """The unit that reviews it first, while it lies there; else the coordinators."""
    today = timezone.localdate()
    if row.state == Obligation.State.BELOW and row.through_id is not None:
        people = holders(REPORTING, today, [row.through_id])
    else:
        roles: tuple[Role, ...] = ("coordinator",)
        people = holders(roles, today)
    tell_people(people, row, kind, key=key, actor=actor, **values)


def tell_people(
    people: Iterable[User], row: Obligation, kind: str, *, key: str, actor: User, **values: Any
) -> None:
    units: Collection[int] = {row.organisation_id}
    words = {
        "unit": names(units, timezone.localdate()).get(row.organisation_id, ""),
        "period": row.period.title,
        **values,
    }
    tell(people, kind, key=key, actor=actor, about=row, **words)
