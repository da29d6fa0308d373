"""The lines of an agency's estimates as fields, in code: hundreds of tasks stand on one page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from nhipcau.apps.webkit.formats import format_date, format_number
from nhipcau.apps.webkit.templatetags.nc import icon

register = template.Library()
NAME = 180


@dataclass(frozen=True, slots=True)
class Words:
    """What every group and line says, escaped once."""

    line: str
    content: str
    quantity: str
    unit: str
    norm: str
    source: str
    due: str
    none: str
    more: str


@register.simple_tag
def estimate_groups(groups: Iterable[Mapping[str, Any]], sources: Iterable[Mapping[str, Any]]) -> SafeString:
    """A `<details>` a task: its lines, an empty one where one is due, the button for more."""
    words = Words(
        line=escape(_("Line")),
        content=escape(_("Content")),
        quantity=escape(_("Quantity")),
        unit=escape(_("Unit of count")),
        norm=escape(_("Price or norm of one")),
        source=escape(_("Source of funds")),
        due=escape(_("due")),
        none=escape(_("No line yet.")),
        more=escape(_("Save and add lines to this task")),
    )
    offered = {str(each["value"]): escape(capfirst(str(each["label"]))) for each in sources}
    return mark_safe("".join(_group(group, words, offered) for group in groups))  # noqa: S308  # escaped


def _group(group: Mapping[str, Any], words: Words, sources: Mapping[str, str]) -> str:
    task, pk = group["task"], escape(group["pk"])
    said = f'<span class="nc-num" lang="vi">{escape(group["sum"])}</span>'
    due = f'<span>{words.due} <span class="nc-num">{format_date(task.due_on)}</span></span>'
    lines = "".join(_line(row, number, words, sources) for number, row in enumerate(group["rows"], 1))
    return (
        f'<details class="nc-panel mo-group" id="t{pk}"{" open" if group["open"] else ""}>'
        f'<summary><span class="mo-name" data-user-text>{escape(Truncator(task.text).chars(NAME))}</span>'
        f'<span class="pl-src">{said if group["sum"] else f"<span>{words.none}</span>"}'
        f"{due if task.due_on else ''}</span></summary>{lines}"
        f'<p class="mo-more"><button class="btn btn-sm" name="more" value="{pk}">{words.more}</button></p>'
        "</details>\n"
    )


def _line(row: Mapping[str, Any], number: int, words: Words, sources: Mapping[str, str]) -> str:
    key, errors = escape(row["key"]), row["errors"]
    chosen = row["typed"].get("source", "")
    options = "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{label}</option>'
        for value, label in sources.items()
    )
    return (
        f'<fieldset class="mo-row{" is-wrong" if errors else ""}">'
        f'<legend class="nc-sr">{words.line} {format_number(number)}</legend>'
        f'<div class="mo-what">{_field(row, "content", words.content, 300)}</div>'
        f"<div>{_field(row, 'quantity', words.quantity, 30, decimal=True)}</div>"
        f"<div>{_field(row, 'unit', words.unit, 40)}</div>"
        f'<div class="mo-norm">{_field(row, "norm", words.norm, 60)}</div>'
        f'<div class="mo-src"><label for="{key}-s">{words.source}</label>'
        f'<select class="form-select" id="{key}-s" name="{key}-source">{options}</select></div>'
        f"{_remark(row, key)}</fieldset>"
    )


def _field(row: Mapping[str, Any], name: str, label: str, most: int, *, decimal: bool = False) -> str:
    key, value = escape(row["key"]), escape(row["typed"].get(name, ""))
    wrong = f' aria-invalid="true" aria-describedby="{key}-e"' if name in row["errors"] else ""
    mode = ' inputmode="decimal"' if decimal else ""
    return (
        f'<label for="{key}-{name[0]}">{label}</label><input class="form-control" id="{key}-{name[0]}" '
        f'name="{key}-{name}" value="{value}" maxlength="{most}"{mode} autocomplete="off"{wrong}>'
    )


def _remark(row: Mapping[str, Any], key: str) -> str:
    """What is wrong with the line, else what it comes to."""
    if row["errors"]:
        said = " ".join(conditional_escape(error) for error in row["errors"].values())
        return f'<p class="nc-error" id="{key}-e">{icon("warn")}{said}</p>'
    if row["understood"]:
        return f'<p class="mo-sum">= <b class="nc-num" lang="vi">{escape(row["understood"])}</b></p>'
    return ""
