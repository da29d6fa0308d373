"""Cited documents with what is known to have happened to them since: one query for a whole document."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from nhipcau.apps.plans.drafting import day_of
from nhipcau.apps.reference.models import LawChange, number_key
from nhipcau.apps.webkit.formats import format_date
from nhipcau.apps.webkit.markup import fill


def changes_of(reading: Mapping[str, Any], user: object) -> list[dict[str, Any]]:
    """The reading's citations, changed ones first, each with sentences such as "replaced by 356/2025/NĐ-CP
    on …".
    """
    cited: list[dict[str, Any]] = [
        {
            "number": str(each.get("number") or ""),
            "type_name": str(each.get("type") or ""),
            "issuer_name": str(each.get("issuer") or ""),
            "issued_on": day_of(each.get("issued")),
        }
        for each in reading.get("citations") or []
    ]
    keys = {number_key(str(each["number"])) for each in cited}
    changes = list(LawChange.objects.visible_to(user).current().filter(number_key__in=keys)) if keys else []
    for each in cited:
        each["shown_changes"] = [
            sentence(change) for change in changes if _about(change, str(each["number"]), each["issued_on"])
        ]
    return sorted(cited, key=lambda each: not each["shown_changes"])


def _about(change: LawChange, number: str, issued_on: object) -> bool:
    """Numbers repeat over the years: where both dates are known they must agree."""
    same = change.number_key == number_key(number)
    return same and not (
        isinstance(issued_on, date) and change.issued_on is not None and change.issued_on != issued_on
    )


def sentence(change: LawChange) -> SafeString:
    """What happened, when, and who says so."""
    words = {
        LawChange.Effect.REPLACED: _("replaced by %(successor)s on %(day)s"),
        LawChange.Effect.AMENDED: _("amended by %(successor)s on %(day)s"),
        LawChange.Effect.EXPIRED: _("no longer in force since %(day)s"),
    }[LawChange.Effect(change.effect)]
    return fill(words, successor=change.successor or "?", day=format_date(change.effective_on))
