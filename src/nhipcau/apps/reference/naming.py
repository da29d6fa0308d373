"""Which country a name means, as people and sheets write it."""

from __future__ import annotations

from datetime import date

from nhipcau.apps.reference.models import Country
from nhipcau.core.text import fold


class Countries:
    """The names of one day: of one query, for as many look-ups as a sheet has rows."""

    def __init__(self, day: date) -> None:
        self._named: dict[str, set[str]] = {}
        self._codes: set[str] = set()
        for row in Country.objects.filter(valid__contains=day):
            self._codes.add(row.code)
            for name in (row.name, row.name_en, *filter(None, row.aliases.split("; "))):
                self._named.setdefault(_key(name), set()).add(row.code)

    def code_of(self, words: str) -> str | None:
        """The code; None for what no country is called, and for what could be two ("MY" is a code, and Mỹ
        without its mark).
        """
        found = self._named.get(_key(words), set()) | ({words.strip()} & self._codes)
        return next(iter(found)) if len(found) == 1 else None


def _key(words: str) -> str:
    """Marks, case, hyphens and dots aside."""
    return "".join(letter for letter in fold(words) if letter.isalnum())
