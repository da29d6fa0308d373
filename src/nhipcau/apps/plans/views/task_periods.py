"""The periods of a task that comes again, on its page: the open one, what became of earlier ones."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.forms import Form
from django.utils import timezone

from nhipcau.apps.access.policies import can
from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.directory import names
from nhipcau.apps.plans.dates import reckoning
from nhipcau.apps.plans.forms.task import SettleForm
from nhipcau.apps.plans.forms.update import ReturnLateForm
from nhipcau.apps.plans.models import LateEvidence, LateReport, PeriodPart, Status, Task, TaskPeriod
from nhipcau.apps.plans.periods import closes_as, next_turn
from nhipcau.apps.plans.views.task_rows import sign_of
from nhipcau.apps.webkit.outcomes import Outcome

# Newest first; older ones are counted below the list.
MOST = 12


@dataclass(frozen=True, slots=True)
class Part:
    """What a body had done of a closed period, with all that it sent late. `settle` where it may be noted
    that it was done after all, `back` where what was sent may be returned, `late` where the reader's own
    agency may report.
    """

    name: str
    outcome: Outcome
    part: PeriodPart
    reports: list[LateReport] = field(default_factory=list)
    settle: Form | None = None
    back: Form | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """`done` of `total` bodies that were charged had their work accepted."""

    period: TaskPeriod
    outcome: Outcome
    parts: list[Part] = field(default_factory=list)
    done: int = 0
    total: int = 0
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class Periods:
    """`next_on` is the next due day as found today; `may_open` when the reader may open it now."""

    lines: list[Period]
    more: int
    next_on: date | None
    may_open: bool


@dataclass(frozen=True, slots=True)
class Reader:
    """What the reader may do: settle any part, report for her own agencies; `wrong` forms by part."""

    settles: bool
    own: frozenset[int]
    wrong: dict[int, Form]


def periods_of(task: Task, user: User, wrong: dict[int, Form] | None = None) -> Periods | None:
    """None of a task that does not come again. `wrong` are forms, by part, that are to be put right."""
    if task.period is None:
        return None
    today = timezone.localdate()
    rows = TaskPeriod.objects.visible_to(user).filter(task=task)
    sent = Prefetch("parts__reports", told_about(user))
    found = list(rows.order_by("-number").prefetch_related("parts", sent)[: MOST + 1])
    lives = task.ended_at is None
    own = scope_of(user).organisations("officer", "commune_officer") if lives else frozenset()
    reader = Reader(lives and can(user, "settle_period", task), own, wrong or {})
    lines = [_line(period, today, reader) for period in found[:MOST]]
    here = next((period for period in found if period.closed_at is None), None)
    turn = None
    if here is not None and task.ended_at is None:
        turn = next_turn(task.due_dates.filter(ended_at=None), here.stated_on, reckoning())
    ripe = here is not None and turn is not None and closes_as(task, here, turn, today) is not None
    return Periods(
        lines=lines,
        more=max(task.period - MOST, 0),
        next_on=turn.due_on if turn else None,
        may_open=ripe and can(user, "open_period", task),
    )


def _line(period: TaskPeriod, today: date, reader: Reader) -> Period:
    """Closed work keeps the names of its time."""
    rows = [row for row in period.parts.all() if row.organisation_id]
    day = timezone.localdate(period.closed_at) if period.closed_at else today
    known = names({row.organisation_id for row in rows if row.organisation_id}, day)
    parts = [_part(row, known.get(row.organisation_id or 0, row.phrase), today, reader) for row in rows]
    charged = [row for row in rows if not row.partner] or rows
    done_count = sum(row.status == Status.ACCEPTED for row in charged)
    shown = any(row.pk in reader.wrong for row in rows)
    return Period(period, sign_of(period, today), parts, done_count, len(charged), shown)


def _part(row: PeriodPart, name: str, today: date, reader: Reader) -> Part:
    part = Part(name, sign_of(row, today), row, list(row.reports.all()))
    if row.status == Status.ACCEPTED:
        return part
    if reader.settles:
        return _settling(part, reader.wrong.get(row.pk))
    return replace(part, late=row.organisation_id in reader.own)


def _settling(part: Part, wrong: Form | None) -> Part:
    """Accept or return what was sent; what was done without a word of the agency can be noted too."""
    row, last = part.part, part.reports[-1] if part.reports else None
    known = {"done_on": row.done_on, "reason": last.text[:300] if last else ""}
    settle = SettleForm(initial=known, auto_id=f"p{row.pk}_%s")
    found = replace(part, settle=wrong if isinstance(wrong, SettleForm) else settle)
    if last is None or row.status != Status.REPORTED:
        return found
    fresh = ReturnLateForm(initial={"report": last.pk}, auto_id=f"t{row.pk}_%s")
    return replace(found, back=wrong if isinstance(wrong, ReturnLateForm) else fresh)


def told_about(user: User) -> QuerySet[LateReport]:
    """Late reports in sight, with their files and people."""
    rows = LateReport.objects.visible_to(user).select_related("created_by", "returned_by")
    return rows.prefetch_related(
        Prefetch("evidence", LateEvidence.objects.visible_to(user)), "evidence__upload"
    )


def told_of(part: PeriodPart, user: User) -> list[LateReport]:
    """What was sent late for a part, the first one first."""
    return list(told_about(user).filter(part=part))
