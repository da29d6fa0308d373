"""Rows of the lists of organisations, written in code: a page of them is what people open often."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django import template
from django.template.loader import get_template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from nhipcau.apps.orgs.listing import Row
from nhipcau.apps.orgs.models import OrganisationVersion

register = template.Library()
KIND = OrganisationVersion.Kind


@register.simple_tag
def row_name(row: Row) -> SafeString:
    """The head of a row: the name; of what was found by another name or has ended, the template says more."""
    if row.once or row.last:
        return SafeString(get_template("orgs/row_name.html").render({"row": row}))
    href = reverse("orgs:detail", args=[row.version.organisation_id])
    name = escape(row.version.name)
    return mark_safe(  # noqa: S308  # escaped above
        f'<th role="rowheader" scope="row"><a href="{href}" data-user-text>{name}</a></th>'
    )


@register.simple_tag
def organisation_rows(rows: Iterable[Row]) -> SafeString:
    """Name, abbreviation, kind."""
    labels = {value: escape(str(label)) for value, label in KIND.choices}
    lines = [
        f'<tr role="row">{row_name(row)}'
        f'<td role="cell" data-user-text>{escape(row.version.abbreviation)}</td>'
        f'<td role="cell">{labels.get(row.version.kind, "")}</td></tr>'
        for row in rows
    ]
    return mark_safe("".join(lines))  # noqa: S308  # escaped above
