"""The sentence that a task comes from, and its due rules, as the task's page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nhipcau.apps.plans.forms.due_steps import steps_of
from nhipcau.apps.plans.forms.due_words import entry_words, understood
from nhipcau.apps.plans.models import Task
from nhipcau.apps.plans.views.page_text import whole


@dataclass(frozen=True, slots=True)
class Context:
    """The sentence and the paragraphs around it."""

    before: str
    quote: str
    after: str


def context_of(found: Task) -> Context:
    """The paragraph with the sentence and its neighbours; the quote alone where the document has no text."""
    text = found.document.text
    start, end = found.span_start, found.span_end
    if not text or start is None or end is None or not 0 <= start < end <= len(text):
        return Context("", found.quote, "")
    start, end = whole(text, start, end)
    before = [line.strip() for line in text[:start].split("\n") if line.strip()]
    after = [line.strip() for line in text[end:].split("\n") if line.strip()]
    return Context(before[-1] if before else "", text[start:end].strip(), after[0] if after else "")


def dues_of(found: Task) -> list[dict[str, Any]]:
    """Each due rule in words, the day it gives, and how its phrase was understood."""
    lines = []
    for row in found.due_dates.filter(ended_at=None).select_related("calendar_version"):
        entry = {"kind": row.kind, "value": row.value, "of": row.of, "bound": row.bound, "phrase": row.phrase}
        why = steps_of(row) or understood(entry, row.due_on)
        lines.append({"words": entry_words(entry), "day": row.due_on, "why": why})
    return lines
