"""What is left of a person who was erased: a hole, not a lie.

Her records stay as rows without her: of which round or source, who sent them, of which day, and what figures
are counted by (sex, commune, country, groups), so that no figure that was approved changes. All that tells
who she is goes: names, birth, contacts, words as they were written, identity numbers, the rows of lists (also
those that were never linked to her), the files those came in, what she asked and agreed to in words, reasons
that officers wrote. Other apps add what they keep of her (`on_erasure`).

Which records were erased stands in two files beside the database, one of which a restore does not touch:
what a backup brings back is erased again.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from nhipcau.apps.access.identity import as_part
from nhipcau.apps.audit.models import Event
from nhipcau.apps.files import removed
from nhipcau.apps.files.models import Upload
from nhipcau.apps.registry.deriving import derive
from nhipcau.apps.registry.emptying import TO_NOTHING, empty, with_content
from nhipcau.apps.registry.family import family_of
from nhipcau.apps.registry.forgetting import forget_rights
from nhipcau.apps.registry.models import (
    GroupSpell,
    IdentityNumber,
    Intake,
    IntakeRow,
    Membership,
    Merge,
    Nationality,
    Pair,
    Person,
    Residence,
    SourceRecord,
    TakingOut,
)
from nhipcau.apps.registry.naming_rows import Marks, marks_of, rows_naming
from nhipcau.apps.registry.naming_words import SUBJECTS, blank_words

# Columns that stay: where the record comes from, and what approved figures are counted by.
_ORIGIN = ("id", "origin", "round_id", "running_source_id", "sender_id", "intake_id", "sheet", "row")
_MADE = ("stated_on", "made_by_id", "made_at", "erased_at")
_COUNTED_BY = ("sex", "place_id", "country", "groups", "basis")
STAYS = frozenset((*_ORIGIN, *_MADE, *_COUNTED_BY))
NAME = "erased.log"
# A line that was cut short has no end of this shape.
LINE = re.compile(r"^(\d{4}-\d\d-\d\dT[\d:.]+[+-]\d\d:\d\d)\t(\d+)$")


@dataclass(frozen=True, slots=True)
class Erased:
    """Whom, by ids: all her persons (those joined to her, too) and their records."""

    persons: tuple[int, ...]
    records: tuple[int, ...]


UNDER_WAY = ("checking", "to_map", "checked", "confirming", "undoing")

_erasers: list[Callable[[Erased], None]] = []
# Relations to a person or a record, by what is done with them here. Each app adds its own.
_covered = {
    "registry.Person.merged_into",
    "registry.Membership.person",
    "registry.Membership.record",
    "registry.Merge.kept",
    "registry.Merge.gone",
    "registry.TakingOut.person",
    "registry.TakingOut.into",
    "registry.Pair.left",
    "registry.Pair.right",
    "registry.IntakeRow.person",
    "registry.GroupSpell.record",
    "registry.Residence.record",
    "registry.Nationality.record",
    "registry.IdentityNumber.record",
    "registry.LookUp.person",
    "registry.Consent.person",
    "registry.Verification.person",
    "registry.Restriction.person",
    "registry.RightsRequest.person",
}


def on_erasure(eraser: Callable[[Erased], None], *relations: str) -> None:
    """Called at start by higher apps: how to erase what they keep of a person, in the running transaction.
    `relations` are the foreign keys that it takes care of ("casework.Case.person").
    """
    if eraser not in _erasers:
        _erasers.append(eraser)
    _covered.update(relations)


def covered() -> frozenset[str]:
    """The relations to people of which it is known what erasing does with them."""
    return frozenset(_covered)


def records_of(person: Person) -> Erased:
    """The person with those that were joined to her, and the records that stand for her."""
    persons = family_of(person)
    standing = Membership.objects.filter(person__in=persons, until=None, record__erased_at=None)
    return Erased(tuple(sorted(persons)), tuple(sorted(standing.values_list("record", flat=True))))


def erased_at(person: Person) -> datetime | None:
    """When the person was erased; None for one of whom a record stands, or never had any."""
    if person.records:
        return None
    records = SourceRecord.objects.filter(memberships__person=person, memberships__until=None)
    moment: datetime | None = records.aggregate(last=models.Max("erased_at"))["last"]
    return moment


def waiting_lists(erased: Erased) -> models.QuerySet[Intake]:
    """Lists that name her and are not settled yet: they would bring her back."""
    rows = IntakeRow.objects.filter(person__in=erased.persons, intake__state__in=UNDER_WAY)
    found = set(rows.order_by().values_list("intake", flat=True))
    found |= {intake for _row, intake in rows_naming(marks_of(erased.records), UNDER_WAY)}
    return Intake.objects.filter(pk__in=found)


def events_with_words(erased: Erased) -> list[int]:
    """Events of the record of actions in which an officer wrote something about her."""
    merges = [str(pk) for pk in _merges(erased).values_list("pk", flat=True)]
    about = Q(subject_type="registry.person", subject_id__in=[str(pk) for pk in erased.persons])
    about |= Q(subject_type="registry.merge", subject_id__in=merges)
    taken = [str(pk) for pk in _takings_out(erased).values_list("pk", flat=True)]
    about |= Q(subject_type="registry.takingout", subject_id__in=taken)
    pairs = _pairs(erased).values_list("pk", flat=True)
    about |= Q(subject_type="registry.pair", subject_id__in=[str(pk) for pk in pairs])
    written = Event.objects.filter(erased_under="").exclude(reason="")
    # Why a list was dropped or taken back, or a file refused, may name her, too.
    marks = marks_of(erased.records)
    elsewhere = written.filter(subject_type__in=SUBJECTS).values_list("pk", "reason")
    named = [pk for pk, reason in elsewhere if marks.in_words(reason)]
    return sorted({*written.filter(about).values_list("pk", flat=True), *named})


def blank(erased: Erased, when: datetime | None = None) -> None:
    """Erase, in the running transaction; remembered when it is through. Done by rule, as a part of the
    system: lists and pairs may be out of the officer's reach.
    """
    moment = when or timezone.now()
    with as_part("erasing"):
        marks = marks_of(erased.records)
        _rows_of_lists(erased, marks)
        _words_about_lists(marks)
        blank_words(marks)
        _merges(erased).update(reason="", apart_reason="")
        _takings_out(erased).update(reason="", back_reason="", before={})
        _pairs(erased).delete()
        for fact in (GroupSpell, Residence, Nationality, IdentityNumber):
            fact._default_manager.filter(record__in=erased.records).delete()
        SourceRecord.objects.filter(pk__in=erased.records).update(**_emptied(), erased_at=moment)
        forget_rights(erased.persons)
        for eraser in _erasers:
            eraser(erased)
    derive(erased.persons)
    transaction.on_commit(lambda: remember(erased.records, moment))


def _emptied() -> dict[str, object]:
    fields = (field for field in SourceRecord._meta.concrete_fields if field.attname not in STAYS)
    return {field.name: {} if isinstance(field, models.JSONField) else "" for field in fields}


def _merges(erased: Erased) -> models.QuerySet[Merge]:
    return Merge.objects.filter(Q(kept__in=erased.persons) | Q(gone__in=erased.persons))


def _pairs(erased: Erased) -> models.QuerySet[Pair]:
    return Pair.objects.filter(Q(left__in=erased.records) | Q(right__in=erased.records))


def _takings_out(erased: Erased) -> models.QuerySet[TakingOut]:
    return TakingOut.objects.filter(Q(person__in=erased.persons) | Q(into__in=erased.persons))


def _words_about_lists(marks: Marks) -> None:
    """What a list is called, and why it was dropped or taken back, where that names her."""
    for column in ("name", "ended_reason"):
        said = Intake.objects.exclude(**{column: ""}).values_list("pk", column)
        Intake.objects.filter(pk__in=[pk for pk, words in said if marks.in_words(words)]).update(
            **{column: ""}
        )


def _rows_of_lists(erased: Erased, marks: Marks) -> None:
    """Their cells, and the files: the other rows of a file that was brought in are in the register.

    Lists that came to nothing go as a whole, whoever they name: their rows were linked to nobody, and of some
    only the file is left. Their senders have them still.
    """
    empty(with_content(Intake.objects.filter(state__in=TO_NOTHING)))
    of_records = SourceRecord.objects.filter(pk__in=erased.records, intake__isnull=False)
    places = list(of_records.values_list("intake", "sheet", "row"))
    named = Q(person__in=erased.persons)
    for intake, sheet, row in places:
        named |= Q(intake=intake, sheet=sheet, number=row)
    for row, _intake in rows_naming(marks):
        named |= Q(pk=row)
    rows = IntakeRow.objects.filter(named)
    intakes = {intake for intake, _sheet, _row in places} | set(rows.values_list("intake", flat=True))
    rows.update(cells=[], meaning={}, remarks=[], person=None)
    of_lists = Intake.objects.filter(pk__in=intakes).values_list("upload", "numbers", "marked")
    files = {upload for each in of_lists for upload in each if upload is not None}
    for upload in Upload.objects.filter(pk__in=files, state=Upload.State.KEPT):
        removed.blank(upload)


def paths() -> tuple[Path, Path]:
    """DATA/erased.log stays where it is, DATA/audit/erased.log is part of the backup."""
    data = Path(settings.DATA)
    return data / NAME, data / "audit" / NAME


def remember(records: Iterable[int], when: datetime) -> None:
    """Add moment and record to both files, on the disk when this returns. Nothing else is kept."""
    lines = "".join(f"{when.isoformat()}\t{record}\n" for record in sorted(records))
    for path in paths():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with path.open("a", encoding="ascii") as file:
            file.write(lines)
            file.flush()
            os.fsync(file.fileno())


def remembered() -> dict[int, datetime]:
    """The erased records, each with its moment; lines cut short are passed over."""
    found: dict[int, datetime] = {}
    for path in paths():
        lines = path.read_text(encoding="ascii").splitlines() if path.exists() else []
        for match in filter(None, map(LINE.match, lines)):
            when = datetime.fromisoformat(match[1])
            found[int(match[2])] = max(when, found.get(int(match[2]), when))
    return found


def remember_missing() -> int:
    """Remember what the database says was erased and the files do not have, as after a process that was
    killed between the two; how many.
    """
    known = remembered()
    gone = SourceRecord.objects.exclude(erased_at=None).values_list("pk", "erased_at")
    missing = [(record, when) for record, when in gone if when is not None and record not in known]
    for record, when in missing:
        remember([record], when)
    return len(missing)


def erase_again() -> int:
    """After a restore: erase what came back; how many records. One that was made after the moment has the
    number of an erased one by chance, as numbers are given again after a restore.
    """
    known = remembered()
    back = [(record, person) for record, made, person in _standing(known) if made < known[record]]
    by_person: dict[int, list[int]] = {}
    for record, person in back:
        by_person.setdefault(person, []).append(record)
    for person, records in by_person.items():
        blank(Erased((person,), tuple(records)), max(known[record] for record in records))
    return len(back)


def _standing(known: Collection[int]) -> list[tuple[int, datetime, int]]:
    found = Membership.objects.filter(record__in=list(known), record__erased_at=None, until=None)
    return list(found.values_list("record", "record__made_at", "person"))
