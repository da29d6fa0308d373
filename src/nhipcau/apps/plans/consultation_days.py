"""Consultations as days: of the daily mail of those who oversee them, of everybody's private calendar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time

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
from nhipcau.apps.orgs.holders import REPORTING, holders
from nhipcau.apps.plans.consulting import Standing, standings
from nhipcau.apps.plans.due_calendar import CANCELLED_FOR, MOST, QUOTE, TITLE
from nhipcau.apps.plans.models import Consultation, ConsultationAnswer
from nhipcau.apps.plans.reminders import OVERSEEING
from nhipcau.apps.webkit.formats import days_until, format_date, format_number

LONGEST = 160


def register() -> None:
    """Called once at start."""
    registers.section(gettext_lazy("Opinions that come in"), incoming_lines)
    registers.events(opinions_due)
    registers.events(opinions_to_collect)


def incoming_lines(readers: Sequence[Reader]) -> Mapping[int, Sequence[Line]]:
    """For coordinators: how many have answered, on the days before and after the day that was set. Four
    queries.
    """
    if not readers:
        return {}
    day = readers[0].day
    overseeing = {user.pk for user in holders(OVERSEEING, day)}
    wanted = {reader.user.pk: reader.reminded_of() for reader in readers if reader.user.pk in overseeing}
    dates = {due for dues in wanted.values() for due in dues}
    if not dates:
        return {}
    rows = list(Consultation.objects.filter(closed_at=None, due_on__in=dates).order_by("due_on", "pk"))
    known = standings([row.pk for row in rows])
    return {
        user: [_line(row, known[row.pk], day) for row in rows if row.due_on in dues]
        for user, dues in wanted.items()
    }


def _line(row: Consultation, standing: Standing, day: date) -> Line:
    words = _("%(due)s (%(left)s): %(answered)s of %(asked)s agencies gave their opinion on “%(title)s”") % {
        "due": format_date(row.due_on),
        "left": days_until(row.due_on, day),
        "answered": format_number(standing.answered),
        "asked": format_number(standing.asked),
        "title": Truncator(row.title).chars(LONGEST),
    }
    return Line(words, reverse("plans:consultation", args=[row.pk]), f"plans.consultation:{row.pk}")


def opinions_due(user: User, first: date, last: date) -> Iterator[CalendarEvent]:
    """What the reader's own agencies are asked for. Two queries."""
    own = scope_of(user).organisations(*REPORTING)
    if not own:
        return
    rows = ConsultationAnswer.objects.filter(
        _lately(), organisation__in=own, consultation__due_on__range=(first, last)
    ).select_related("consultation")
    found = list(rows.order_by("-consultation__due_on", "pk")[:MOST])
    known = names(own, timezone.localdate()) if found else {}
    for row in found:
        given = bool(row.kind)
        yield _event(
            row.consultation,
            f"opinion-{row.pk}",
            _("Opinion given: %(title)s") if given else _("Opinion due: %(title)s"),
            known.get(row.organisation_id, ""),
            href=reverse("plans:consultation_answer", args=[row.pk]),
            sequence=row.version,
            answered_on=row.answered_on,
            cancelled=row.consultation.closed_at is not None and not given,
        )


def opinions_to_collect(user: User, first: date, last: date) -> Iterator[CalendarEvent]:
    """For coordinators: the days by which they wanted opinions. One query."""
    if not scope_of(user).has("coordinator"):
        return
    rows = Consultation.objects.visible_to(user).filter(due_on__range=(first, last))
    rows = rows.filter(Q(closed_at=None) | Q(closed_at__gte=timezone.now() - CANCELLED_FOR))
    for row in rows.order_by("-due_on", "pk")[:MOST]:
        yield _event(
            row,
            f"consultation-{row.pk}",
            _("Opinions to come in: %(title)s"),
            "",
            href=reverse("plans:consultation", args=[row.pk]),
            cancelled=row.closed_at is not None,
        )


def _lately() -> Q:
    """Open, answered, or closed so lately that calendars still have to hear of it."""
    closed = Q(consultation__closed_at__gte=timezone.now() - CANCELLED_FOR)
    return Q(consultation__closed_at=None) | ~Q(kind="") | closed


def _event(
    row: Consultation,
    uid: str,
    summary: str,
    agency: str,
    *,
    href: str,
    cancelled: bool,
    sequence: int = 0,
    answered_on: date | None = None,
) -> CalendarEvent:
    words = [agency, row.letter_number, Truncator(row.question or row.title).chars(QUOTE)]
    changes = [row.created_at, *([row.closed_at] if row.closed_at else [])]
    if answered_on is not None:
        changes.append(timezone.make_aware(datetime.combine(answered_on, time.min)))
    return CalendarEvent(
        uid=uid,
        day=row.due_on,
        summary=summary % {"title": Truncator(row.title).chars(TITLE)},
        description="\n".join(filter(None, words)),
        href=href,
        sequence=sequence + (row.closed_at is not None),
        changed_at=max(changes),
        cancelled=cancelled,
    )
