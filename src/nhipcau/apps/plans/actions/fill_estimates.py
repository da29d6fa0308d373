"""An agency writes down what it needs, all its tasks at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.estimating import times
from nhipcau.apps.plans.models import Assignment, Estimate, EstimateLine, RoundAgency
from nhipcau.apps.plans.refusals import Refused
from nhipcau.core.money import MOST

FIELDS = ("content", "unit", "quantity", "norm", "source")


@dataclass(frozen=True, slots=True)
class Entered:
    """A line as entered; `pk` is the line that it was before, None for a new one."""

    task: int
    content: str
    unit: str
    quantity: Decimal
    norm: int
    source: str
    pk: int | None = None


def locked(asked: RoundAgency, version: int | None) -> RoundAgency:
    """The agency's part of the round for a change. Raises Refused("round-closed") and
    Refused("estimates-changed") when it is not at `version` any more.
    """
    fresh = RoundAgency.objects.select_for_update(of=("self",)).select_related("round").get(pk=asked.pk)
    if fresh.round.closed_at is not None:
        raise Refused("round-closed")
    if version is not None and fresh.version != version:
        raise Refused("estimates-changed")
    fresh.version += 1
    return fresh


def fill_estimates(asked: RoundAgency, lines: Sequence[Entered], *, version: int, actor: User) -> RoundAgency:
    """The agency's lines become `lines`; those of before that are not among them go.

    Raises Refused: "round-closed", "estimates-changed", "estimates-sent", "not-your-task", "too-much-money".
    """
    with act(actor, "plans.fill_estimates", asked, permission="fill") as entry:
        fresh = locked(asked, version)
        if fresh.sent_at is not None:
            raise Refused("estimates-sent")
        before = {
            line.pk: line
            for line in EstimateLine.objects.filter(estimate__asked=fresh, ended_at=None).select_related(
                "estimate"
            )
        }
        estimates = _estimates(fresh, lines, {line.estimate.task_id for line in before.values()})
        kept = set()
        for position, line in enumerate(lines):
            old = before.get(line.pk or 0)
            if old is None or not _same(old, line):
                _write(fresh, estimates[line.task], line, position, old)
            elif old.position != position:
                EstimateLine.objects.filter(pk=old.pk).update(position=position)
            if old is not None:
                kept.add(old.pk)
        _end(fresh, [line for pk, line in before.items() if pk not in kept])
        fresh.save(update_fields=["version"])
        note(entry, lines=len(lines), removed=len(before) - len(kept), total=sum(map(_amount, lines)))
    return fresh


def _estimates(asked: RoundAgency, lines: Sequence[Entered], old: set[int]) -> dict[int, Estimate]:
    """The estimate of every task named, made where it is missing."""
    wanted = {line.task for line in lines}
    theirs = Assignment.objects.filter(
        task__in=wanted - old, organisation=asked.organisation_id, ended_at=None, task__ended_at=None
    )
    if wanted - old - set(theirs.values_list("task_id", flat=True)):
        raise Refused("not-your-task")
    there = set(asked.estimates.values_list("task_id", flat=True))
    Estimate.objects.bulk_create(Estimate(asked=asked, task_id=pk) for pk in sorted(wanted - there))
    return {each.task_id: each for each in asked.estimates.all()}


def _amount(line: Entered) -> int:
    amount = times(line.quantity, line.norm)
    if amount > MOST:
        raise Refused("too-much-money", content=line.content)
    return amount


def _same(old: EstimateLine, line: Entered) -> bool:
    return old.estimate.task_id == line.task and all(
        getattr(old, name) == getattr(line, name) for name in FIELDS
    )


def _write(
    asked: RoundAgency, estimate: Estimate, line: Entered, position: int, old: EstimateLine | None
) -> None:
    """A draft is changed in place; what was sent once ends and is followed by another line."""
    row = old if old is not None and asked.first_sent_at is None else EstimateLine()
    if old is not None and row is not old:
        _end(asked, [old])
    for name in FIELDS:
        setattr(row, name, getattr(line, name))
    row.estimate, row.position, row.amount = estimate, position, _amount(line)
    row.save()


def _end(asked: RoundAgency, lines: Sequence[EstimateLine]) -> None:
    rows = EstimateLine.objects.filter(pk__in=[line.pk for line in lines])
    if asked.first_sent_at is None:
        rows.delete()
    else:
        rows.update(ended_at=timezone.now())
