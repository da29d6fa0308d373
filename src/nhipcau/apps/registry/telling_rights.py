"""Whom the register tells of people's rights: in the daily mail, in private calendars, in messages.

Nothing of it names a person: a request is called by its number and what is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.apps.access.identity import as_part
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.notices import registers
from nhipcau.apps.notices.registers import CalendarEvent, Line, Reader
from nhipcau.apps.registry.keeping import keepers
from nhipcau.apps.registry.models import RightsRequest
from nhipcau.apps.registry.reach import sees_all
from nhipcau.apps.webkit.formats import days_until, format_date

CANCELLED_FOR = timedelta(days=14)
MOST = 200
REGISTER = gettext_lazy("People abroad")


def register() -> None:
    """Called once at start."""
    registers.kinds(
        {
            "registry.unverified": (
                REGISTER,
                gettext_lazy(
                    "What relatives said of %(people)s people was never confirmed and holds no more. "
                    "Ask them, or their relatives again."
                ),
            )
        }
    )
    registers.section(gettext_lazy("Requests of people about their data"), request_lines)
    registers.events(requests_due)


def request_lines(readers: Sequence[Reader]) -> Mapping[int, Sequence[Line]]:
    """For the keeper, on the days before and after what is due. Three queries."""
    if not readers:
        return {}
    day = readers[0].day
    keeping = {user.pk for user in keepers(day)}
    wanted = {reader.user.pk: reader.reminded_of() for reader in readers if reader.user.pk in keeping}
    dates = {due for dues in wanted.values() for due in dues}
    if not dates:
        return {}
    waiting = Q(acknowledged_on=None, acknowledge_by__in=dates) | Q(due_on__in=dates)
    rows = list(RightsRequest.objects.open().filter(waiting).order_by("due_on", "pk"))
    return {
        user: [_line(row, day) for row in rows if {row.next_due, row.due_on} & set(dues)]
        for user, dues in wanted.items()
    }


def _line(row: RightsRequest, day: date) -> Line:
    words = _("%(due)s (%(left)s): %(what)s, request %(number)s")
    values = {
        "due": format_date(row.next_due),
        "left": days_until(row.next_due, day),
        "what": what_is_due(row),
        "number": row.number,
    }
    return Line(words % values, reverse("registry:right", args=[row.pk]), f"registry.rightsrequest:{row.pk}")


def what_is_due(row: RightsRequest) -> str:
    """In words: acknowledge it, or carry it out."""
    if row.acknowledged_on is None:
        return _("acknowledge the request to %(right)s") % {"right": row.get_right_display()}
    return _("answer the request to %(right)s") % {"right": row.get_right_display()}


def requests_due(user: User, first: date, last: date) -> Iterator[CalendarEvent]:
    """For who keeps the register. One query."""
    if not scope_of(user).has("coordinator", "officer") or not sees_all(user):
        return
    lately = timezone.localdate() - CANCELLED_FOR
    rows = RightsRequest.objects.visible_to(user).filter(due_on__range=(first, last))
    rows = rows.filter(Q(ended_on=None) | Q(ended_on__gte=lately))
    # A calendar is fetched by its secret address: nobody has signed in there.
    with as_part("calendar"):
        found = list(rows.order_by("-due_on", "pk")[:MOST])
    for row in found:
        yield CalendarEvent(
            uid=f"rights-{row.pk}",
            day=row.due_on,
            summary=_("Request %(number)s: %(right)s")
            % {"number": row.number, "right": row.get_right_display()},
            description=str(row.get_state_display()),
            href=reverse("registry:right", args=[row.pk]),
            sequence=row.revision,
            changed_at=row.changed_at,
            cancelled=row.ended_on is not None,
        )
