"""The named counts of plans and tasks, with the pages on which their rows stand."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nhipcau.apps.indicators.registers import Counts, Links, NamedCount, offer
from nhipcau.apps.plans import counting
from nhipcau.apps.plans.models import Kind, Outcome
from nhipcau.core.workdays import Window

TASKS = pgettext_lazy("measure", "tasks")
# Every day of theirs has its year. Not so what is as at one day, nor what is counted once however often.
BY_YEAR = (counting.YEAR,)
MOMENT = "the list of tasks has no filter by the day on which something happened"


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _page(path: str, *, of: int | None, **filters: str) -> str:
    wanted = {name: value for name, value in filters.items() if value}
    return f"{path}?{urlencode(wanted | ({'agency': of} if of else {}))}"


def _tasks(status: str = "") -> Links:
    """Tasks due in the window, with the outcome."""

    def links(window: Window, of: int | None) -> str:
        first, last = _day(window.first), _day(window.last)
        return _page(reverse("plans:tasks"), of=of, status=status, due_from=first, due_to=last)

    return links


def _standing(status: str) -> Links:
    """Tasks that are so now: the list knows no past day."""
    return lambda _window, of: _page(reverse("plans:tasks"), of=of, status=status)


def _records(kind: Kind) -> Links:
    def links(window: Window, of: int | None) -> str:
        first, last = _day(window.first), _day(window.last)
        return _page(reverse("plans:records", args=[kind]), of=of, day_from=first, day_to=last)

    return links


def _of_records(name: str, kind: Kind, counts: Counts, *words: str | Promise) -> NamedCount:
    """`words`: label, unit, definition."""
    label, unit, definition = words
    return NamedCount(name, label, unit, definition, counts, splits=BY_YEAR, links=_records(kind))


def _of_outcome(outcome: Outcome, label: str | Promise, definition: str | Promise) -> NamedCount:
    return NamedCount(
        f"plans.tasks_{outcome}",
        label=label,
        unit=TASKS,
        definition=definition,
        counts=counting.outcome(outcome),
        splits=BY_YEAR,
        links=_tasks(str(outcome)),
    )


COUNTS = (
    NamedCount(
        "plans.tasks_due",
        label=_("Tasks due in the period"),
        unit=TASKS,
        definition=_("Parts of tasks with a due date in the period; those of partners are not counted."),
        counts=counting.due(),
        splits=BY_YEAR,
        links=_tasks(),
    ),
    _of_outcome(
        Outcome.DONE_IN_TIME,
        _("Tasks due in the period, done on time"),
        _("Accepted as done, and reported by the due date."),
    ),
    _of_outcome(
        Outcome.DONE_LATE,
        _("Tasks due in the period, done late"),
        _("Accepted as done, and reported after the due date."),
    ),
    _of_outcome(
        Outcome.OPEN_IN_TIME,
        _("Tasks due in the period, open in time"),
        _("Not accepted yet; the due date has not passed, or a report came in time."),
    ),
    _of_outcome(
        Outcome.OPEN_OVERDUE,
        _("Tasks due in the period, open and overdue"),
        _("Not accepted, and past the due date at the moment of counting."),
    ),
    NamedCount(
        "plans.tasks_reported",
        label=_("Tasks reported done"),
        unit=TASKS,
        definition=_("Parts of tasks whose report of completion was sent in the period, each once."),
        counts=counting.reported,
        no_page=MOMENT,
    ),
    NamedCount(
        "plans.tasks_stuck",
        label=_("Tasks that are stuck"),
        unit=TASKS,
        definition=_("Parts of tasks with an obstacle not cleared at the end of the last day."),
        counts=counting.stuck,
        stock=True,
        links=_standing("stuck"),
    ),
    NamedCount(
        "plans.tasks_beyond",
        label=_("Tasks that wait for a decision from above"),
        unit=TASKS,
        definition=_("Stuck parts whose obstacle was escalated and not decided at the end of the last day."),
        counts=counting.beyond,
        stock=True,
        links=_standing("beyond"),
    ),
    NamedCount(
        "plans.obstacles_raised",
        label=_("Obstacles of tasks raised"),
        unit=pgettext_lazy("measure", "obstacles"),
        definition=_("Obstacles that agencies wrote down at their tasks in the period."),
        counts=counting.obstacles("raised_at"),
        splits=BY_YEAR,
        no_page=MOMENT,
    ),
    NamedCount(
        "plans.obstacles_cleared",
        label=_("Obstacles of tasks cleared"),
        unit=pgettext_lazy("measure", "obstacles"),
        definition=_("Obstacles that were cleared in the period, those raised earlier included."),
        counts=counting.obstacles("cleared_at"),
        splits=BY_YEAR,
        no_page=MOMENT,
    ),
    NamedCount(
        "plans.extensions_asked",
        label=_("Extensions asked for"),
        unit=pgettext_lazy("measure", "times"),
        definition=_("Requests for more time that were made in the period."),
        counts=counting.extensions_asked,
        splits=BY_YEAR,
        no_page=MOMENT,
    ),
    NamedCount(
        "plans.extensions_granted",
        label=_("Extensions granted"),
        unit=pgettext_lazy("measure", "times"),
        definition=_("Requests for more time that were granted in the period."),
        counts=counting.extensions_granted,
        splits=BY_YEAR,
        no_page=MOMENT,
    ),
    _of_records(
        "plans.sessions",
        Kind.SESSION,
        counting.sessions,
        _("Dissemination sessions"),
        pgettext_lazy("measure", "sessions"),
        _("Sessions that the agency wrote down and that ended in the period."),
    ),
    _of_records(
        "plans.people_reached",
        Kind.SESSION,
        counting.people_reached,
        _("Attendance at dissemination sessions"),
        pgettext_lazy("measure", "attendances"),
        _("Attendance of the sessions that ended in the period, where it was written down."),
    ),
    _of_records(
        "plans.courses",
        Kind.COURSE,
        counting.courses,
        _("Training courses"),
        pgettext_lazy("measure", "courses"),
        _("Courses that the agency held and that ended in the period."),
    ),
    _of_records(
        "plans.course_participants",
        Kind.COURSE,
        counting.participants,
        _("Participants of training courses"),
        pgettext_lazy("measure", "attendances"),
        _("Participants, of whatever unit, of the courses that the agency held."),
    ),
    _of_records(
        "plans.laws_reviewed",
        Kind.LAW,
        counting.laws,
        _("Legal documents reviewed"),
        pgettext_lazy("measure", "documents"),
        _("Legal documents whose review ended in the period."),
    ),
    _of_records(
        "plans.procedures_reviewed",
        Kind.PROCEDURE,
        counting.procedures,
        _("Procedures reviewed"),
        pgettext_lazy("measure", "procedures"),
        _("Procedures whose review ended in the period."),
    ),
    NamedCount(
        "plans.proposals_sent",
        label=_("Proposals to amend sent"),
        unit=pgettext_lazy("measure", "proposals"),
        definition=_("Reviews whose proposal to change something was sent in the period."),
        counts=counting.proposals,
        splits=BY_YEAR,
        no_page="the lists of reviews have no filter by the day of sending",
    ),
    _of_records(
        "plans.inspections",
        Kind.INSPECTION,
        counting.inspections,
        _("Inspection visits"),
        pgettext_lazy("measure", "visits"),
        _("Visits that the agency made and that ended in the period."),
    ),
    NamedCount(
        "plans.consultations_in_time",
        label=_("Consultations answered in time"),
        unit=pgettext_lazy("measure", "answers"),
        definition=_("Answers given in the period by the day that was set."),
        counts=counting.answered_in_time,
        splits=BY_YEAR,
        no_page="the list of consultations has no filter by the day of the answer",
    ),
    NamedCount(
        "plans.own_plans",
        label=_("Plans of their own that units issued"),
        unit=pgettext_lazy("measure", "plans"),
        definition=_("Plans under a plan's duty to issue one, by their day."),
        counts=counting.own_plans,
        splits=BY_YEAR,
        no_page="own plans stand with the plan that asks for them",
    ),
    NamedCount(
        "plans.spent",
        label=_("Money spent on tasks"),
        unit=pgettext_lazy("measure", "VND"),
        definition=_("Amounts spent that were entered for estimates, by their day, in VND."),
        counts=counting.spent,
        splits=BY_YEAR,
        money=True,
        no_page="estimates are listed by year, not by the day of an amount",
    ),
)


def register() -> None:
    """Called once at start."""
    for count in COUNTS:
        offer(count)
