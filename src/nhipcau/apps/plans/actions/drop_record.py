"""A record was entered by mistake: it leaves the lists, with the reason."""

from __future__ import annotations

from django.utils import timezone

from nhipcau.apps.access.act import act
from nhipcau.apps.accounts.models import User
from nhipcau.apps.plans.models import InspectionFinding
from nhipcau.apps.plans.models.kinds import Record
from nhipcau.apps.plans.refusals import Refused


def drop_record(record: Record | InspectionFinding, *, reason: str, actor: User) -> None:
    """Raises Refused("reason"), Refused("record-gone"), Refused("finding-has-task")."""
    if not reason.strip():
        raise Refused("reason")
    with act(actor, "plans.drop_record", record, permission="drop", reason=reason.strip()):
        fresh = type(record)._default_manager.select_for_update().get(pk=record.pk)
        if fresh.ended_at is not None:
            raise Refused("record-gone")
        if getattr(fresh, "task_id", None) and isinstance(fresh, InspectionFinding):
            raise Refused("finding-has-task")
        fresh.ended_at, fresh.ended_reason = timezone.now(), reason.strip()[:300]
        fresh.save(update_fields=["ended_at", "ended_reason"])
