"""What came on paper came on its own day, however much later somebody entered it."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from nhipcau.apps.reporting.models import Obligation, Submission, Verdict
from nhipcau.apps.reporting.refusals import Refused
from nhipcau.core.workdays import end_of


def came_at(draft: Submission, row: Obligation, now: datetime) -> datetime:
    """The moment that counts: of paper the end of the day on which it came, at the latest now. One query
    where it came on an earlier day.

    Raises Refused("paper-day") for a day to come, or before the period opened or the report was returned.
    """
    day, today = draft.paper_on, timezone.localdate(now)
    if day is None or day == today:
        return now
    since = [row.period.opened_at, _returned_at(row)]
    if day > today or any(day < timezone.localdate(each) for each in since if each is not None):
        raise Refused("paper-day")
    return end_of(day)


def _returned_at(row: Obligation) -> datetime | None:
    back = Verdict.objects.filter(submission__obligation=row.pk, what=Verdict.What.RETURNED)
    return back.order_by("-pk").values_list("created_at", flat=True).first()
