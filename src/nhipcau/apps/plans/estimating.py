"""The steps an estimate takes, and what a round comes to: sums that say of how many they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count
from django.db.models import Sum as Total

from nhipcau.apps.plans.models import EstimateAmount, RoundAgency
from nhipcau.apps.plans.models.estimate import EstimateLineQuerySet
from nhipcau.core.money import Sum, add_up

Stage = EstimateAmount.Stage


@dataclass(frozen=True, slots=True)
class Step:
    """`permission` of the agency's part of the round; `before` is the step that must have an amount, None for
    what was asked for. A reason is needed where the amount differs from that one, or only above it.
    """

    stage: Stage
    permission: str
    before: Stage | None
    only_above: bool = False


STEPS = (
    Step(Stage.ADVISED, "advise", None),
    Step(Stage.APPRAISED, "appraise", Stage.ADVISED),
    Step(Stage.ALLOCATED, "allocate", Stage.APPRAISED),
    Step(Stage.SPENT, "spend", Stage.ALLOCATED, only_above=True),
)
BY_STAGE = {step.stage: step for step in STEPS}


def times(quantity: Decimal, norm: int) -> int:
    """quantity × norm in whole đồng, halves up."""
    return int((quantity * norm).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def present(lines: Collection[int]) -> dict[int, dict[str, EstimateAmount]]:
    """The amounts in force by line and stage. One query."""
    found: dict[int, dict[str, EstimateAmount]] = {pk: {} for pk in lines}
    rows = EstimateAmount.objects.filter(line_id__in=found, replaced_at=None).select_related("entered_by")
    for row in rows:
        found[row.line_id][row.stage] = row
    return found


@dataclass(slots=True)
class Figures:
    """What one agency, or a whole round, comes to. `lines`: how many amounts there could be."""

    asked: Sum
    stages: dict[str, Sum] = field(default_factory=dict)
    sources: dict[str, int] = field(default_factory=dict)
    lines: int = 0


def figures_of(asked: Collection[RoundAgency], lines: EstimateLineQuerySet) -> dict[int, Figures]:
    """By agency's part of the round (id). Not sent is no figure; sent without a line is zero, as it has said.

    Two queries, however many lines.
    """
    sent = [row.pk for row in asked if row.sent_at is not None]
    theirs = lines.filter(estimate__asked__in=sent).order_by()
    found = {
        row.pk: Figures(Sum(None, 0, 1), {each.stage: Sum(None, 0, 0) for each in STEPS}) for row in asked
    }
    for pk in sent:
        found[pk].asked = Sum(0, 1, 1)
    grouped = theirs.values_list("estimate__asked", "source").annotate(n=Count("pk"), total=Total("amount"))
    for pk, source, count, total in grouped:
        row = found[pk]
        row.lines += count
        row.sources[source] = int(total)
        row.asked = Sum((row.asked.amount or 0) + int(total), 1, 1)
    rows = EstimateAmount.objects.filter(replaced_at=None, line__in=theirs.values("pk")).order_by()
    staged = rows.values_list("line__estimate__asked", "stage").annotate(n=Count("pk"), total=Total("amount"))
    given = {(pk, stage): (int(total), count) for pk, stage, count, total in staged}
    for pk in sent:
        for step in STEPS:
            amount, count = given.get((pk, step.stage), (None, 0))
            found[pk].stages[step.stage] = Sum(amount, count, found[pk].lines)
    return found


def _unknown() -> Figures:
    return Figures(Sum(None, 0, 1), {step.stage: Sum(None, 0, 0) for step in STEPS})


def total_of(parts: Iterable[Figures]) -> Figures:
    """Of all agencies: what is asked for counts agencies, the later steps count lines."""
    rows = list(parts)
    sources: dict[str, int] = defaultdict(int)
    for row in rows:
        for source, amount in row.sources.items():
            sources[source] += amount
    return Figures(
        add_up(row.asked.amount for row in rows),
        {step.stage: _together(row.stages[step.stage] for row in rows) for step in STEPS},
        dict(sources),
        sum(row.lines for row in rows),
    )


def _together(sums: Iterable[Sum]) -> Sum:
    rows = list(sums)
    amounts = [row.amount for row in rows if row.amount is not None]
    return Sum(
        sum(amounts) if amounts else None, sum(row.known for row in rows), sum(row.total for row in rows)
    )
