"""Erasing what the record says of a person, by an administrator, on her request."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from tests.cast import Cast

from nhipcau.apps.access.actions import lock_user
from nhipcau.apps.audit.models import Event
from nhipcau.apps.audit.verify import verify

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path


def test_a_persons_events_are_emptied_and_the_record_stays_sound(cast: Cast) -> None:
    lock_user(cast.officer, reason="Bà An nghỉ hưu", actor=cast.system_admin)
    call_command("audit_erase", request="12/YC", by=cast.system_admin.email, person=[cast.officer.pk])
    about = Event.objects.about(cast.officer)
    assert about.exists()
    assert {(event.data, event.reason, event.erased_under) for event in about} == {(None, "", "12/YC")}
    report = verify()
    assert report.sound
    assert set(report.erased.values()) == {"12/YC"}
    assert Event.objects.filter(verb="audit.erase", actor_id=cast.system_admin.pk).count() == 1


def test_others_events_stay(cast: Cast) -> None:
    call_command("audit_erase", request="12/YC", by=cast.system_admin.email, person=[cast.officer.pk])
    assert not Event.objects.about(cast.reader).filter(salt=None).exists()


@pytest.mark.parametrize("name", ["coordinator", "officer"])
def test_only_an_administrator_may(cast: Cast, name: str) -> None:
    with pytest.raises(CommandError):
        call_command("audit_erase", request="1", by=getattr(cast, name).email, person=[cast.officer.pk])
    assert not Event.objects.filter(salt=None).exists()


def test_a_request_needs_its_number(cast: Cast) -> None:
    with pytest.raises(CommandError):
        call_command("audit_erase", request=" ", by=cast.system_admin.email, person=[cast.officer.pk])
