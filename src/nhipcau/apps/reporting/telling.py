"""What people are told of periods: the kinds of message, and to whom they go.

Kinds of other parts of reporting are registered where they are told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.actors import Actor
from nhipcau.apps.accounts.models import User
from nhipcau.apps.notices import registers
from nhipcau.apps.notices.actions import tell
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.orgs.holders import REPORTING
from nhipcau.apps.orgs.models import Appointment, Deputy
from nhipcau.apps.reporting.models import Obligation, Period
from nhipcau.apps.reporting.telling_reports import GROUP
from nhipcau.apps.webkit.formats import format_moment

# Every message has %(agency)s, %(form)s, %(period)s and %(until)s.
KINDS = {
    "reporting.opened": (
        GROUP,
        _("%(agency)s is asked for a report by %(until)s: %(form)s, %(period)s."),
    ),
    "reporting.asked_at_once": (
        GROUP,
        _("%(agency)s is asked at short notice, by %(until)s: %(request)s"),
    ),
    "reporting.due_moved": (
        GROUP,
        _("The report of %(agency)s for %(period)s is now due at %(until)s: %(reason)s"),
    ),
    "reporting.excused": (GROUP, _("%(agency)s need not report for %(period)s: %(reason)s")),
    "reporting.allowed": (
        GROUP,
        _("%(agency)s may send its report for %(period)s until %(until)s: %(reason)s"),
    ),
    "reporting.closed": (GROUP, _("The report of %(agency)s for %(period)s is not waited for any more.")),
}


def register() -> None:
    """Called once at start."""
    registers.kinds(KINDS)


def tell_asked(period: Period, kind: str, *, actor: Actor, **values: Any) -> None:
    """Everybody who reports for a unit that has to write a report of the period."""
    owed = period.obligations.outstanding().filter(discharged_by=None)
    tell_units(period, owed, kind, actor=actor, **values)


def tell_units(period: Period, rows: Iterable[Obligation], kind: str, *, actor: Actor, **values: Any) -> None:
    """Everybody who reports for the units of these rows; each row's change is told once."""
    owed = list(rows)
    today = timezone.localdate()
    people = reporters([row.organisation_id for row in owed])
    known = names({row.organisation_id for row in owed}, today)
    for row in owed:
        until = values.get("until") or max(filter(None, (period.due_at, row.deferred_at, row.redo_by)))
        words = {
            "agency": known.get(row.organisation_id, ""),
            "form": period.form_version.form.title,
            "period": period.title,
            **values,
            "until": format_moment(until),
        }
        key = f"{kind}:{row.pk}:{row.version}:{period.revision}"
        tell(people.get(row.organisation_id, ()), kind, key=key, actor=actor, about=row, **words)


def reporters(organisations: Iterable[int]) -> dict[int, list[User]]:
    """Who reports for each unit today, or stands in for one who does. Two queries."""
    today = timezone.localdate()
    held = Appointment.objects.filter(
        role__in=REPORTING, organisation__in=set(organisations), valid__contains=today
    )
    found: dict[int, list[User]] = defaultdict(list)
    of_user: dict[int, list[int]] = defaultdict(list)
    for each in held.select_related("user"):
        of_user[each.user_id].append(each.organisation_id)
        if each.user.is_active:
            found[each.organisation_id].append(each.user)
    away = Deputy.objects.filter(absent__in=of_user, valid__contains=today, absent__is_active=True)
    for stands_in in away.select_related("deputy"):
        for organisation in of_user[stands_in.absent_id]:
            if stands_in.deputy.is_active:
                found[organisation].append(stands_in.deputy)
    return found
