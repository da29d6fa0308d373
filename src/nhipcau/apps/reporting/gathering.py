"""The passages of the reports that count: in which section and task, from whom, what became of each.

Passages belong to a section of the period's form by its key, so that a report written for another form stands
in its places too.
"""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from nhipcau.apps.plans.models import Task
from nhipcau.apps.reporting.draft_journal import Place
from nhipcau.apps.reporting.figures import Unit
from nhipcau.apps.reporting.likeness import Alike, Print, alike, print_of
from nhipcau.apps.reporting.models import (
    Consolidation,
    ParagraphSource,
    Passage,
    PassagePrint,
    Period,
    Section,
    SectionIndicator,
    SetAside,
)

# Kinds of sections whose texts go into the draft.
TEXTS = ("narrative", "tasks", "difficulties")


@dataclass(frozen=True, slots=True)
class Gathered:
    """One passage, without its words: `place` in the period's form, `unit` an organisation."""

    pk: int
    place: Place
    unit: int
    likeness: str
    addressee: str


def gathered(units: Iterable[Unit], sections: Iterable[Section]) -> list[Gathered]:
    """All passages with words, in the order of units; one query."""
    owner = {unit.submission: (at, unit.pk) for at, unit in enumerate(units) if unit.submission}
    homes = {section.key: section.pk for section in sections if section.kind in TEXTS}
    rows = Passage.objects.filter(submission__in=owner, section__key__in=homes).exclude(text="")
    columns = ("pk", "submission_id", "section__key", "task_id", "likeness", "addressee", "position")
    found = sorted(rows.order_by().values_list(*columns), key=lambda row: (owner[row[1]][0], row[6], row[0]))
    return [
        Gathered(pk, Place(homes[key], task), owner[submission][1], likeness, addressee)
        for pk, submission, key, task, likeness, addressee, _position in found
    ]


def nothing_said(units: Iterable[Unit], section: Section) -> list[int]:
    """Organisations that have nothing to report in the section, or at all."""
    units = list(units)
    owner = {unit.submission: unit.pk for unit in units if unit.submission}
    rows = Passage.objects.filter(submission__in=owner, section__key=section.key, nothing=True)
    said = {owner[submission] for submission in rows.values_list("submission_id", flat=True)}
    return [unit.pk for unit in units if unit.pk in said or (unit.submission and unit.nothing)]


@dataclass(frozen=True, slots=True)
class Handled:
    """What became of passages: ids of paragraphs with spans by passage, reasons of those set aside."""

    taken: Mapping[int, tuple[tuple[int, int, int], ...]]
    aside: Mapping[int, str]

    def open(self, pk: int) -> bool:
        """Not looked at yet: neither taken nor set aside."""
        return pk not in self.taken and pk not in self.aside


def handled(draft: Consolidation | None) -> Handled:
    """Two queries."""
    if draft is None:
        return Handled({}, {})
    taken: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    rows = ParagraphSource.objects.filter(paragraph__consolidation=draft).order_by("pk")
    for passage, paragraph, start, end in rows.values_list("passage_id", "paragraph_id", "start", "end"):
        taken[passage].append((paragraph, start, end))
    aside = SetAside.objects.filter(consolidation=draft).values_list("passage_id", "reason")
    return Handled({pk: tuple(spans) for pk, spans in taken.items()}, dict(aside))


def groups_of(passages: Sequence[Gathered]) -> list[Alike]:
    """Passages that say the same or nearly, as indexes into `passages`; their prints are kept."""
    prints = prints_of(passages)
    return alike([prints[each.pk] for each in passages])


def prints_of(passages: Collection[Gathered]) -> dict[int, Print]:
    """What each is compared by. Found once: what was sent does not change."""
    wanted = {each.pk: each.likeness for each in passages}
    found = {
        pk: Print(wanted[pk], _unpacked(sketch), tuple(figures))
        for pk, sketch, figures in PassagePrint.objects.filter(passage__in=wanted).values_list(
            "passage_id", "sketch", "figures"
        )
    }
    left = wanted.keys() - found.keys()
    if left:
        texts = Passage.objects.filter(pk__in=left).values_list("pk", "text")
        made = {pk: print_of(text) for pk, text in texts}
        PassagePrint.objects.bulk_create(
            (
                PassagePrint(
                    passage_id=pk,
                    sketch=struct.pack(f"<{len(each.sketch)}I", *each.sketch),
                    figures=list(each.figures),
                )
                for pk, each in made.items()
            ),
            ignore_conflicts=True,
        )
        found |= made
    return found


def texts_of(passages: Collection[int]) -> dict[int, str]:
    """The words of passages that were gathered, by id."""
    return dict(Passage.objects.filter(pk__in=passages).values_list("pk", "text"))


def texts_by_version(versions: Collection[int], key: str, task: int | None) -> dict[int | None, str]:
    """What versions (ids) say in a section (its key) or of a task in it, by version."""
    found = Passage.objects.filter(submission__in=versions, section__key=key, task=task).exclude(text="")
    texts: dict[int | None, str] = {}
    for submission, text in found.order_by("position").values_list("submission_id", "text"):
        texts[submission] = f"{texts[submission]}\n{text}" if submission in texts else text
    return texts


def tasks_of(draft: Consolidation, section: Section, passages: Iterable[Gathered]) -> list[Task]:
    """Tasks that a passage or a paragraph of the section is about, in the order of the plan."""
    written = Q(pk__in={each.place.task for each in passages if each.place.task})
    drafted = Q(consolidated_paragraphs__in=draft.paragraphs.filter(section=section))
    rows = Task.objects.filter(written | drafted).distinct()
    rows = rows.only("pk", "text", "path", "document", "position")
    return list(rows.order_by("document_id", "position", "pk"))


def asked_in(period: Period) -> list[SectionIndicator]:
    """The figures that the period's form asks for, in order."""
    rows = SectionIndicator.objects.filter(section__version=period.form_version_id)
    return list(rows.select_related("indicator__indicator").order_by("section__position", "position"))


def _unpacked(sketch: bytes | memoryview) -> tuple[int, ...]:
    return struct.unpack(f"<{len(sketch) // 4}I", sketch)
