"""A duty of an approved plan gets its form and its rhythm; its periods are made ahead. Or it gets none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.plans.models import Document, ReportingDuty
from nhipcau.apps.reporting.actions.create_period import Whom
from nhipcau.apps.reporting.actions.make_ahead import give_up, make_ahead
from nhipcau.apps.reporting.changing import person
from nhipcau.apps.reporting.endings import SCHEDULE_CHANGED, SCHEDULE_ENDED
from nhipcau.apps.reporting.models import Form, Period, Schedule
from nhipcau.apps.reporting.refusals import Refused


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How a duty is met. `rules` as Schedule keeps them."""

    form: Form
    rules: Sequence[dict[str, Any]]
    window_by: str = Period.Window.DECREE
    cut_off_days: int = 0
    opens_days: int = 30
    late_days: int | None = None
    by_parent: bool = False
    until: date | None = None

    def columns(self) -> dict[str, Any]:
        names = ("form", "window_by", "cut_off_days", "opens_days", "late_days", "by_parent", "until")
        return {name: getattr(self, name) for name in names} | {"rules": list(self.rules)}


def settle_schedule(
    duty: ReportingDuty, rhythm: Rhythm, *, actor: Actor, whom: Whom | None = None
) -> Schedule:
    """What was planned otherwise is given up; what is open goes on. `whom` are units that the plan's words
    did not settle: they are added to the duty.

    Raises Refused: "not-approved", "nobody-asked", "no-rule", "form-not-in-use".
    """
    with act(actor, "reporting.settle_schedule", Schedule, permission="create") as entry:
        locked = ReportingDuty.objects.select_for_update().get(pk=duty.pk)
        if locked.document.state != Document.State.APPROVED:
            raise Refused("not-approved")
        if not rhythm.rules:
            raise Refused("no-rule")
        if whom is not None:
            locked.organisations.add(*whom.named)
            locked.sets.add(*whom.sets)
        if not locked.organisations.exists() and not locked.sets.exists():
            raise Refused("nobody-asked")
        if not rhythm.form.versions.filter(state="in_use").exists():
            raise Refused("form-not-in-use")
        made, new = Schedule.objects.update_or_create(
            duty=locked,
            defaults={
                **rhythm.columns(),
                "settled_by": person(actor),
                "settled_at": timezone.now(),
                "ended_at": None,
                "ended_reason": "",
            },
        )
        if not new:
            give_up(Period.objects.filter(duty=locked), SCHEDULE_CHANGED, actor)
        periods = make_ahead(made, actor=actor)
        entry.subject = made
        note(entry, duty=locked.pk, form=rhythm.form.pk, periods=periods)
    return made


def end_schedule(schedule: Schedule, *, reason: str, actor: Actor) -> Schedule:
    """Nothing more is made from it; what is planned is given up, what is open goes on.

    Raises Refused("reason"). Doing it twice is doing it once.
    """
    if not reason.strip():
        raise Refused("reason")
    with act(actor, "reporting.end_schedule", schedule, permission="end", reason=reason.strip()) as entry:
        with transaction.atomic():
            found = Schedule.objects.select_for_update().get(pk=schedule.pk)
            if found.ended_at is None:
                found.ended_at, found.ended_reason = timezone.now(), reason.strip()[:300]
                found.save()
            gone = give_up(Period.objects.filter(duty=found.duty_id), SCHEDULE_ENDED, actor)
        note(entry, periods=gone)
    return found
