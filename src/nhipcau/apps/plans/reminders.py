"""What the daily mail says of tasks: to those who carry them out, and to those who oversee them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from nhipcau.apps.access.scope import Role
from nhipcau.apps.notices import registers
from nhipcau.apps.notices.registers import Line, Reader
from nhipcau.apps.orgs.directory import versions
from nhipcau.apps.orgs.holders import REPORTING, holders, posts_of
from nhipcau.apps.plans.models import Assignment, Status
from nhipcau.apps.plans.models.outcome import DELIVERED
from nhipcau.apps.webkit.formats import days_until, format_date, format_number

LONGEST = 160
OVERSEEING: tuple[Role, ...] = ("coordinator",)


def register() -> None:
    """Called once at start."""
    registers.section(gettext_lazy("Due soon or overdue"), due_lines)
    registers.section(gettext_lazy("To accept or to ask after"), overseeing_lines)


def due_lines(readers: Sequence[Reader]) -> Mapping[int, Sequence[Line]]:
    """Open assignments of each reader's agencies, on the days before and after their dates. Three queries."""
    if not readers:
        return {}
    day = readers[0].day
    own = posts_of([reader.user.pk for reader in readers], REPORTING, day)
    wanted = {reader.user.pk: reader.reminded_of() for reader in readers if reader.user.pk in own}
    dates = {due for dues in wanted.values() for due in dues}
    agencies = {pk for user in wanted for pk in own[user]}
    if not dates or not agencies:
        return {}
    by_agency = _open_on(agencies, dates)
    found: dict[int, list[Line]] = {}
    for user, dues in wanted.items():
        rows = [
            row
            for agency, posts in own[user].items()
            for row in by_agency.get(agency, ())
            if row.due_on in dues and concerns(row.specialist_id, user, posts)
        ]
        unique = {row.task_id: row for row in sorted(rows, key=lambda row: (row.due_on or day, row.pk))}
        found[user] = [_due_line(row, day) for row in unique.values()]
    return found


def concerns(specialist: int | None, user: int, posts: Collection[str]) -> bool:
    """Whether an assignment is for her: a specialist's is not for her agency's other specialists."""
    return specialist in (None, user) or bool(set(posts) - {"specialist"})


def _open_on(agencies: set[int], dates: set[date]) -> dict[int, list[Assignment]]:
    rows = Assignment.objects.filter(
        organisation__in=agencies, due_on__in=dates, ended_at=None, task__ended_at=None
    ).exclude(status__in=DELIVERED)
    found: dict[int, list[Assignment]] = defaultdict(list)
    for row in rows.select_related("task").only(
        "organisation_id", "due_on", "specialist_id", "task_id", "task__text"
    ):
        found[row.organisation_id or 0].append(row)
    return found


def _due_line(row: Assignment, day: date) -> Line:
    due = row.due_on or day
    words = _("%(due)s (%(left)s): %(task)s") % {
        "due": format_date(due),
        "left": days_until(due, day),
        "task": Truncator(row.task.text).chars(LONGEST),
    }
    return Line(words, reverse("plans:task", args=[row.task_id]), f"plans.task:{row.task_id}")


def overseeing_lines(readers: Sequence[Reader]) -> Mapping[int, Sequence[Line]]:
    """For coordinators: reports that wait to be accepted, and agencies in which something has become overdue
    by one of the reader's days. Four queries.
    """
    if not readers:
        return {}
    day = readers[0].day
    overseeing = {user.pk for user in holders(OVERSEEING, day)}
    mine = [reader for reader in readers if reader.user.pk in overseeing]
    if not mine:
        return {}
    waiting, overdue = _waiting(day), _overdue(day)
    return {reader.user.pk: [*waiting, *_overdue_lines(reader, overdue)] for reader in mine}


def _waiting(day: date) -> list[Line]:
    rows = Assignment.objects.filter(status=Status.REPORTED, ended_at=None, task__ended_at=None)
    counted = rows.order_by().aggregate(count=Count("pk"), first=Min("done_on"))
    if not counted["count"]:
        return []
    words = ngettext(
        "%(n)s report waits to be accepted, the oldest of %(first)s",
        "%(n)s reports wait to be accepted, the oldest of %(first)s",
        counted["count"],
    ) % {"n": format_number(counted["count"]), "first": format_date(counted["first"] or day)}
    return [Line(words, f"{reverse('plans:tasks')}?status=open")]


def _overdue(day: date) -> list[tuple[str, int, list[date]]]:
    """Name, id and due dates of each agency that is late with something, by name."""
    rows = Assignment.objects.filter(
        organisation__isnull=False, due_on__lt=day, ended_at=None, task__ended_at=None
    ).exclude(status__in=DELIVERED)
    dues: dict[int, list[date]] = defaultdict(list)
    for pk, due in rows.order_by("due_on").values_list("organisation_id", "due_on"):
        dues[pk or 0].append(due or day)
    known = versions(dues, day)
    by_name = sorted(dues, key=lambda pk: known[pk].name_sort if pk in known else "")
    return [(known[pk].name if pk in known else "?", pk, dues[pk]) for pk in by_name]


def _overdue_lines(reader: Reader, overdue: Sequence[tuple[str, int, list[date]]]) -> list[Line]:
    wanted = {due for due, left in reader.reminded_of().items() if left < 0}
    lines = []
    for name, pk, dues in overdue:
        fresh = sum(due in wanted for due in dues)
        if fresh:
            words = ngettext(
                "%(agency)s: %(n)s task is overdue, the oldest since %(first)s",
                "%(agency)s: %(n)s tasks are overdue, the oldest since %(first)s",
                len(dues),
            ) % {"agency": name, "n": format_number(len(dues)), "first": format_date(dues[0])}
            lines.append(Line(words, f"{reverse('plans:tasks')}?agency={pk}&status=open_overdue"))
    return lines
