"""Nobody real is in a training copy: what was planted is found nowhere, and it can be practised with."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings as configured
from django.utils import timezone
from pytest_django import Settings
from tests.cast import make_cast
from tests.permissions.world import make_world
from tests.permissions.world_of_registry import begin_registry, make_record, make_round

from nhipcau.apps.access.actions.make_training_copy import make_training_copy
from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting
from nhipcau.apps.registry import export_files
from nhipcau.apps.registry.entering import enter
from nhipcau.apps.registry.models import (
    Export,
    IdentityNumber,
    LookUp,
    Membership,
    Merge,
    Person,
    Sharing,
    SourceRecord,
)
from nhipcau.apps.registry.search import found_by
from nhipcau.apps.registry.tests.test_erasing import NUMBER, PHONE, TOKEN, places_of, planted
from nhipcau.core.text import fold

pytestmark = pytest.mark.django_db(transaction=True)
COPYING = System("training-copy")


@pytest.fixture(autouse=True)
def copy(settings: Settings, tmp_path: Path) -> None:
    settings.DATA, settings.MEDIA_ROOT = tmp_path, tmp_path / "files"
    settings.TRAINING = True


def test_a_planted_word_is_found_nowhere_in_the_copy(owner: psycopg.Connection[Any]) -> None:
    words = (TOKEN, fold(TOKEN), json.dumps(TOKEN)[1:-1], PHONE, NUMBER)
    with acting(System("tests")):
        cast = make_cast()
        person = planted(cast)
    with acting(System("tests")):
        other = Person.objects.exclude(pk=person.pk).get()
        Merge.objects.create(kept=person, gone=other, reason=TOKEN, asked_by=cast.coordinator)
        now = timezone.now()
        LookUp.objects.create(
            user=cast.officer,
            reason="help",
            words=TOKEN,
            by="year",
            person=person,
            made_at=now,
            until=now + timedelta(minutes=9),
            review_by=now,
        )
        file = export_files.path_of("f" * 32)
        file.write_text(TOKEN, encoding="utf-8")
        Export.objects.create(
            asked_by=cast.officer,
            purpose="check",
            words=TOKEN,
            wanted={"q": TOKEN},
            columns=["name"],
            state="ready",
            file=file.name,
            expires_at=now,
        )
        Sharing.objects.create(
            body=TOKEN,
            letter=TOKEN,
            letter_day=now,
            basis=TOKEN,
            purpose=TOKEN,
            columns=["name"],
            until=now,
            asked_by=cast.officer,
        )
    assert places_of(owner, *words)
    with acting(System("tests")):
        person.refresh_from_db()
    with acting(COPYING):
        make_training_copy("cầu khỉ gập ghềnh 47", actor=COPYING)
    assert places_of(owner, *words) == set()
    assert not file.exists()
    folder = Path(configured.DATA)
    assert not [path for path in folder.rglob("*") if path.is_file() and TOKEN.encode() in path.read_bytes()]
    with acting(COPYING):
        _can_be_practised_with(person)


def _can_be_practised_with(person: Person) -> None:
    """Still one person of two records of one name, in her group and commune, to be found."""
    before = (person.groups, person.place_id, person.records)
    person.refresh_from_db()
    assert (person.groups, person.place_id, person.records) == before
    records = SourceRecord.objects.filter(memberships__person=person, memberships__until=None)
    assert {each.name for each in records} == {person.name}
    assert len(person.name.split()) == 3
    assert person.pk in (found_by(person.name) or [])
    assert not IdentityNumber.objects.exists()
    assert Membership.objects.exists()


def test_records_of_one_person_bear_one_name_when_not_all_tell_her_sex() -> None:
    with acting(System("tests")):
        begin_registry()
        cast = make_cast()
        round = make_round(cast)
        people = []
        for sexes in (("F", ""), ("", "M"), ("F", "M"), ("", "")) * 2:  # an id that is odd, one that is even
            first, second = (make_record(cast, round, name="Trần Văn Bình", sex=sex) for sex in sexes)
            people.append(enter(first))
            enter(second, people[-1])
    with acting(COPYING):
        make_training_copy("cầu khỉ gập ghềnh 47", actor=COPYING)
        for person in people:
            _can_be_practised_with(person)


def test_every_kind_of_row_bears_it() -> None:
    with acting(System("tests")):
        make_world(make_cast())
    with acting(COPYING):
        make_training_copy("cầu khỉ gập ghềnh 47", actor=COPYING)
        assert {each.name for each in Person.objects.all()}.isdisjoint({"Lê Thị Cúc", "Trần Văn Bình"})
