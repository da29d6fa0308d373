"""A message's words in the active language, from its kind and values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.notices.models import Notice
from nhipcau.apps.notices.registers import kind
from nhipcau.apps.webkit.formats import format_date, format_number
from nhipcau.apps.webkit.markup import fill

Value = str | int | date | None
LONGEST = 240
UNKNOWN = _("There is news of a kind that is no longer known here.")


def kept(values: Mapping[str, Value]) -> dict[str, Any]:
    """Values as the message keeps them: short, and dates as dates."""
    return {name: _kept(value) for name, value in values.items() if value is not None}


def _kept(value: str | int | date) -> Any:
    if isinstance(value, date):
        return {"date": f"{value:%Y-%m-%d}"}
    if isinstance(value, int):
        return value
    words = " ".join(value.split())
    return words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + "…"


class _Shown(dict[str, str]):
    """A value that an older message does not have reads as a dash."""

    def __missing__(self, _key: str) -> str:
        return "–"


def _shown(notice: Notice) -> _Shown:
    return _Shown((name, _as_words(value)) for name, value in notice.values.items())


def _as_words(value: Any) -> str:
    if isinstance(value, dict):
        return format_date(date.fromisoformat(str(value["date"])))
    return format_number(value) if isinstance(value, int) else str(value)


def _words(notice: Notice) -> str | Promise:
    known = kind(notice.kind)
    return known.words if known else UNKNOWN


def plain(notice: Notice) -> str:
    """One sentence, for a mail."""
    return str(_words(notice)) % _shown(notice)


def marked(notice: Notice) -> SafeString:
    """The same for a page: what users wrote is marked as theirs."""
    words, values = _words(notice), _shown(notice)
    missing = {name: "–" for name in _names(str(words)) if name not in values}
    return fill(words, **values, **missing)


def _names(words: str) -> set[str]:
    return {part.split(")s")[0] for part in words.split("%(")[1:]}
