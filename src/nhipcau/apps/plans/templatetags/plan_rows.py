"""Rows of the list of plans, written in code as those of tasks are."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from nhipcau.apps.plans.models import Document
from nhipcau.apps.webkit.formats import format_date
from nhipcau.apps.webkit.templatetags.nc import icon

register = template.Library()
TITLE = 150


@register.simple_tag
def plan_rows(rows: Iterable[dict[str, Any]]) -> SafeString:
    """What, its state, how many tasks, since when, what can be done."""
    tasks = escape(_("tasks"))
    return mark_safe("".join(_row(row, tasks) for row in rows))  # noqa: S308  # escaped piece by piece


def _row(row: dict[str, Any], tasks: str) -> str:
    document: Document = row["document"]
    href, note = escape(row["href"]), row["note"]
    said = f'<span class="pl-src">{note if isinstance(note, SafeString) else escape(note)}</span>'
    day = format_date(document.created_at)
    return (
        f'<tr role="row"><th role="rowheader" scope="row"><a href="{href}">{_name(document)}</a>'
        f"{_more(document)}</th>"
        f'<td role="cell"><span class="nc-due is-{row["sign"]} pl-cell-chip">{icon(row["icon"])}'
        f"{escape(str(row['state']))}</span>{said if note else ''}</td>"
        f'<td role="cell" class="n" data-label="{tasks}">{escape(row["tasks"])}</td>'
        f'<td role="cell"><span class="pl-src"><span class="nc-num">{day}</span></span></td>'
        f'<td role="cell" class="pl-act"><a class="btn btn-sm" href="{href}">{escape(row["action"])}'
        f'<span class="nc-sr" data-user-text> {escape(str(document))}</span></a></td></tr>'
    )


def _name(document: Document) -> str:
    """As plans/parts/document_name.html has it; a document without number and title is left to that."""
    if not document.number:
        if not document.title:
            return get_template("plans/parts/document_name.html").render({"document": document})
        return f"<span data-user-text>{escape(Truncator(document.title).chars(90))}</span>"
    kind = capfirst(document.type_name or str(Document.Kind(document.kind).label))
    day = ""
    if document.issued_on:
        words = _("of %(day)s") % {"day": format_date(document.issued_on)}
        day = f' <span class="nc-nb">{escape(words)}</span>'
    return (
        f"<span data-user-text>{escape(kind)}</span> {escape(_('no.'))} "
        f'<span class="nc-nb" data-user-text>{escape(document.number)}</span>{day}'
    )


def _more(document: Document) -> str:
    """The title below the number, and the issuer."""
    lines = [Truncator(document.title).chars(TITLE)] if document.title and document.number else []
    lines += [document.issuer_name] if document.issuer_name else []
    spans = "".join(f"<span data-user-text>{escape(line)}</span>" for line in lines)
    return f'<span class="pl-src">{spans}</span>'
