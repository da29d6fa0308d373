"""Identity numbers: sealed, found by equality, opened by an act with its purpose."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from pytest_django import Settings
from tests.cast import Cast, SignedIn
from tests.permissions.world_of_registry import begin_registry, make_record, make_round

from nhipcau.apps.access.identity import set_identity
from nhipcau.apps.access.keyring import make_first_ring, ring_file
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.audit.models import Event
from nhipcau.apps.registry import numbers
from nhipcau.apps.registry.actions import reveal_numbers
from nhipcau.apps.registry.entering import enter
from nhipcau.apps.registry.models import IdentityNumber, Person, SourceRecord
from nhipcau.core.sealing import NotGenuine

WRITTEN = "C 1234567"


@pytest.fixture
def hoa(cast: Cast, settings: Settings, tmp_path: Path) -> Person:
    settings.KEY_RING = tmp_path / "keys" / "ring"
    begin_registry()
    make_first_ring()
    record = make_record(cast, make_round(cast), place=cast.commune)
    person = enter(record)
    found = numbers.understood(WRITTEN)
    assert isinstance(found, list)
    numbers.keep(record, found)
    return person


def test_a_number_is_found_however_it_is_written(hoa: Person) -> None:
    for written in ("C1234567", "c 1234567", "Hộ chiếu số C1234567"):
        assert numbers.persons_with(written) == [hoa.pk]
    assert numbers.persons_with("C1234568") == []


def test_nobody_reads_it_from_the_database(hoa: Person) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select * from registry_identitynumber")
        cells = [
            bytes(cell) if isinstance(cell, memoryview) else str(cell).encode() for cell in cursor.fetchone()
        ]
    assert all(b"1234567" not in cell for cell in cells)
    assert "1234567" not in SourceRecord.objects.get().words


def test_the_keeper_opens_it_and_says_for_what(cast: Cast, hoa: Person) -> None:
    with pytest.raises(Refused):
        reveal_numbers(hoa, purpose=" ", actor=cast.coordinator)
    ((kind, number),) = reveal_numbers(hoa, purpose="Bảo hộ công dân", actor=cast.coordinator)
    assert number == "C1234567"
    assert kind
    event = Event.objects.filter(verb="registry.reveal_numbers").get()
    assert event.reason == "Bảo hộ công dân"
    assert "1234567" not in str(event.data)


@pytest.mark.parametrize("name", ["commune_officer", "officer"])
def test_others_neither_open_it_nor_find_by_it(cast: Cast, hoa: Person, name: str) -> None:
    user = getattr(cast, name)
    with pytest.raises((Http404, PermissionDenied)):
        reveal_numbers(hoa, purpose="Xem", actor=user)
    set_identity(user.pk)
    assert numbers.persons_with(WRITTEN) == []


def test_without_its_key_it_is_said_who_can_help(cast: Cast, hoa: Person) -> None:
    Path(ring_file().path).unlink()
    with pytest.raises(Refused):
        reveal_numbers(hoa, purpose="Bảo hộ công dân", actor=cast.coordinator)


def test_a_cell_of_another_row_does_not_open(hoa: Person) -> None:
    cell = IdentityNumber.objects.get()
    with pytest.raises(NotGenuine):
        numbers.SEALED.unseal(numbers.key_ring(), cell.pk + 1, bytes(cell.sealed))


def test_entered_from_a_paper_it_is_kept_sealed_and_told_apart_by(
    cast: Cast, hoa: Person, signed_in: SignedIn
) -> None:
    client = signed_in("coordinator")
    round = SourceRecord.objects.get().round
    assert round is not None
    sent = {
        "source": f"round-{round.pk}",
        "name": "TRẦN VĂN KHÁC",
        "identity": "c1234567",
        "basis": "document",
    }
    shown = client.post("/people-abroad/new/", sent)
    # Another name, the same number: is it one of these?
    assert (shown.status_code, f"/people-abroad/{hoa.pk}/" in shown.content.decode()) == (422, True)
    assert client.post("/people-abroad/new/", sent | {"another": "1"}).status_code == 302
    begin_registry()
    assert Person.objects.latest("pk").name == "Trần Văn Khác"
    assert IdentityNumber.objects.count() == 2
    wrong = client.post("/people-abroad/new/", sent | {"identity": "12"})
    assert wrong.status_code == 422


def test_the_page_shows_them_once_to_who_says_what_for(cast: Cast, hoa: Person, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    assert "C1234567" not in client.get(f"/people-abroad/{hoa.pk}/").content.decode()
    shown = client.post(f"/people-abroad/{hoa.pk}/numbers/", {"purpose": "Cấp hộ chiếu"})
    assert "C1234567" in shown.content.decode()
