"""What changed between two versions of a report: words taken out and put in, figures before and after."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from nhipcau.apps.reporting.answering import (
    Answers,
    figure_place,
    row_place,
    section_place,
    task_place,
)
from nhipcau.apps.reporting.numbers import show_number

_WORDS = re.compile(r"\s+|[^\s]+")
# Longer texts are shown whole, before and after: word by word would take too long.
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Piece:
    """`kind`: same, out, in."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    before: str
    after: str

    @property
    def pieces(self) -> list[Piece]:
        return pieces(self.before, self.after)


def changes(before: Answers, after: Answers) -> dict[str, Change]:
    """By place."""
    old, new = said(before), said(after)
    places = [*new, *(place for place in old if place not in new)]
    return {
        place: Change(old.get(place, ""), new.get(place, ""))
        for place in places
        if old.get(place, "") != new.get(place, "")
    }


def said(answers: Answers) -> Mapping[str, str]:
    """Every answer as words, by place."""
    found: dict[str, str] = {"nothing": "✓"} if answers.nothing else {}
    rows: dict[int, int] = {}
    for each in answers.texts:
        if each.nothing:
            found[f"{section_place(each.section)}.nothing"] = "✓"
        elif each.task is not None:
            found[task_place(each.section, each.task)] = each.text
        elif each.addressee:
            rows[each.section] = rows.get(each.section, 0) + 1
            found[row_place(each.section, rows[each.section])] = f"{each.text} ({each.addressee})"
        else:
            found[section_place(each.section)] = each.text
    for figure in answers.figures:
        shown = "–" if figure.no_data else show_number(figure.amount)
        found[figure_place(figure.asked, figure.split, figure.category)] = shown
    for file in answers.files:
        found[f"{section_place(file.section)}.{file.upload}"] = file.name
    return found


def pieces(before: str, after: str) -> list[Piece]:
    """Word by word."""
    if len(before) > LONGEST or len(after) > LONGEST:
        whole = [Piece("out", before), Piece("in", after)]
        return [each for each in whole if each.text]
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    found: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece("same", "".join(old[a:b])))
            continue
        if b > a:
            found.append(Piece("out", "".join(old[a:b])))
        if d > c:
            found.append(Piece("in", "".join(new[c:d])))
    return found
