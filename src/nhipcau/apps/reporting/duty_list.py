"""The duties to report of approved plans that a user sees."""

from __future__ import annotations

from django.db.models import QuerySet

from nhipcau.apps.plans.models import Document, ReportingDuty


def duties_seen_by(user: object) -> QuerySet[ReportingDuty]:
    """With plan and schedule."""
    plans = Document.objects.visible_to(user).filter(state=Document.State.APPROVED).order_by()
    rows = ReportingDuty.objects.filter(document__in=plans.values("pk"))
    return rows.select_related("document", "schedule__form").defer("document__reading")
