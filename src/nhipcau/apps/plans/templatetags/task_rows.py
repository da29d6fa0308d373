"""The row of a task in lists. Written here and not in a template, which would take five times as long: a page
of such rows is what people open most.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from html import escape

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nhipcau.apps.plans.views.task_rows import Row
from nhipcau.apps.webkit.formats import format_date, format_number
from nhipcau.apps.webkit.outcomes import Outcome
from nhipcau.apps.webkit.templatetags.nc import icon, roll

register = template.Library()
SHORT = 60
# Instead of an address asked for row by row.
SOME = 1_000_000_007


@register.simple_tag
def task_rows(rows: Iterable[Row]) -> SafeString:
    """A `<tr>` each: what, who with n of N, state with date, last change, what can be done."""
    address, due, done = reverse("plans:task", args=[SOME]), escape(_("due")), _("agencies are done")
    written = (
        _row(row, address.replace(str(SOME), str(row.task.pk)), due=due, agencies_done=done) for row in rows
    )
    return mark_safe("".join(written))  # noqa: S308  # escaped piece by piece


def _row(row: Row, href: str, *, due: str, agencies_done: str) -> str:
    task, text = row.task, escape(row.task.text)
    path = escape(task.path)
    short = text if len(task.text) <= SHORT else escape(Truncator(task.text).chars(SHORT))
    number = f'<span class="nc-num" data-user-text>{path}</span>' if path else ""
    role = f"<span>{escape(row.role)}</span>" if row.role else ""
    who = f'<span class="pl-src" data-user-text>{escape(row.agencies)}</span>' if row.agencies else ""
    rolled = roll(row.done, row.total, agencies_done) if row.total > 1 else ""
    return (
        f'<tr role="row"><th role="rowheader" scope="row"><a href="{href}">'
        f'<span class="pd-clip" data-user-text>{text}</span></a>'
        f'<span class="pl-src">{number}<span data-user-text>{escape(row.source)}</span>{role}</span></th>'
        f'<td role="cell" class="tk-who">{who}{rolled}</td>'
        f'<td role="cell" class="tk-due">{chip(row.outcome, row.due_on)}{_due(row, due)}{_stuck(row)}'
        f"{_missed(row.missed)}</td>"
        f'<td role="cell" class="tk-upd">{_changed(row)}</td>'
        f'<td role="cell" class="pl-act"><a class="btn btn-sm" href="{href}">{escape(row.action)}'
        f'<span class="nc-sr" data-user-text> {path} {short}</span></a></td></tr>'
    )


def chip(outcome: Outcome, due_on: date | None) -> str:
    """The state; what has no date and is open has no clock beside it."""
    sign = outcome.sign if due_on or outcome.sign != "open" else "wait"
    return f'<span class="nc-due is-{outcome.sign}">{icon(sign)}{escape(outcome.words)}</span>'


def _due(row: Row, due: str) -> str:
    if row.due_on is None:
        return ""
    period = ""
    if row.task.period:
        period = " · " + escape(_("period %(number)s") % {"number": row.task.period})
    return f' <span class="pl-src">{due} <span class="nc-num">{format_date(row.due_on)}</span>{period}</span>'


def _stuck(row: Row) -> str:
    if not row.stuck:
        return ""
    words = _("waits for a decision from above") if row.beyond else _("stuck")
    return f' <span class="pl-src">{icon("flag")} {escape(words)}</span>'


def _missed(count: int) -> str:
    if not count:
        return ""
    words = ngettext("%(n)s earlier period left undone", "%(n)s earlier periods left undone", count)
    said = escape(words % {"n": format_number(count)})
    return f' <span class="pl-src c-over">{icon("over")} {said}</span>'


def _changed(row: Row) -> str:
    if row.changed_at is None:
        return ""
    day = format_date(row.changed_at)
    return f'<span class="pl-src">{escape(row.status)}<br><span class="nc-num">{day}</span></span>'
