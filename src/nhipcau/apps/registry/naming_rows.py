"""Rows of lists that were linked to nobody and yet name a person: found by what her records say.

Read as text: such rows were wrong, or twice there, or wait. A namesake of another year of birth is another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from nhipcau.apps.registry.entering import TELLING_DIGITS
from nhipcau.apps.registry.models import Intake, IntakeRow, SourceRecord
from nhipcau.core.text import fold

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Marks:
    """What tells a person: the words of her names, the ends of telephone numbers, addresses; her years."""

    names: tuple[frozenset[str], ...]
    phones: tuple[str, ...]
    mails: tuple[str, ...]
    years: frozenset[str]

    def in_words(self, text: str) -> bool:
        """Whether a text of somebody's names or reaches her."""
        folded = fold(text)
        words = frozenset(_WORD.findall(folded))
        if any(name <= words for name in self.names):
            return True
        digits = re.sub(r"\D", "", text)
        return any(phone in digits for phone in self.phones) or any(mail in folded for mail in self.mails)

    def by_words(self, text: str) -> bool:
        """Whether all words of it are of one of her names: what somebody types who looks for her."""
        words = frozenset(_WORD.findall(fold(text)))
        return bool(words) and any(words <= name for name in self.names)


def marks_of(records: Iterable[int]) -> Marks:
    """One query."""
    rows = list(
        SourceRecord.objects.filter(pk__in=list(records), erased_at=None).values_list(
            "name", "foreign_name", "phone", "email", "birth"
        )
    )
    names = {frozenset(_WORD.findall(fold(name))) for row in rows for name in row[:2] if name}
    phones = {re.sub(r"\D", "", row[2])[-TELLING_DIGITS:] for row in rows}
    return Marks(
        tuple(name for name in names if name),
        tuple(phone for phone in phones if len(phone) == TELLING_DIGITS),
        tuple({fold(row[3]) for row in rows if "@" in row[3]}),
        frozenset(row[4][:4] for row in rows if row[4]),
    )


def rows_naming(marks: Marks, states: Iterable[str] = Intake.STANDING) -> list[tuple[int, int]]:
    """Row and intake (ids) of lists in one of these states."""
    return [(pk, intake) for pk, intake, cells, meaning in _unlinked(states) if _names(marks, cells, meaning)]


def _unlinked(states: Iterable[str]) -> Iterator[tuple[int, int, Any, Any]]:
    """Rows that are nobody's: neither a person nor a record stands for them."""
    record = SourceRecord.objects.filter(
        intake=OuterRef("intake"), sheet=OuterRef("sheet"), row=OuterRef("number")
    )
    rows: QuerySet[IntakeRow] = IntakeRow.objects.filter(person=None, intake__state__in=list(states))
    rows = rows.exclude(cells=[], meaning={}).filter(~Exists(record)).order_by()
    return rows.values_list("pk", "intake", "cells", "meaning").iterator(chunk_size=2_000)


def _names(marks: Marks, cells: Any, meaning: Any) -> bool:
    born = str(meaning.get("birth", ""))[:4]
    if born and marks.years and born not in marks.years:
        return False
    values = [value for value in meaning.values() if isinstance(value, str)]
    return marks.in_words(" ".join([*(str(cell) for cell in cells), *values]))
