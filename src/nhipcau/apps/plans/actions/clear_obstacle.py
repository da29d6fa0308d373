"""What stood in the way is cleared, by whatever means; and before that, put before a body that decides."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.policies import require
from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.models import Obstacle
from nhipcau.apps.plans.progress import hold
from nhipcau.apps.plans.refusals import Refused, Stale
from nhipcau.apps.plans.telling import tell_agency, tell_overseers


def clear_obstacle(obstacle: Obstacle, how: str, *, actor: User) -> Obstacle:
    """Raises Refused("how"), Stale when somebody cleared it already."""
    if not how.strip():
        raise Refused("how")
    require(actor, "clear", obstacle)
    with transaction.atomic():
        fresh = _hold(obstacle)
        with act(actor, "plans.clear_obstacle", fresh.assignment, permission="view") as entry:
            note(entry, task=fresh.assignment.task_id, obstacle=fresh.pk)
            fresh.cleared_how, fresh.cleared_by, fresh.cleared_at = how.strip(), actor, timezone.now()
            fresh.save()
        key, words = f"cleared:{fresh.pk}", fresh.cleared_how
        tell_agency(fresh.assignment, "plans.cleared", key=key, actor=actor, reason=words)
        tell_overseers(fresh.assignment, "plans.cleared", key=key, actor=actor, reason=words)
    return fresh


def escalate_obstacle(obstacle: Obstacle, body: str, *, actor: User) -> Obstacle:
    """Beyond the authority of those who have the task: put before a named body. Leaders are told.

    Raises Refused("no-body"), Refused("escalated-already"), Stale.
    """
    if not body.strip():
        raise Refused("no-body")
    require(actor, "escalate", obstacle)
    with transaction.atomic():
        fresh = _hold(obstacle)
        if fresh.escalated_to and fresh.decided_on is None:
            raise Refused("escalated-already", body=fresh.escalated_to)
        with act(actor, "plans.escalate_obstacle", fresh.assignment, permission="view") as entry:
            note(entry, task=fresh.assignment.task_id, obstacle=fresh.pk, body=body.strip()[:300])
            fresh.escalated_to = body.strip()[:300]
            fresh.escalated_by, fresh.escalated_at = actor, timezone.now()
            fresh.decision, fresh.decided_on, fresh.decided_by = "", None, None
            fresh.save()
        tell_overseers(
            fresh.assignment,
            "plans.escalated",
            key=f"escalated:{fresh.pk}:{fresh.escalated_at.isoformat()}",
            actor=actor,
            leaders=True,
            body=fresh.escalated_to,
        )
    return fresh


def decide_obstacle(obstacle: Obstacle, decision: str, *, decided_on: date, actor: User) -> Obstacle:
    """What the body decided, recorded by a leader or the coordinator; the agency is told.

    Raises Refused("no-decision"), Refused("decision-day"), Refused("not-escalated"), Stale.
    """
    if not decision.strip():
        raise Refused("no-decision")
    if decided_on > timezone.localdate():
        raise Refused("decision-day")
    require(actor, "decide", obstacle)
    with transaction.atomic():
        fresh = _hold(obstacle)
        if not fresh.escalated_to:
            raise Refused("not-escalated")
        if fresh.decided_on is not None:
            raise Stale("decided-by-other", fresh.decided_by, None)
        with act(actor, "plans.decide_obstacle", fresh.assignment, permission="view") as entry:
            day = decided_on.isoformat()
            note(
                entry,
                task=fresh.assignment.task_id,
                obstacle=fresh.pk,
                body=fresh.escalated_to,
                decided_on=day,
            )
            fresh.decision, fresh.decided_on, fresh.decided_by = decision.strip(), decided_on, actor
            fresh.save()
        tell_agency(
            fresh.assignment,
            "plans.decided",
            key=f"decided:{fresh.pk}:{day}",
            actor=actor,
            body=fresh.escalated_to,
            reason=fresh.decision,
        )
    return fresh


def _hold(obstacle: Obstacle) -> Obstacle:
    """Locked through its task; only one that is not cleared may pass."""
    held = hold(obstacle.assignment)
    fresh = Obstacle.objects.select_for_update().get(pk=obstacle.pk)
    if fresh.cleared_at is not None:
        raise Stale("cleared-by-other", fresh.cleared_by, fresh.cleared_at)
    fresh.assignment = held.row
    return fresh
