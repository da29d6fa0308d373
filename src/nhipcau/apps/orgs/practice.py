"""What of organisations and their people does not belong into a copy for practice."""

from __future__ import annotations

from nhipcau.apps.notices.models import CalendarFeed, Mail
from nhipcau.apps.orgs.models import FocalPoint


def clean() -> None:
    """Nobody is rung up from an exercise, no calendar is read and no waiting mail sent from a copy."""
    FocalPoint.objects.update(phone="", email="")
    CalendarFeed.objects.all().delete()
    Mail.objects.exclude(state=Mail.State.SENT).delete()
