"""Rows of two predecessors that would meet in one of their successor's: which goes on, which end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from nhipcau.apps.orgs.carrying import Joined, Model, Values
from nhipcau.apps.plans.models import (
    Assignment,
    ConsultationAnswer,
    Estimate,
    EstimateLine,
    OwnPlan,
    ReportingDuty,
    Role,
    RoundAgency,
    Status,
)

JOINED, ABOLISHED = "joined", "abolished"
# Who leads comes before who follows.
STRENGTH = {role: place for place, role in enumerate((Role.LEAD, Role.RESPONSIBLE, Role.COORDINATE))}


def join_assignments(moves: Mapping[Any, int]) -> Joined:
    """A body has one assignment in a task. Of several that would meet in it one goes on, with the strongest
    role; open work goes before what was accepted, a charge before help. The others end.
    """
    moving = {row.pk: row for row in Assignment.objects.filter(pk__in=moves)}
    tasks = {row.task_id for row in moving.values()}
    there = Assignment.objects.filter(
        task__in=tasks, organisation__in=set(moves.values()), ended_at=None
    ).exclude(pk__in=moves)
    meet: dict[tuple[int, int], list[Assignment]] = defaultdict(list)
    for row in (*moving.values(), *there):
        meet[row.task_id, moves.get(row.pk, row.organisation_id or 0)].append(row)
    now, found = timezone.now(), Joined()
    for rows in meet.values():
        if len(rows) > 1:
            first, *others = sorted(rows, key=_rank)
            values = _strongest(first, others)
            if values:
                found.kept[first.pk] = values
            found.closed.update({row.pk: {"ended_at": now, "ended_reason": JOINED} for row in others})
    return found


def _rank(row: Assignment) -> tuple[Any, ...]:
    waits = row.status == Status.NOT_BEGUN
    return (row.status == Status.ACCEPTED, row.partner, _strength(row.role), waits, row.pk)


def _strength(role: str) -> int:
    return STRENGTH.get(Role(role), len(STRENGTH))


def _strongest(first: Assignment, others: Sequence[Assignment]) -> Values:
    """What the one that goes on takes from the others: a charge, and the strongest role of those charged."""
    charged = [row for row in (first, *others) if not row.partner]
    role = min((row.role for row in charged or (first, *others)), key=_strength)
    values: Values = {}
    if role != first.role:
        values["role"] = role
    if charged and first.partner:
        values["partner"] = False
    return values


def _met(rows: Mapping[Any, int], moves: Mapping[Any, int], there: set[tuple[int, int]]) -> list[Any]:
    """Keys of rows whose place at the successor is taken; `rows` maps a key to what may be there once."""
    taken, found = set(there), []
    for pk, what in sorted(rows.items()):
        if (what, moves[pk]) in taken:
            found.append(pk)
        taken.add((what, moves[pk]))
    return found


def join_duties(moves: Mapping[Any, int]) -> Joined:
    """Two predecessors owe the same report: one row is enough."""
    links: Any = ReportingDuty.organisations.through._base_manager
    rows = dict(links.filter(pk__in=moves).values_list("pk", "reportingduty_id"))
    there = links.filter(reportingduty__in=set(rows.values()), organisation__in=set(moves.values()))
    taken = set(there.exclude(pk__in=moves).values_list("reportingduty_id", "organisation_id"))
    return Joined(closed={pk: {} for pk in _met(rows, moves, taken)})


def join_own_plans(moves: Mapping[Any, int]) -> Joined:
    """Neither has issued yet, or the successor has: one row is enough."""
    rows = dict(OwnPlan.objects.filter(pk__in=moves).values_list("pk", "duty_id"))
    there = OwnPlan.objects.filter(duty__in=set(rows.values()), organisation__in=set(moves.values()))
    taken = set(there.exclude(pk__in=moves).values_list("duty_id", "organisation_id"))
    return Joined(closed={pk: {} for pk in _met(rows, moves, taken)})


def join_answers(moves: Mapping[Any, int]) -> Joined:
    """An agency is asked once: its own answer goes before one that a predecessor has not given."""
    rows = dict(ConsultationAnswer.objects.filter(pk__in=moves).values_list("pk", "consultation_id"))
    there = ConsultationAnswer.objects.filter(
        consultation__in=set(rows.values()), organisation__in=set(moves.values())
    )
    taken = set(there.exclude(pk__in=moves).values_list("consultation_id", "organisation_id"))
    return Joined(closed={pk: {} for pk in _met(rows, moves, taken)})


def join_rounds(moves: Mapping[Any, int]) -> Joined:
    """An agency is asked once a round: what a predecessor has drafted goes into its successor's answer, and
    one that was sent already comes back for it.
    """
    moving = list(RoundAgency.objects.filter(pk__in=moves).order_by("pk"))
    there = RoundAgency.objects.filter(
        round__in={row.round_id for row in moving}, organisation__in=set(moves.values())
    )
    first = {(row.round_id, row.organisation_id): row for row in there.exclude(pk__in=moves).order_by("pk")}
    found = Joined()
    for row in moving:
        place = (row.round_id, moves[row.pk])
        kept = first.setdefault(place, row)
        if kept is not row:
            found.closed[row.pk] = {}
            drafted = _hand_on(found, row, kept)
            if drafted and kept.sent_at is not None:
                found.kept[kept.pk] = {
                    "sent_at": None,
                    "returned_at": timezone.now(),
                    "returned_reason": JOINED,
                }
    return found


def _hand_on(found: Joined, row: RoundAgency, kept: RoundAgency) -> bool:
    """The estimates of `row` to `kept`; for a task that both have, the lines. Whether there were any."""
    theirs = {estimate.task_id: estimate for estimate in Estimate.objects.filter(asked=kept)}
    mine = list(Estimate.objects.filter(asked=row))
    for estimate in mine:
        same = theirs.get(estimate.task_id)
        if same is None:
            theirs[estimate.task_id] = estimate
            _also(found, Estimate, estimate.pk, {"asked_id": kept.pk})
            continue
        for line in EstimateLine.objects.filter(estimate=estimate).values_list("pk", flat=True):
            _also(found, EstimateLine, line, {"estimate_id": same.pk})
        found.gone.append(estimate)
    return bool(mine)


def _also(found: Joined, model: Model, key: Any, values: Values) -> None:
    found.also[model, key] = values
