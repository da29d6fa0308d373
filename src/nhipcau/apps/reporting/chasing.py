"""Reminding units of a report: whom, with which words, and what they are told in the application."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.apps.access.actors import Actor
from nhipcau.apps.notices import registers
from nhipcau.apps.notices.actions import tell
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.orgs.holders import REPORTING, holders
from nhipcau.apps.reporting.board import Unit
from nhipcau.apps.reporting.models import Obligation, Period, Standing
from nhipcau.apps.webkit.formats import days_until, format_date

# Whom one reminds: nothing is here, or it has to come again.
OWING = (Standing.MISSING, Standing.NOT_DUE, Standing.RETURNED)
# Every message has %(agency)s, %(period)s and %(until)s.
KINDS = {
    "reporting.chased": (
        gettext_lazy("Reports to send"),
        gettext_lazy("The report of %(agency)s for %(period)s is waited for; it was due on %(until)s."),
    ),
    "reporting.chased_before": (
        gettext_lazy("Reports to send"),
        gettext_lazy("The report of %(agency)s for %(period)s is waited for; it is due on %(until)s."),
    ),
    "reporting.chased_again": (
        gettext_lazy("Reports to send"),
        gettext_lazy("The report of %(agency)s for %(period)s was returned and is waited for again."),
    ),
}
KIND_OF = {
    Standing.MISSING: "reporting.chased",
    Standing.NOT_DUE: "reporting.chased_before",
    Standing.RETURNED: "reporting.chased_again",
}


def register() -> None:
    """Called once at start."""
    registers.kinds(KINDS)


def owing(units: Iterable[Unit]) -> list[Unit]:
    """Those that one reminds."""
    return [unit for unit in units if unit.standing in OWING]


def tell_owing(rows: Iterable[Obligation], *, today: date, actor: Actor) -> None:
    """Everybody who reports for these units, once a day. The rows have their standing and period."""
    found = list(rows)
    known = names({row.organisation_id for row in found}, today)
    for row in found:
        standing: str = row.standing  # type: ignore[attr-defined]  # annotated
        until: datetime = row.until  # type: ignore[attr-defined]  # annotated
        tell(
            holders(REPORTING, today, [row.organisation_id]),
            KIND_OF[Standing(standing)],
            key=f"chased:{row.pk}:{today.isoformat()}",
            actor=actor,
            about=row,
            agency=known.get(row.organisation_id, ""),
            period=row.period.title,
            until=timezone.localdate(until),
        )


def chase_text(unit: Unit, period: Period, *, sender: str, now: datetime, address: str) -> str:
    """Words for Zalo or the telephone, in Vietnamese whoever copies them. The form must be loaded."""
    due = timezone.localdate(unit.until)
    with translation.override("vi"):
        left = days_until(due, timezone.localdate(now))
        values = {
            "unit": addressed(unit),
            "sender": sender,
            "form": period.form_version.form.title,
            "period": period.title,
            "due": format_date(due),
            "left": left[:1].lower() + left[1:],
        }
        if unit.standing == Standing.RETURNED:
            words = _(
                "To %(unit)s. %(sender)s has returned the report “%(form)s”, %(period)s, with its reason, "
                "and waits for it again."
            )
        else:
            words = _(
                "To %(unit)s. %(sender)s has not received the report “%(form)s”, %(period)s, due on %(due)s "
                "(%(left)s)."
            )
        ask = _("Please send it at %(address)s; if there is nothing to report, say so there too.")
        return " ".join((words % values, ask % {"address": address}, _("Thank you.")))


def addressed(unit: Unit) -> str:
    """A commune is written to as its committee: "UBND xã Cầu Mây"."""
    if unit.group != "communes":
        return unit.name
    return f"UBND {unit.name[:1].lower()}{unit.name[1:]}"
