"""Due dates of one's agency's tasks as days of a private calendar."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.audit.models import Event
from nhipcau.apps.notices import registers
from nhipcau.apps.notices.registers import CalendarEvent
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.orgs.holders import REPORTING
from nhipcau.apps.plans.models import Assignment, Status
from nhipcau.apps.plans.reminders import concerns

TITLE, QUOTE = 80, 600
MOST = 1500
# So long an ended one is still told as cancelled: programs ask once a day or more often.
CANCELLED_FOR = timedelta(days=60)
MOVES = frozenset(("due_on", "ended_at", "status", "task_id"))


def register() -> None:
    """Called once at start."""
    registers.events(due_days)


def due_days(user: User, first: date, last: date) -> Iterator[CalendarEvent]:
    """Three queries."""
    scope = scope_of(user)
    own = scope.organisations(*REPORTING)
    if not own:
        return
    ended = Q(ended_at=None) | Q(ended_at__gte=timezone.now() - CANCELLED_FOR)
    found = (
        Assignment.objects.filter(ended, organisation__in=own, due_on__range=(first, last))
        .select_related("task__document")
        .defer("task__document__reading")
        .order_by("-due_on", "pk")[:MOST]
    )
    posts = scope.posts
    rows = [
        row
        for row in found
        if concerns(row.specialist_id, user.pk, posts.get(row.organisation_id or 0, ("",)))
    ]
    changes = _changes([row.pk for row in rows])
    known = names(own, timezone.localdate())
    for row in rows:
        sequence, changed = changes.get(row.pk, (0, None))
        yield _event(row, known.get(row.organisation_id or 0, ""), sequence, changed or row.changed_at)


def _changes(pks: Collection[int]) -> dict[int, tuple[int, datetime | None]]:
    """How often an assignment's date or state changed, whoever changed it, and when last: from the record."""
    events = Event.objects.filter(
        subject_type="plans.assignment", subject_id__in=[str(pk) for pk in pks], source=Event.Source.ROW
    )
    found: dict[int, tuple[int, datetime | None]] = defaultdict(lambda: (0, None))
    for pk, at, verb, data in events.order_by("pk").values_list("subject_id", "at", "verb", "data"):
        count, _last = found[int(pk)]
        if verb == "row.insert" or MOVES & set((data or {}).get("is", {})):
            found[int(pk)] = (count + (verb != "row.insert"), at)
    return found


def _event(row: Assignment, agency: str, sequence: int, changed: datetime) -> CalendarEvent:
    title = Truncator(row.task.text).chars(TITLE)
    if row.status == Status.ACCEPTED:
        title = _("Done: %(task)s") % {"task": title}
    source = row.task.document.number or row.task.document.title
    words = [agency, str(row.get_role_display()), source, Truncator(row.task.text).chars(QUOTE)]
    return CalendarEvent(
        uid=f"assignment-{row.pk}",
        day=row.due_on or timezone.localdate(),
        summary=title,
        description="\n".join(filter(None, words)),
        href=reverse("plans:task", args=[row.task_id]),
        sequence=sequence,
        changed_at=changed,
        cancelled=row.ended_at is not None,
    )
