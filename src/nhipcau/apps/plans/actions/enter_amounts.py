"""What one step gives an agency's lines: the lead agency's view, appraisal, allocation, what was spent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.actions.fill_estimates import locked
from nhipcau.apps.plans.estimating import BY_STAGE, STEPS, Stage, Step, present
from nhipcau.apps.plans.models import EstimateAmount, EstimateLine, RoundAgency
from nhipcau.apps.plans.refusals import Refused
from nhipcau.core.money import MOST


@dataclass(frozen=True, slots=True)
class Given:
    """An amount in đồng, 0 for none granted; None takes back what was entered."""

    amount: int | None
    reason: str = ""


def enter_amounts(
    asked: RoundAgency,
    stage: str,
    given: Mapping[int, Given],
    *,
    decided_on: date,
    actor: User,
    version: int | None = None,
) -> int:
    """Enter amounts by line (id); returns how many changed. All or none.

    Raises Refused: "stage-day", "round-closed", "estimates-changed", "estimates-not-sent", "stage-before",
    "stage-after", "stage-reason", "too-much-money".
    """
    step = BY_STAGE[Stage(stage)]
    if decided_on > timezone.localdate():
        raise Refused("stage-day")
    with act(actor, "plans.enter_amounts", asked, permission=step.permission) as entry:
        fresh = locked(asked, version)
        if fresh.sent_at is None:
            raise Refused("estimates-not-sent")
        rows = EstimateLine.objects.filter(estimate__asked=fresh, ended_at=None, pk__in=given)
        lines = {line.pk: line for line in rows}
        there = present(lines)
        changed = 0
        for pk, line in lines.items():
            old = there[pk].get(step.stage)
            now = Given(given[pk].amount, given[pk].reason.strip()[:300])
            if now == (Given(old.amount, old.reason) if old else Given(None, now.reason)):
                continue
            _check(step, line, there[pk], now)
            if old is not None:
                old.replaced_at = timezone.now()
                old.save(update_fields=["replaced_at"])
            if now.amount is not None:
                EstimateAmount.objects.create(
                    line=line,
                    stage=step.stage,
                    amount=now.amount,
                    decided_on=decided_on,
                    reason=now.reason,
                    entered_by=actor,
                )
            changed += 1
        fresh.save(update_fields=["version"])
        note(entry, stage=str(step.stage), lines=changed, round=fresh.round_id)
    return changed


def _check(step: Step, line: EstimateLine, there: Mapping[str, EstimateAmount], given: Given) -> None:
    later = STEPS[STEPS.index(step) + 1 :]
    if any(each.stage in there for each in later):
        raise Refused("stage-after", content=line.content)
    if given.amount is None:
        return
    if given.amount > MOST:
        raise Refused("too-much-money", content=line.content)
    if step.before is not None and step.before not in there:
        raise Refused("stage-before", content=line.content)
    before = there[step.before].amount if step.before is not None else line.amount
    differs = given.amount > before if step.only_above else given.amount != before
    if differs and not given.reason:
        raise Refused("stage-reason", content=line.content)
