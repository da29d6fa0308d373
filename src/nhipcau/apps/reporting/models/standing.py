"""How a unit stands in a period at a moment: one of six, as one expression of the database."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import pgettext_lazy


class Standing(models.TextChoices):
    """In the order in which they are always shown."""

    IN_TIME = "in_time", pgettext_lazy("standing", "received in time")
    LATE = "late", pgettext_lazy("standing", "received late")
    RETURNED = "returned", pgettext_lazy("standing", "returned, to be sent again")
    MISSING = "missing", pgettext_lazy("standing", "missing, overdue")
    NOT_DUE = "not_due", pgettext_lazy("standing", "not sent, not due yet")
    EXCUSED = "excused", pgettext_lazy("standing", "need not report")


# As `Obligation.due_at`, which see.
DUE_AT = Greatest(
    F("period__due_at"),
    Coalesce(F("deferred_at"), F("period__due_at")),
    Coalesce(F("redo_by"), F("period__due_at")),
)
# Another unit's or period's report holds for this one, and nothing of its own is here.
_DISCHARGED = Q(discharged_by__isnull=False, state__in=("waiting", "returned"))


def standing_of(now: datetime) -> dict[str, Any]:
    """Annotations of obligations: `stage` and `came_at` of the report that counts, `until`, `standing`."""
    here = Q(stage__in=("below", "sent", "approved"))
    return {
        "stage": Case(When(_DISCHARGED, then=F("discharged_by__state")), default=F("state")),
        "came_at": Case(When(_DISCHARGED, then=F("discharged_by__received_at")), default=F("received_at")),
        "until": DUE_AT,
        "standing": Case(
            When(Q(stage="excused"), then=Value(Standing.EXCUSED.value)),
            When(Q(stage="returned"), then=Value(Standing.RETURNED.value)),
            When(here & Q(came_at__gt=F("until")), then=Value(Standing.LATE.value)),
            When(here, then=Value(Standing.IN_TIME.value)),
            When(Q(until__lt=now), then=Value(Standing.MISSING.value)),
            default=Value(Standing.NOT_DUE.value),
            output_field=models.CharField(),
        ),
    }
