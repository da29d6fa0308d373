"""A date as far as it is known, as people write it: 1962, 5/1962, 30.5.1962."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils import timezone

from nhipcau.apps.webkit.formats import in_vietnamese
from nhipcau.core.personvalues import PartialDay, Problem, read_birth

# How it is kept; anything else is what somebody typed.
KEPT = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")


class PartialDateField(forms.CharField):
    """Cleans to "1962", "1962-05" or "1962-05-30"; empty when nothing is known."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return as_written(value) if isinstance(value, str) and KEPT.fullmatch(value) else value

    def clean(self, value: Any) -> str:
        found = read_birth(str(super().clean(value) or ""), today=timezone.localdate())
        if isinstance(found, Problem):
            raise forms.ValidationError(told(found), code=found.code)
        return found.iso if found is not None else ""


def told(problem: Problem) -> str:
    """What is wrong and what to do, in the language of the page."""
    return problem.message("vi" if in_vietnamese() else "en")


def as_written(text: str) -> str:
    """How officials write "1962-05-30": 30/5/1962."""
    if not text:
        return ""
    year, month, day = ([int(part) for part in text.split("-")] + [0, 0])[:3]
    return PartialDay(year, month or None, day or None).written
