"""The components of the house as template tags: `{% load nc %}`. Each prints its words beside its shape."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from html import escape
from typing import Any

from django import forms, template
from django.conf import settings
from django.forms.boundfield import BoundField
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from nhipcau.apps.webkit import formats
from nhipcau.apps.webkit.outcomes import Sign, outcome

register = template.Library()
register.filter("vn_date", formats.format_date)
register.filter("vn_time", formats.format_time)
register.filter("vn_moment", formats.format_moment)
register.filter("vn_number", formats.format_number)
register.filter("vn_size", formats.size)
register.filter("initials", formats.initials)


@register.filter
def vn_days(due: date) -> str:
    """How far the date is from today, in words."""
    return formats.days_until(due, timezone.localdate())


def _use(name: str) -> str:
    return f"{static('webkit/img/icons.svg')}#{name}"


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """A sign beside words; never alone. A list prints a hundred of a few."""
    return format_html(
        '<svg class="nc-i" aria-hidden="true" focusable="false"><use href="{}"/></svg>', _use(f"i-{name}")
    )


@register.simple_tag
@cache
def mark() -> SafeString:
    return format_html(
        '<svg viewBox="0 0 36 24" aria-hidden="true" focusable="false"><use href="{}"/></svg>', _use("mark")
    )


@register.simple_tag
def training_banner() -> SafeString:
    """On every page of a training copy, error pages and prints too; nothing elsewhere."""
    if not settings.TRAINING:
        return SafeString()
    words = gettext("Training copy: nothing here is real work, and no mail leaves it.")
    return format_html('<p class="nc-training" role="note">{}</p>', words)


@register.simple_tag
def bridge() -> SafeString:
    """The unfinished bridge of an empty page."""
    return format_html(
        '<svg class="nc-bridge" viewBox="0 0 112 40" aria-hidden="true"><use href="{}"/></svg>',
        _use("bridge"),
    )


def chip(sign: Sign, words: str) -> SafeString:
    return format_html('<span class="nc-due is-{}">{}{}</span>', sign, icon(sign), words)


@register.simple_tag
def due(
    due_on: date | None, done_on: date | None = None, today: date | None = None, returned: bool = False
) -> SafeString:
    """The due chip and the date: sign, word, date."""
    what = outcome(due_on, done_on, today or timezone.localdate(), returned=returned)
    if due_on is None:
        return chip(what.sign, what.words)
    return format_html(
        '{} <span class="nc-xs nc-src">{} <span class="nc-num nc-nb">{}</span></span>',
        chip(what.sign, what.words),
        gettext("due"),
        formats.format_date(due_on),
    )


@register.simple_tag
def doubt(words: str) -> SafeString:
    """The machine is not sure, and of what."""
    return format_html('<span class="nc-doubt">{}{}</span>', icon("flag"), words)


@register.simple_tag
def bar(parts: Iterable[tuple[str, int]], label: str, of: int = 0) -> SafeString:
    """Shares of a whole: pairs of a fill (done, late, open, over, cham, tint, sunken) and a count.

    `label` says the figures in words. `of` is a greater whole, where bars are compared with each other.
    Nothing to show gives an empty track.
    """
    shares = [(fill, count) for fill, count in parts if count > 0]
    total = sum(count for _, count in shares)
    rects, x = [], 0.0
    for fill, count in shares:
        width = 100 * count / (of or total)
        rects.append((fill, f"{x:.2f}", f"{width:.2f}"))
        x += width
    inner = "".join(
        f'<rect class="s-{fill}" x="{at}%" width="{width}%" height="100%"/>'
        for fill, at, width in rects or [("sunken", "0", "100")]
    )
    return mark_safe(  # noqa: S308  # names of fills are ours
        f'<svg class="nc-bar" role="img" aria-label="{conditional_escape(label)}">{inner}</svg>'
    )


@register.simple_tag
def roll(answered: int, total: int, what: str) -> SafeString:
    """n of N: `what` says of what ("agencies have answered")."""
    words = gettext("%(n)s of %(total)s") % {
        "n": formats.format_number(answered),
        "total": formats.format_number(total),
    }
    track = bar([("cham", answered), ("sunken", total - answered)], f"{words} {what}")
    return mark_safe(  # noqa: S308  # escaped here
        f'<span class="nc-roll"><span class="nc-num">{escape(words)}</span>{track}</span>'
        f'<span class="nc-xs nc-muted">{conditional_escape(what)}</span>'
    )


@register.simple_block_tag
def note(content: str, kind: str = "") -> SafeString:
    """What happened and what to do; kind "warn" or "stop"."""
    extra = f" nc-note-{kind}" if kind else ""
    return format_html('<div class="nc-note{}">{}</div>', extra, mark_safe(content))  # noqa: S308 - rendered


_SELECTS = (forms.Select, forms.SelectMultiple)
_PLAIN = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.HiddenInput)


@register.simple_tag
def control(field: BoundField, **attrs: Any) -> SafeString:
    """The widget of a form field with the class of its kind; keywords become attributes (`_` is `-`)."""
    widget = field.field.widget
    named = {key.replace("_", "-"): value for key, value in attrs.items()}
    if not isinstance(widget, _PLAIN):
        kind = "form-select" if isinstance(widget, _SELECTS) else "form-control"
        own = widget.attrs.get("class", "")
        named["class"] = " ".join(filter(None, [own, kind, named.get("class")]))
    if type(field.form).__module__.startswith("allauth."):
        # allauth repeats the label there; a placeholder is no label.
        named.setdefault("placeholder", False)
    if isinstance(widget, forms.Textarea) and "rows" not in widget.attrs:
        named.setdefault("rows", "3")
    return field.as_widget(attrs=named)


@register.filter
def is_choice_list(field: BoundField) -> bool:
    return isinstance(field.field.widget, (forms.RadioSelect, forms.CheckboxSelectMultiple))


@register.filter
def is_check(field: BoundField) -> bool:
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.inclusion_tag("webkit/field.html")
def field(bound: BoundField, hint: str = "", optional: bool = True) -> dict[str, Any]:
    """Label, hint, error, control: in this order, tied together for assistive technology."""
    return {
        "field": bound,
        "hint": hint or bound.help_text,
        "optional": optional and not bound.field.required,
    }


@register.inclusion_tag("webkit/fields.html")
def fields(form: forms.BaseForm) -> dict[str, Any]:
    """A whole form: the summary of errors and every field."""
    return {"form": form}


@register.inclusion_tag("webkit/error_summary.html")
def error_summary(form: forms.BaseForm) -> dict[str, Any]:
    """What is wrong, on top, with links to the fields; nothing when the form is well."""
    return {"form": form}


@register.inclusion_tag("webkit/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Any) -> dict[str, Any]:
    """ "1–50 of 4.312" and links to the neighbours; the address keeps its filters."""
    return {"page": page, "request": context["request"]}


@register.simple_tag
def column(words: str, kind: str = "") -> SafeString:
    """The head of a column; kind "n" for figures, "hidden" for one whose cells need no head to be seen."""
    if kind == "hidden":
        words = format_html('<span class="nc-sr">{}</span>', words)
    figures = mark_safe(' class="n"') if kind == "n" else ""
    return format_html('<th role="columnheader" scope="col"{}>{}</th>', figures, words)


@register.simple_block_tag
def filter_field(content: str, name: str, label: str, wide: bool = False) -> SafeString:
    """A field of a list's filters: the label over the control (`id_name`)."""
    return format_html(
        '<div{}><label class="form-label" for="id_{}">{}</label>{}</div>',
        mark_safe(' class="is-wide"') if wide else "",
        name,
        label,
        mark_safe(content),  # noqa: S308 - rendered
    )


@register.simple_tag
def today() -> date:
    """The day in the province."""
    return timezone.localdate()


@register.simple_tag
def moment(value: datetime | None) -> SafeString:
    """A moment that columns can compare."""
    return format_html('<span class="nc-num">{}</span>', formats.format_moment(value))
