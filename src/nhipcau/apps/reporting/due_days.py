"""Due dates of units' reports: in the daily mail on the reader's days before and after, and in calendars."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.notices import registers
from nhipcau.apps.notices.registers import CalendarEvent, Line, Reader
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.orgs.holders import REPORTING, posts_of
from nhipcau.apps.reporting.addresses import page
from nhipcau.apps.reporting.endings import ending_words
from nhipcau.apps.reporting.models import RECEIVED, Obligation, Period
from nhipcau.apps.webkit.formats import days_until, format_moment

LONGEST, MOST = 120, 500
# So long one that is over is still told as cancelled: programs ask once a day or more often.
CANCELLED_FOR = timedelta(days=60)
State = Obligation.State


def register() -> None:
    """Called once at start."""
    registers.section(gettext_lazy("Reports to send"), due_lines)
    registers.events(due_days)


def due_lines(readers: Sequence[Reader]) -> Mapping[int, Sequence[Line]]:
    """Reports that each reader's units owe, on the days before and after the moment that holds for the unit.
    Four queries.
    """
    if not readers:
        return {}
    day = readers[0].day
    own = posts_of([reader.user.pk for reader in readers], REPORTING, day)
    wanted = {reader.user.pk: reader.reminded_of() for reader in readers if reader.user.pk in own}
    units = {pk for user in wanted for pk in own[user]}
    dates = {due for dues in wanted.values() for due in dues}
    if not units or not dates:
        return {}
    by_unit = _owed(units, dates)
    known = names(by_unit, day)
    found: dict[int, list[Line]] = {}
    for user, dues in wanted.items():
        rows = [row for unit in own[user] for row in by_unit.get(unit, ()) if _day(row) in dues]
        rows.sort(key=lambda row: (row.due_at, row.pk))
        found[user] = [_line(row, known.get(row.organisation_id, ""), day) for row in rows]
    return found


def _owed(units: set[int], dates: set[date]) -> dict[int, list[Obligation]]:
    """What is owed in open periods and falls on one of the dates, by unit."""
    rows = Obligation.objects.filter(
        organisation__in=units, period__state=Period.State.OPEN, discharged_by=None
    ).outstanding()
    found: dict[int, list[Obligation]] = defaultdict(list)
    for row in rows.select_related("period__form_version__form"):
        if _day(row) in dates:
            found[row.organisation_id].append(row)
    return found


def _day(row: Obligation) -> date:
    return timezone.localtime(row.due_at).date()


def _title(row: Obligation) -> str:
    return Truncator(f"{row.period.form_version.form.title}: {row.period.title}").chars(LONGEST)


def _line(row: Obligation, unit: str, day: date) -> Line:
    words = _("%(until)s (%(left)s): %(report)s, %(unit)s") % {
        "until": format_moment(row.due_at),
        "left": days_until(_day(row), day),
        "report": _title(row),
        "unit": unit,
    }
    href = page("report", row.pk) or reverse("reporting:own")
    return Line(words, href, f"reporting.obligation:{row.pk}")


def due_days(user: User, first: date, last: date) -> Iterator[CalendarEvent]:
    """The day that holds for each report of the user's units; one that need not be sent any more is told as
    cancelled. Two queries.
    """
    units = scope_of(user).organisations(*REPORTING)
    if not units:
        return
    since = timezone.now() - CANCELLED_FOR
    going = Q(period__state=Period.State.OPEN) & ~Q(state=State.EXCUSED)
    over = Q(changed_at__gte=since, state=State.EXCUSED) | Q(
        period__closed_at__gte=since, period__opened_at__isnull=False
    )
    rows = Obligation.objects.filter(going | over, organisation__in=units, discharged_by=None)
    found = list(rows.select_related("period__form_version__form").order_by("-pk")[:MOST])
    known = names(units, timezone.localdate())
    for row in found:
        if first <= _day(row) <= last:
            yield _event(row, known.get(row.organisation_id, ""))


def _event(row: Obligation, unit: str) -> CalendarEvent:
    period = row.period
    sent = row.state in RECEIVED
    title = _("Sent: %(report)s") if sent else _("Send: %(report)s")
    ended = row.state == State.EXCUSED or (period.state == Period.State.CLOSED and not sent)
    why = ending_words(row.excused_reason or period.closed_reason) if ended else ""
    words = [unit, format_moment(row.due_at), period.request[:600], why]
    changes = (row.changed_at, period.changed_at, period.opened_at, period.created_at)
    return CalendarEvent(
        uid=f"report-{row.pk}",
        day=_day(row),
        summary=title % {"report": _title(row)},
        description="\n".join(filter(None, words)),
        href=page("report", row.pk) or reverse("reporting:own"),
        sequence=row.version + period.revision,
        changed_at=max(moment for moment in changes if moment is not None),
        cancelled=ended,
    )
