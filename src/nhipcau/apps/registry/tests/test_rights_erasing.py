"""What a person asked and agreed to, and rows of lists that were never linked to her, go with her."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import override
from tests.cast import Cast, make_cast
from tests.permissions.world_of_registry import (
    begin_registry,
    make_consent_text,
    make_record,
    make_request,
    make_round,
)

from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.audit.seal import seal_all
from nhipcau.apps.files import store
from nhipcau.apps.files.models import Upload
from nhipcau.apps.registry.actions import drop_intake, erase_person
from nhipcau.apps.registry.entering import enter
from nhipcau.apps.registry.erasing import erase_again
from nhipcau.apps.registry.models import (
    Consent,
    Intake,
    IntakeRow,
    Person,
    Restriction,
    SourceRecord,
    SubjectCopy,
    Verification,
)
from nhipcau.apps.registry.tests.test_erasing import places_of

TOKEN = "Xuzyvôq"
TESTS = System("tests")
REQUEST = "12/YC-2026"


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    """Files of this test alone."""
    settings.DATA = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"


def file_of(cast: Cast, digit: str) -> Upload:
    sha256 = digit * 64
    path = store.path_of(sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(TOKEN, encoding="utf-8")
    return Upload.objects.create(
        sha256=sha256, name=f"{TOKEN}.xlsx", size=9, format="xlsx", created_by=cast.coordinator
    )


def list_of(cast: Cast, digit: str, state: str, **fields: Any) -> Intake:
    upload = file_of(cast, digit)
    values = {
        "upload": upload,
        "name": f"{TOKEN}.xlsx",
        "digest": upload.sha256,
        "sender": cast.department_b,
        "stated_on": timezone.localdate(),
        "state": state,
        "created_by": cast.coordinator,
    }
    return Intake.objects.create(**values | fields)


def row_of(intake: Intake, number: int, name: str, **fields: Any) -> IntakeRow:
    values = {"sheet": 0, "number": number, "finding": "wrong", "cells": [name], "meaning": {"name": name}}
    return IntakeRow.objects.create(intake=intake, **values | fields)


def planted(cast: Cast) -> Person:
    """She asked and agreed in words; lists that were dropped, refused, taken back or confirmed name her
    without a link.
    """
    begin_registry()
    round = make_round(cast)
    person = enter(make_record(cast, round, name=f"{TOKEN} Hoa", phone="0903555777"))
    request = make_request(
        cast,
        person,
        right="erase",
        asker=TOKEN,
        contact=TOKEN,
        words=TOKEN,
        mandate=TOKEN,
        about=TOKEN,
        decision_reason=TOKEN,
        extension_reason=TOKEN,
        ended_how=TOKEN,
    )
    SubjectCopy.objects.create(
        request=request,
        upload=file_of(cast, "e"),
        made_by=cast.coordinator,
        expires_on=timezone.localdate(),
    )
    text = make_consent_text(cast)
    Consent.objects.create(
        person=person,
        text=text,
        purpose=text.purpose,
        given_on=timezone.localdate(),
        by="representative",
        representative=TOKEN,
        how="paper",
        proof=TOKEN,
        recorded_by=cast.coordinator,
    )
    Verification.objects.create(
        person=person,
        by="document",
        verified_on=timezone.localdate(),
        evidence=TOKEN,
        recorded_by=cast.coordinator,
    )
    Restriction.objects.create(
        person=person,
        set_by=cast.coordinator,
        reason=TOKEN,
        lifted_at=timezone.now(),
        lifted_by=cast.coordinator,
        lifted_reason=TOKEN,
    )
    for digit, state in (("a", "refused"), ("b", "dropped"), ("c", "undone")):
        nothing = list_of(
            cast,
            digit,
            state,
            round=round,
            ended_reason=f"{TOKEN} Hoa gửi nhầm",
            sheets=[{"samples": [[TOKEN]]}],
            refusal={"code": "damaged", "values": {"cell": TOKEN}},
        )
        row_of(nothing, 1, f"{TOKEN.upper()} hoa")
    confirmed = list_of(cast, "d", "confirmed", round=round, name="danh-sach.xlsx")
    row_of(confirmed, 5, f"hoa {TOKEN}", meaning={}, remarks=[{"column": 0, "code": "x"}])
    row_of(confirmed, 6, "Người khác", cells=["0903 555 777", TOKEN], meaning={})
    row_of(confirmed, 7, "Lê Văn Tám")
    return person


@pytest.mark.django_db(transaction=True)
def test_words_of_requests_and_rows_never_linked_are_found_nowhere_afterwards(
    owner: psycopg.Connection[Any], settings: Any
) -> None:
    with acting(TESTS):
        cast = make_cast()
        person = planted(cast)
    with acting(cast.coordinator):
        waiting = list_of_one_to_drop(cast)
        drop_intake(waiting, reason=f"{TOKEN} Hoa nhờ bỏ", actor=cast.coordinator)
    words = (TOKEN, "xuzyvoq")
    assert {"registry_rightsrequest", "registry_consent", "registry_intake", "audit_event"} <= places_of(
        owner, *words
    )
    with acting(TESTS):
        seal_all()
    with acting(cast.coordinator):
        erase_person(person, request=REQUEST, ground="asked", actor=cast.coordinator)
    assert places_of(owner, *words, "0903 555 777") == set()
    for path in Path(settings.DATA).rglob("*"):
        if path.is_file():
            assert TOKEN.encode() not in path.read_bytes(), path
    with acting(TESTS):
        assert IntakeRow.objects.filter(meaning__name="Lê Văn Tám").exists(), "others' rows stay"
        assert Consent.objects.get().given_on is not None, "that she agreed stays, without words"
        assert Intake.objects.filter(state="dropped").count() == 2, "that lists were sent stays"


def list_of_one_to_drop(cast: Cast) -> Intake:
    begin_registry()
    return list_of(cast, "f", "to_map", round=SourceRecord.objects.get().round, name="mau.xlsx")


@pytest.mark.django_db(transaction=True)
def test_after_a_restore_they_go_again(owner: psycopg.Connection[Any]) -> None:
    with acting(TESTS):
        cast = make_cast()
        person = planted(cast)
        seal_all()
    with acting(cast.coordinator):
        erase_person(person, request=REQUEST, ground="asked", actor=cast.coordinator)
    # As an older database has her: the same numbers, with words.
    owner.execute("alter table registry_sourcerecord disable trigger user")
    owner.execute("update registry_sourcerecord set name = %s, erased_at = null", [f"{TOKEN} Hoa"])
    owner.execute("alter table registry_sourcerecord enable trigger user")
    owner.execute("update registry_consent set proof = %s", [TOKEN])
    owner.execute("update registry_rightsrequest set asker = %s", [TOKEN])
    with acting(TESTS):
        dropped = list_of(cast, "9", "dropped", round=SourceRecord.objects.get().round)
        row_of(dropped, 1, TOKEN)
        assert erase_again() == 1
    assert places_of(owner, TOKEN) <= {"audit_event"}


@pytest.mark.django_db
def test_a_list_that_waits_and_names_her_without_a_link_is_settled_first(cast: Cast) -> None:
    begin_registry()
    round = make_round(cast)
    person = enter(make_record(cast, round))
    waiting = list_of(cast, "a", "checked", round=round)
    row = row_of(waiting, 1, "NGUYEN THI HOA", meaning={"birth": "1990"})
    erase = {"request": REQUEST, "ground": "asked", "actor": cast.coordinator}
    IntakeRow.objects.filter(pk=row.pk).update(meaning={"birth": "1962-05-30"})
    with override("en"), pytest.raises(Refused, match="Confirm or drop"):
        erase_person(person, **erase)
    # A namesake of another year is another.
    begin_registry()
    IntakeRow.objects.filter(pk=row.pk).update(meaning={"birth": "1990"})
    assert erase_person(person, **erase).records
    begin_registry()
    assert IntakeRow.objects.get(pk=row.pk).cells == ["NGUYEN THI HOA"]
    assert Person.objects.aggregate(most=Max("records"))["most"] == 0
