"""What is said of a row: a code with values is kept, the sentence is made in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nhipcau.core.filegate.rejection import Message
from nhipcau.core.personvalues import REASONS, Problem

OURS: dict[str, str | Promise] = {
    "twice": _("The same as row %(row)s: it is brought in once."),
    "doubt-order": _("Which word is the family name is not certain."),
    "doubt-two-digit-year": _("The year has two digits."),
    "doubt-month-first-here": _("The month was read before the day, as other cells of the column are."),
    "doubt-either-way": _(
        "Some cells of the column put the day first, some the month: only the year was taken."
    ),
    "doubt-month-first": _("The month was read before the day: there is no other way."),
    "doubt-divided": _("The commune was divided: which of today's it is cannot be told."),
    "doubt-ambiguous": _("Several units may be meant; none is taken."),
    "doubt-birth": _("The citizen's number says another year of birth."),
    "doubt-sex": _("The citizen's number says another sex."),
    "doubt-code": _("This may be a country's code, or its name without marks."),
}
UNKNOWN = Message("Ô này không đọc được.", "This cell cannot be read.")


def wrong(kept: Mapping[str, Any]) -> bool:
    """Whether the row cannot be brought in for it."""
    return kept["code"] in REASONS


def sentence(kept: Mapping[str, Any], language: str) -> tuple[str, bool]:
    """The remark in words, and whether they are the reader's own, in both languages (core.personvalues)."""
    if kept["code"] in OURS:
        return str(OURS[kept["code"]]) % {"row": "", **kept["values"]}, False
    if kept["code"] in REASONS:
        return Problem(kept["code"], kept["values"]).message(language), True
    return (UNKNOWN.vi if language.startswith("vi") else UNKNOWN.en), True
