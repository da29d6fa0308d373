"""Nobody real is in a copy for practice: people get invented names, what was written of them goes.

Figures stay worth practising with: sexes, communes, countries, groups, rounds, who sent what and when, and
whose records belong together. All words are blanked but those that name nobody (KEPT): a column that is added
later is blanked until somebody writes it there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

import pgtrigger
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, Value, When

from nhipcau.apps.access.actions import erase_events
from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import as_part
from nhipcau.apps.audit.models import Event
from nhipcau.apps.audit.seal import seal_all
from nhipcau.apps.files import removed
from nhipcau.apps.files.models import Upload
from nhipcau.apps.notices.models import Notice
from nhipcau.apps.registry.deriving import derive
from nhipcau.apps.registry.entering import prepare, words_of_countries, words_of_places
from nhipcau.apps.registry.export_files import end_files
from nhipcau.apps.registry.models import Export, IdentityNumber, Membership, Person, SourceRecord

T = TypeVar("T")
CLEANER = System("training-copy")
AT_ONCE = 1_000
BLANK = "…"
# Words that name nobody: definitions, papers that give rights, layouts, codes, digests.
KEPT = {
    "consenttext": {"text_vi", "text_en"},
    "dataofficer": {"basis"},
    "export": {"columns", "holds", "file", "digest"},
    "groupspell": {"since", "until"},
    "intake": {"digest", "counts"},
    "layout": {"headings", "columns"},
    "merge": {"moved"},
    "nationality": {"since", "until", "country"},
    "remit": {"basis"},
    "residence": {"since", "until", "country"},
    "retentionrule": {"what", "basis"},
    "round": {"name", "source"},
    "runningsource": {"name"},
    "sharing": {"columns"},
    "takingout": {"records"},
}
# Invented by themselves, or derived anew.
APART = (SourceRecord, Person, IdentityNumber)
# Of a record these stay, or are invented; all other words are blanked.
_STAYS = frozenset(("birth", "country", "groups", "name", "surname", "given", "foreign_name", "phone"))
_MADE_ANEW = frozenset(("words", "name_sort", "likeness"))
SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Phan", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương")
MIDDLES = {"F": ("Thị", "Ngọc", "Thu", "Thanh", "Kim"), "M": ("Văn", "Hữu", "Minh", "Quốc", "Đức")}
GIVEN = {
    "F": ("Hoa", "Lan", "Mai", "Hương", "Yến", "Thủy", "Dung", "Cúc", "Hạnh", "Nga", "Loan"),
    "M": ("Bình", "Dũng", "Hải", "Khoa", "Long", "Phúc", "Tâm", "Sơn", "Hùng", "Thắng", "Toàn"),
}


def clean() -> None:
    """In the transaction that makes the copy."""
    with as_part(CLEANER.name):
        end_files(Export.objects.all(), Export.Why.DELETED)
        IdentityNumber.objects.all().delete()
        for model in apps.get_app_config("registry").get_models():
            _remove_files(model)
            if model not in APART:
                _blank(model)
        for part in _parts(SourceRecord.objects.standing().order_by("pk").iterator(AT_ONCE)):
            _invent(part)
        for ids in _parts(Person.objects.order_by("pk").values_list("pk", flat=True).iterator()):
            derive(ids)
        Notice.objects.filter(kind__startswith="registry.").delete()
        _forget_history()


def _parts(rows: Iterable[T]) -> Iterator[list[T]]:
    """AT_ONCE of them at a time."""
    following = iter(rows)
    while part := list(islice(following, AT_ONCE)):
        yield part


def _words(model: type[models.Model]) -> Iterator[models.Field[object, object]]:
    """Columns that may hold what somebody wrote."""
    kinds = (models.CharField, models.TextField, models.JSONField, models.BinaryField, ArrayField)
    for field in model._meta.concrete_fields:
        if isinstance(field, kinds) and not field.choices and not field.primary_key:
            yield field


def _blank(model: type[models.Model]) -> None:
    kept = KEPT.get(model._meta.model_name or "", set())
    empty = {field.name: _nothing(field) for field in _words(model) if field.name not in kept}
    if empty:
        model._base_manager.update(**empty)


def _nothing(field: models.Field[object, object]) -> object:
    """What stands in a column of which nothing is told; a reason that there has to be is still there."""
    if field.null:
        return None
    if isinstance(field, models.JSONField | ArrayField | models.BinaryField):
        return field.get_default()
    return Case(When(**{field.name: ""}, then=Value("")), default=Value(BLANK))


def _remove_files(model: type[models.Model]) -> None:
    """The bytes and names of files that belong to the model."""
    for field in model._meta.concrete_fields:
        if field.is_relation and field.related_model is Upload:
            own = model._base_manager.exclude(**{field.name: None}).order_by().values(field.name)
            for upload in Upload.objects.filter(pk__in=own, state=Upload.State.KEPT):
                removed.blank(upload)


def _invent(records: Sequence[SourceRecord]) -> None:
    """The same name for all records of a person, so that they still belong together."""
    standing = Membership.objects.filter(record__in=records, until=None)
    persons = {record: whose for record, *whose in standing.values_list("record", "person", "person__sex")}
    countries = words_of_countries({each.country for each in records if each.country})
    places = words_of_places({each.place_id for each in records if each.place_id})
    blanked = {
        field.name: _told(field)
        for field in _words(SourceRecord)
        if field.name not in _STAYS and field.name not in _MADE_ANEW
    }
    for record in records:
        for name, value in blanked.items():
            setattr(record, name, value if not isinstance(value, dict) else {})
        _name(record, *persons.get(record.pk, (record.pk, record.sex)))
        prepare(
            record,
            country_words=countries.get(record.country, ""),
            place_words=places.get(record.place_id or 0, ""),
        )
    with pgtrigger.ignore("registry.SourceRecord:frozen"):
        fields = (*blanked, *(_STAYS - {"country", "groups"}), *_MADE_ANEW)
        SourceRecord.objects.bulk_update(records, fields)


def _told(field: models.Field[object, object]) -> object:
    return {} if isinstance(field, models.JSONField) else ""


def _name(record: SourceRecord, seed: int, sex: str) -> None:
    """By the person alone: a record that does not tell her sex bears the name that her others do."""
    sex = sex if sex in GIVEN else "MF"[seed % 2]
    mixed = seed * 2_654_435_761 % 2**32
    record.surname = SURNAMES[mixed % len(SURNAMES)]
    record.given = GIVEN[sex][mixed // 13 % len(GIVEN[sex])]
    middle = MIDDLES[sex][mixed // 143 % len(MIDDLES[sex])]
    record.name = f"{record.surname} {middle} {record.given}"
    record.foreign_name = ""
    # About as old, and of no real day.
    record.birth = str(int(record.birth[:4]) + mixed % 5 - 2) if record.birth else ""
    record.phone = f"+84000{mixed % 1_000_000:06d}" if record.phone else ""


def _forget_history() -> None:
    """Of what was done in the register nothing is told but that it was."""
    seal_all()
    events = Event.objects.filter(subject_type__startswith="registry.", erased_under="")
    for ids in _parts(events.order_by("pk").values_list("pk", flat=True)):
        erase_events(ids, request=CLEANER.name, reason="", actor=CLEANER)
