"""A copy for practice says so on every page and cannot reach anybody."""

from __future__ import annotations

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings
from tests.cast import Cast, SignedIn

import nhipcau
from nhipcau.apps.access.actions import invite_by_slip
from nhipcau.apps.access.actions.make_training_copy import make_training_copy
from nhipcau.apps.access.actors import System
from nhipcau.apps.accounts.models import Invitation, User
from nhipcau.apps.orgs.models import FocalPoint

BANNER = "Bản tập huấn"
COPYING = System("training-copy")


@pytest.fixture
def training(settings: Settings) -> None:
    settings.TRAINING = True


def test_every_page_bears_the_banner(cast: Cast, signed_in: SignedIn, training: None) -> None:
    assert BANNER in signed_in("officer").get("/").content.decode()
    assert BANNER in Client().get("/accounts/login/").content.decode()
    assert BANNER in signed_in("officer").get("/people/").content.decode()
    assert BANNER in signed_in("officer").get("/no-such-page/").content.decode()


def test_an_instance_for_work_bears_none(signed_in: SignedIn) -> None:
    assert BANNER not in signed_in("officer").get("/").content.decode()


def test_no_mail_leaves_it_whatever_else_is_set() -> None:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("NHIPCAU_")},
        "PYTHONPATH": str(Path(nhipcau.__file__).parents[1]),
        "NHIPCAU_TRAINING": "1",
        "NHIPCAU_SMTP_URL": "smtp://u:p@mail.example.gov.vn:587?tls=1",
    }
    code = "import nhipcau.config.settings as s; print(s.EMAIL_BACKEND)"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "nhipcau.apps.notices.folder.EmailBackend"


def test_addresses_passwords_and_ways_in_are_replaced(cast: Cast, training: None) -> None:
    invite_by_slip([cast.officer], actor=cast.coordinator)
    FocalPoint.objects.create(
        organisation=cast.department_a,
        full_name="An",
        phone="0909",
        email="an@example.vn",
        valid=(None, None),
    )
    count = make_training_copy("cầu khỉ gập ghềnh 47", actor=COPYING)
    assert count == User.objects.count()
    assert not User.objects.exclude(email__endswith="@taphuan.example").exists()
    cast.officer.refresh_from_db()
    assert cast.officer.check_password("cầu khỉ gập ghềnh 47")
    assert cast.officer.full_name == "Huỳnh Văn An"
    assert not Invitation.objects.exists()
    assert FocalPoint.objects.values_list("phone", "email").get() == ("", "")


def test_an_instance_for_work_is_never_made_one(cast: Cast) -> None:
    assert django_settings.TRAINING is False
    with pytest.raises(PermissionDenied):
        make_training_copy("x", actor=COPYING)
    with pytest.raises(CommandError):
        call_command("training_copy", "--yes", stdout=StringIO())
    assert User.objects.filter(email="officer@example.vn").exists()


def test_the_command_asks_for_a_yes(cast: Cast, training: None) -> None:
    with pytest.raises(CommandError):
        call_command("training_copy", stdout=StringIO())
