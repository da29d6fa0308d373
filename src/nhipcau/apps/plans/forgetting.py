"""The groups that a document taught: when it is removed for good, what only its words said goes too.

A phrase that a reading met names a proposed group until a coordinator confirms it. What somebody said by
hand stays, and so does what another document says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from nhipcau.apps.orgs.models import OrganisationSet, SetMember, SetPhrase
from nhipcau.apps.plans.bodies import split_bodies
from nhipcau.apps.plans.models import Assignment, Document, DraftAssignment, DraftChange, ReportingDuty
from nhipcau.core.text import fold


@dataclass(frozen=True, slots=True)
class Taught:
    """Folded phrases of a document, and the sets (ids) that it named."""

    phrases: frozenset[str]
    sets: frozenset[int]


def taught_by(document: Document) -> Taught:
    """To be asked while the document still has its words."""
    words: set[str] = set()
    for task in (document.reading or {}).get("tasks") or []:
        words |= {_key(str(name)) for part in ("agencies", "with") for name in task.get(part) or []}
    sets: set[int] = set()
    drafted = DraftAssignment.objects.filter(draft__document=document)
    settled = Assignment.objects.filter(task__document=document)
    for rows in (drafted, settled):
        for phrase, of in rows.values_list("phrase", "set_id").distinct():
            words.add(_key(phrase))
            sets |= {of} if of else set()
    sets |= set(document.reporting_duties.filter(sets__isnull=False).values_list("sets", flat=True))
    return Taught(frozenset(words), frozenset(sets))


def forget(taught: Taught) -> None:
    """To be called when the document's drafts, tasks and duties are gone."""
    said = Q(phrase_fold__in=taught.phrases) | Q(set__in=taught.sets)
    learned = list(SetPhrase.objects.filter(said, read=True))
    sets = taught.sets | {phrase.set_id for phrase in learned}
    used = set(_phrases_of(sets))
    gone = [phrase for phrase in learned if phrase.phrase_fold not in used]
    SetPhrase.objects.filter(pk__in=[phrase.pk for phrase in gone]).delete()
    for group in OrganisationSet.objects.filter(pk__in=sets, confirmed_at=None):
        if not group.phrases.exists() and not _is_named(group):
            SetMember.objects.filter(set=group).delete()
            group.delete()
        elif group.name_fold in {fold(phrase.phrase[:200]) for phrase in gone}:
            _rename(group)


def _phrases_of(sets: frozenset[int]) -> Iterator[str]:
    """Folded phrases by which what is left names the sets."""
    for model in (DraftAssignment, Assignment):
        rows = model._default_manager.filter(set__in=sets).order_by()
        yield from (_key(phrase) for phrase in rows.values_list("phrase", flat=True).distinct())
    for phrase in ReportingDuty.objects.filter(sets__in=sets).values_list("by_phrase", flat=True):
        yield from (_key(part) for part in split_bodies(phrase))


def _is_named(group: OrganisationSet) -> bool:
    """By a draft, a task, a duty, or a change of a draft that can still be taken back."""
    there = [{"assignments": [{"set_id": group.pk}]}]
    return (
        DraftAssignment.objects.filter(set=group).exists()
        or Assignment.objects.filter(set=group).exists()
        or ReportingDuty.objects.filter(sets=group).exists()
        or DraftChange.objects.filter(Q(before__contains=there) | Q(after__contains=there)).exists()
    )


def _rename(group: OrganisationSet) -> None:
    """By the oldest phrase that is left; a number where there is none."""
    phrase = group.phrases.order_by("pk").first()
    name = phrase.phrase[:200] if phrase else str(group.pk)
    group.name = name[:1].upper() + name[1:]
    group.save()


def _key(phrase: str) -> str:
    """As `SetPhrase` keeps it."""
    return fold(" ".join(phrase.split())[:300])
