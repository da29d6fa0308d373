"""By which day's names an undated document is read (drafts and scans leave the day blank)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from nhipcau.apps.plans.drafting import day_of, named_in, place_names
from nhipcau.apps.plans.matching import matcher
from nhipcau.apps.plans.models import Document


def day_of_names(reading: Mapping[str, Any], document: Document) -> date:
    """The last day of the year that the document speaks of.

    Where it speaks of none: the upload's day, or that of the latest document it cites, whichever knows
    more of the agencies it names. Never after the upload.
    """
    uploaded = timezone.localtime(document.created_at).date()
    year = (reading.get("document") or {}).get("year")
    if isinstance(year, int) and date.min.year <= year <= date.max.year:
        return min(date(year, 12, 31), uploaded)
    cited = [day_of(each.get("issued")) for each in reading.get("citations") or []]
    latest = max((day for day in cited if day is not None and day < uploaded), default=None)
    if latest is None:
        return uploaded
    return latest if _unknown(reading, latest) < _unknown(reading, uploaded) else uploaded


def _unknown(reading: Mapping[str, Any], day: date) -> int:
    """How many of the phrases that name bodies mean nobody on the day. Five queries."""
    match = matcher(day, place_names(reading))
    phrases = {body.phrase for task in reading.get("tasks") or [] for body in named_in(task)}
    found = [match.match(phrase) for phrase in phrases]
    return sum(not (each.organisation or each.set or each.group) for each in found)
