"""Figures of report/1, which are texts of digits."""

from __future__ import annotations

from django import template

from nhipcau.apps.reporting.document import shown

register = template.Library()


@register.filter
def amount_text(value: str | None) -> str:
    """ "26362" as "26.362"; an ellipsis where there is no figure."""
    return shown(value)
