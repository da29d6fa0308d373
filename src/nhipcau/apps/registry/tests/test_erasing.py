"""Who was erased is found nowhere, the figures stay, and a backup does not bring her back."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import override
from psycopg import sql
from tests.cast import Cast, make_cast
from tests.permissions.world_of_registry import begin_registry, make_record, make_round

from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting, set_identity
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.audit.models import Event
from nhipcau.apps.audit.seal import seal_all
from nhipcau.apps.files import store
from nhipcau.apps.files.models import Upload
from nhipcau.apps.registry import erasing
from nhipcau.apps.registry.actions import correct_person, decide_pair, end_sharing, erase_person
from nhipcau.apps.registry.deriving import derive
from nhipcau.apps.registry.entering import enter
from nhipcau.apps.registry.erasing import STAYS, erase_again, remember_missing, remembered
from nhipcau.apps.registry.exporting import wanted_people
from nhipcau.apps.registry.models import (
    Export,
    Group,
    IdentityNumber,
    Intake,
    IntakeRow,
    LookUp,
    Membership,
    Nationality,
    Pair,
    Person,
    Residence,
    Sharing,
    SourceRecord,
)
from nhipcau.apps.registry.numbers import keep, persons_with, understood
from nhipcau.apps.registry.search import found_by
from nhipcau.core.text import fold

TOKEN = "Xuzyvôq"
PHONE = "0903555777"
NUMBER = "B7654321"
TESTS = System("tests")
REQUEST = "12/YC-2026"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path: Path) -> None:
    """Files and logs of this test alone."""
    settings.DATA = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"


def planted(cast: Cast) -> Person:
    """A person whose every field that can hold the token does; of a list, with a correction and a pair."""
    begin_registry()
    round = make_round(cast)
    sha256 = "a1" * 32
    path = store.path_of(sha256)
    path.parent.mkdir(parents=True)
    path.write_text(TOKEN, encoding="utf-8")
    upload = Upload.objects.create(
        sha256=sha256, name=f"{TOKEN}.xlsx", size=9, format="xlsx", created_by=cast.coordinator
    )
    intake = Intake.objects.create(
        upload=upload,
        digest=sha256,
        sender=cast.department_b,
        round=round,
        stated_on=round.reference_date,
        state=Intake.State.CONFIRMED,
        created_by=cast.coordinator,
    )
    words = {
        field.name: TOKEN[: field.max_length]
        for field in SourceRecord._meta.concrete_fields
        if field.get_internal_type() == "CharField"
        and field.attname not in STAYS
        and field.name not in ("birth", "left_in")
    }
    fields = words | {
        "origin": SourceRecord.Origin.LIST,
        "intake": intake,
        "sheet": 0,
        "row": 7,
        "made_by": None,
        "phone": PHONE,
        "written": {"Họ và tên": TOKEN},
        "groups": [Group.WORKER],
        "place": cast.commune,
        "sender": cast.department_b,
    }
    record = make_record(cast, round, **fields)
    person = enter(record)
    IntakeRow.objects.create(
        intake=intake,
        sheet=0,
        number=7,
        finding="new",
        cells=[TOKEN],
        meaning={"name": TOKEN},
        remarks=[{"column": "name", "code": "x", "values": [TOKEN]}],
    )
    Residence.objects.create(record=record, country="US", city=TOKEN)
    Nationality.objects.create(record=record, country="VN")
    keep(record, understood(NUMBER))
    other = make_record(cast, round, name="Trần Văn Bình")
    enter(other)
    Pair.objects.create(
        left=record, right=other, weight=1.0, evidence={"name": TOKEN}, state=Pair.State.UNKNOWN, reason=TOKEN
    )
    set_identity(cast.coordinator.pk)
    correct_person(
        person,
        {"occupation": TOKEN},
        basis="person",
        reason=f"{TOKEN} nói",
        sender=cast.lead_agency,
        actor=cast.coordinator,
    )
    return person


def places_of(owner: psycopg.Connection[Any], *words: str) -> set[str]:
    """The tables of the whole database in which one of the words stands, marks aside or not."""
    tables = owner.execute("select tablename from pg_tables where schemaname = 'public'").fetchall()
    found = set()
    for (table,) in tables:
        statement = sql.SQL("select 1 from {} t where t::text ilike any (%s) limit 1").format(
            sql.Identifier(table)
        )
        if owner.execute(statement, [[f"%{word}%" for word in words]]).fetchone():
            found.add(table)
    return found


@pytest.mark.django_db(transaction=True)
def test_a_planted_word_is_found_nowhere_afterwards(owner: psycopg.Connection[Any], settings, caplog) -> None:
    with acting(TESTS):
        cast = make_cast()
        person = planted(cast)
    words = (TOKEN, fold(TOKEN), json.dumps(TOKEN)[1:-1], PHONE, NUMBER)
    assert {"registry_sourcerecord", "registry_person", "registry_intakerow", "audit_event"} <= places_of(
        owner, *words
    )
    with acting(TESTS):
        seal_all()
    with acting(cast.coordinator):
        assert found_by(TOKEN) == [person.pk]
        assert found_by(PHONE) == [person.pk]
        assert persons_with(NUMBER) == [person.pk]
        erased = erase_person(person, request=REQUEST, ground="asked", actor=cast.coordinator)
    assert len(erased.records) == 2

    assert places_of(owner, *words) == set()
    kept = [path for path in Path(settings.DATA).rglob("*") if path.is_file()]
    assert kept, "what was erased is remembered by its number"
    for path in kept:
        content = path.read_bytes()
        for word in words:
            assert word.encode() not in content, path
    assert TOKEN not in caplog.text
    with acting(cast.coordinator):
        assert found_by(TOKEN) == found_by(PHONE) == []
        assert persons_with(NUMBER) == []
        assert not Person.objects.standing().filter(pk=person.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_what_officers_wrote_of_her_beside_her_page_goes_too(owner: psycopg.Connection[Any]) -> None:
    with acting(TESTS):
        cast = make_cast()
        person = planted(cast)
        Export.objects.create(
            asked_by=cast.coordinator,
            purpose="contact",
            words=f"gọi cho {TOKEN}",
            wanted={"q": TOKEN.lower()},
            columns=["name"],
        )
        Sharing.objects.create(
            body="Công an tỉnh Mẫu",
            letter="12/CV-CAT",
            letter_day=timezone.localdate(),
            basis="Luật",
            purpose=f"xác minh {TOKEN}",
            wanted={"q": NUMBER, "country": "US"},
            columns=["name"],
            until=timezone.localdate() + timedelta(days=30),
            asked_by=cast.coordinator,
        )
        LookUp.objects.create(
            user=cast.coordinator, reason="help", by="year", words=f"{TOKEN} nhờ", made_at=timezone.now()
        )
    with acting(cast.coordinator):
        decide_pair(
            Pair.objects.get(),
            "different",
            reason=f"không phải {TOKEN}",
            actor=cast.coordinator,
            seen="unknown",
        )
        end_sharing(Sharing.objects.get(), reason=f"{TOKEN} không muốn", actor=cast.coordinator)
    with acting(TESTS):
        seal_all()
    with acting(cast.coordinator):
        erase_person(person, request=REQUEST, ground="asked", actor=cast.coordinator)
    assert places_of(owner, TOKEN, fold(TOKEN), NUMBER) == set()
    with acting(cast.coordinator):
        assert not wanted_people(cast.coordinator, Sharing.objects.get().wanted).exists()


@pytest.mark.django_db(transaction=True)
def test_the_figures_of_the_round_stay_as_they_were(owner: psycopg.Connection[Any]) -> None:
    with acting(TESTS):
        cast = make_cast()
        person = planted(cast)
        seal_all()

    def figures() -> list[tuple[Any, ...]]:
        return owner.execute(
            "select round_id, sender_id, place_id, country, sex, groups, count(*) "
            "from registry_sourcerecord group by 1, 2, 3, 4, 5, 6 order by 1, 2"
        ).fetchall()

    before = figures()
    with acting(cast.coordinator):
        erase_person(person, request=REQUEST, ground="asked", actor=cast.coordinator)
        event = Event.objects.get(verb="registry.erase_person")
        assert event.facts() == {"request": REQUEST, "ground": "asked", "records": 2}
    assert figures() == before


@pytest.mark.django_db(transaction=True)
def test_a_backup_does_not_bring_her_back(owner: psycopg.Connection[Any]) -> None:
    with acting(TESTS):
        cast = make_cast()
        person = planted(cast)
        seal_all()
    with acting(cast.coordinator):
        records = erase_person(person, request=REQUEST, ground="asked", actor=cast.coordinator).records
    # As an older database has her: the same numbers, and words in them.
    owner.execute("alter table registry_sourcerecord disable trigger user")
    owner.execute("update registry_sourcerecord set name = %s, erased_at = null", [TOKEN])
    owner.execute("alter table registry_sourcerecord enable trigger user")
    with acting(TESTS):
        derive([person.pk])
        others = SourceRecord.objects.exclude(pk__in=records).count()
        assert erase_again() == 2
        assert erase_again() == 0
        assert SourceRecord.objects.filter(name=TOKEN).count() == others, "nobody else is erased"
        person.refresh_from_db()
        assert (person.name, person.records) == ("", 0)


@pytest.mark.django_db(transaction=True)
def test_a_new_record_with_the_number_of_an_erased_one_stays(owner: psycopg.Connection[Any]) -> None:
    with acting(TESTS):
        cast = make_cast()
        person = planted(cast)
        seal_all()
    with acting(cast.coordinator):
        records = erase_person(person, request=REQUEST, ground="asked", actor=cast.coordinator).records
    owner.execute("alter table registry_sourcerecord disable trigger user")
    owner.execute(
        "update registry_sourcerecord set erased_at = null, made_at = now() + '1 hour' where id = any (%s)",
        [list(records)],
    )
    owner.execute("alter table registry_sourcerecord enable trigger user")
    with acting(TESTS):
        assert erase_again() == 0


@pytest.mark.django_db(transaction=True)
def test_an_erasure_whose_process_died_before_it_was_noted_is_noted_later(settings) -> None:
    with acting(TESTS):
        cast = make_cast()
        person = planted(cast)
        seal_all()
    with acting(cast.coordinator):
        records = erase_person(person, request=REQUEST, ground="asked", actor=cast.coordinator).records
    for path in erasing.paths():
        path.unlink()
    with acting(TESTS):
        assert remember_missing() == 2
        assert remembered().keys() == set(records)
        assert remember_missing() == 0


@pytest.mark.django_db
def test_what_cannot_be_erased_is_refused_with_the_reason(cast: Cast) -> None:
    begin_registry()
    round = make_round(cast)
    person = enter(make_record(cast, round))
    with override("en"):
        with pytest.raises(Refused, match="number of the request"):
            erase_person(person, request=" ", ground="asked", actor=cast.coordinator)
        upload = Upload.objects.create(
            sha256="c" * 64, name="a.xlsx", size=1, format="xlsx", created_by=cast.coordinator
        )
        intake = Intake.objects.create(
            upload=upload,
            digest=upload.sha256,
            sender=cast.department_b,
            round=round,
            stated_on=round.reference_date,
            state=Intake.State.CHECKED,
            created_by=cast.coordinator,
        )
        IntakeRow.objects.create(intake=intake, sheet=0, number=1, finding="known", person=person)
        with pytest.raises(Refused, match="Confirm or drop"):
            erase_person(person, request=REQUEST, ground="asked", actor=cast.coordinator)
        Intake.objects.update(state=Intake.State.DROPPED)
        erase_person(person, request=REQUEST, ground="asked", actor=cast.coordinator)
        with pytest.raises(Refused, match="nothing left"):
            erase_person(person, request=REQUEST, ground="asked", actor=cast.coordinator)


@pytest.mark.django_db
def test_who_was_joined_to_her_goes_with_her_and_leads_to_the_hole(cast: Cast) -> None:
    begin_registry()
    round = make_round(cast)
    kept, gone = enter(make_record(cast, round)), enter(make_record(cast, round, name="Nguyễn Hoa"))
    Membership.objects.filter(person=gone).update(person=kept)
    Person.objects.filter(pk=gone.pk).update(merged_into=kept)
    derive([kept.pk, gone.pk])
    gone.refresh_from_db()
    with override("en"), pytest.raises(Refused, match="joined to another"):
        erase_person(gone, request=REQUEST, ground="asked", actor=cast.coordinator)
    assert len(erase_person(kept, request=REQUEST, ground="asked", actor=cast.coordinator).records) == 2
    assert set(Person.objects.values_list("name", "records")) == {("", 0)}


@pytest.mark.django_db
def test_all_that_hangs_on_a_record_goes(cast: Cast) -> None:
    begin_registry()
    person = planted(cast)
    with transaction.atomic():
        erasing.blank(erasing.records_of(person))
    begin_registry()
    for model in (IdentityNumber, Nationality, Residence, Pair):
        assert not model._default_manager.exists(), model
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from registry_membership where until is null")
        assert cursor.fetchone()[0] == 3, "the hole is a person still"


def test_the_page_tells_what_goes_and_asks_to_be_sure(signed_in, cast: Cast) -> None:
    begin_registry()
    person = enter(make_record(cast, make_round(cast)))
    client = signed_in("coordinator")
    page = f"/people-abroad/{person.pk}/erase/"
    assert "Xóa vĩnh viễn" in client.get(page).content.decode()
    values = {"request": REQUEST, "ground": "asked"}
    assert client.post(page, values).status_code == 422
    assert client.post(page, values | {"sure": "on"}).status_code == 302
    shown = client.get(f"/people-abroad/{person.pk}/").content.decode()
    assert "đã được xóa" in shown
    assert "Nguyễn Thị Hoa" not in shown


def test_every_relation_to_people_says_what_erasing_does_with_it() -> None:
    relations = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in (*model._meta.concrete_fields, *model._meta.local_many_to_many)
        if field.related_model in (Person, SourceRecord)
    }
    assert relations - erasing.covered() == set()
