"""The frame of every change of the province's draft: lock, version, journal.

Two coordinators may work on one draft. A change names the version of the paragraph that its maker saw; who
comes second to the same paragraph is told who changed it and when. Changes of different paragraphs do not
collide.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from nhipcau.apps.access.act import act
from nhipcau.apps.accounts.models import User
from nhipcau.apps.audit.record import Entry
from nhipcau.apps.reporting.counting import units_of
from nhipcau.apps.reporting.draft_journal import Place, paragraphs_of, snapshot
from nhipcau.apps.reporting.models import (
    Consolidation,
    DraftStep,
    Paragraph,
    ParagraphSource,
    Passage,
    Section,
)
from nhipcau.apps.reporting.refusals import Refused, Stale

LONGEST = 20_000
GAP = 10


@dataclass(slots=True)
class Composing:
    """A change under way. `paragraphs` are fresh, by id; those that it changes are added to `touched`."""

    draft: Consolidation
    entry: Entry
    actor: User
    paragraphs: dict[int, Paragraph]
    touched: set[int] = field(default_factory=set)

    def save(self, paragraph: Paragraph) -> None:
        """A change of a paragraph, or a new one: counted, and no longer as it was generated."""
        paragraph.version += 1
        paragraph.generated = False
        paragraph.changed_by = self.actor
        paragraph.save()
        self.touched.add(paragraph.pk)


@contextmanager
def composing(
    draft: Consolidation,
    verb: str,
    *,
    actor: User,
    places: Collection[Place] = (),
    seen: Mapping[int, int | None] | None = None,
) -> Iterator[Composing]:
    """Run a change of some places of the draft; those of the paragraphs seen are among them.

    `seen` maps ids of paragraphs to the versions that the actor saw (None: any). Raises Stale when one has
    another version by now or is gone.
    """
    with act(actor, f"reporting.{verb}", draft, permission="edit") as entry:
        locked = Consolidation.objects.select_for_update(of=("self",)).get(pk=draft.pk)
        fresh = _fresh(locked, seen or {})
        touched = list(dict.fromkeys([*places, *(place_of(row) for row in fresh.values())]))
        before = snapshot(locked.pk, touched)
        change = Composing(locked, entry, actor, fresh)
        yield change
        _count(locked, actor)
        DraftStep.objects.create(
            consolidation=locked,
            revision=locked.revision,
            verb=verb,
            before=before,
            after=snapshot(locked.pk, touched),
            made_by=actor,
        )
        entry.data.update(revision=locked.revision, paragraphs=sorted(change.touched))
        draft.revision = locked.revision


def _fresh(draft: Consolidation, seen: Mapping[int, int | None]) -> dict[int, Paragraph]:
    rows = Paragraph.objects.filter(consolidation=draft).select_related("changed_by").in_bulk(list(seen))
    for pk, version in seen.items():
        if pk not in rows:
            raise Stale("stale", draft.changed_by, draft.changed_at)
        if version is not None and rows[pk].version != version:
            raise Stale("stale", rows[pk].changed_by, rows[pk].changed_at)
    return rows


def _count(draft: Consolidation, actor: User) -> None:
    draft.revision += 1
    draft.changed_by = actor
    draft.save(update_fields=["revision", "changed_by", "changed_at"])


def step_back(draft: Consolidation, actor: User) -> None:
    """Count a change that is no step of its own: one that was taken back."""
    _count(draft, actor)


def place_of(paragraph: Paragraph) -> Place:
    return Place(paragraph.section_id, paragraph.task_id)


def neighbours(paragraph: Paragraph) -> list[Paragraph]:
    """All of the place, in order; of difficulties those to the same addressee."""
    rows = paragraphs_of(paragraph.consolidation_id, place_of(paragraph))
    return [row for row in rows if row.addressee == paragraph.addressee]


def next_position(draft: Consolidation, place: Place) -> int:
    rows = paragraphs_of(draft.pk, place)
    return rows[-1].position + GAP if rows else GAP


def add_sources(paragraph: Paragraph, sources: Sequence[tuple[int, int, int]]) -> None:
    """(passage, start, end) each once."""
    ParagraphSource.objects.bulk_create(
        (
            ParagraphSource(paragraph=paragraph, passage_id=passage, start=start, end=end)
            for passage, start, end in dict.fromkeys(sources)
        ),
        ignore_conflicts=True,
    )


def require_text(text: str) -> str:
    """As it is stored. Raises Refused("empty-paragraph"), Refused("long-paragraph")."""
    kept = "\n".join(line.rstrip() for line in text.replace("\x00", "").replace("\r\n", "\n").split("\n"))
    if not kept.strip():
        raise Refused("empty-paragraph")
    if len(kept) > LONGEST:
        raise Refused("long-paragraph", most=LONGEST)
    return kept.strip()


def places_of(draft: Consolidation, passages: Iterable[Passage]) -> dict[int, Place]:
    """The place of each passage in the form of the period, by its section's key. Raises
    Refused("other-place") where that has none. One query, if sections are there.
    """
    homes = dict(Section.objects.filter(version=draft.period.form_version_id).values_list("key", "pk"))
    rows = list(passages)
    if any(row.section.key not in homes for row in rows):
        raise Refused("other-place")
    return {row.pk: Place(homes[row.section.key], row.task_id) for row in rows}


def require_counting(draft: Consolidation, passages: Iterable[Passage]) -> None:
    """All are words of this period's reports as they count now; else Refused("passage-gone")."""
    counting = {unit.submission for unit in units_of(draft.period) if unit.submission}
    if any(row.submission_id not in counting or not row.text for row in passages):
        raise Refused("passage-gone")
