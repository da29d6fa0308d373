"""Every address × every role × own, other's and missing object, against the tables beside this file.

`NHIPCAU_PRINT_MATRIX=1 pytest -k matrix -s` prints the rows as they are now, to be read, judged and pasted.
"""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, reverse
from tests.cast import Cast, SignedIn
from tests.permissions.addresses import addresses
from tests.permissions.sent import SENT
from tests.permissions.tables import ROLES, Row, rows
from tests.permissions.world import World

TABLE = rows()
SIGN_IN = "/accounts/login/"


@dataclass(frozen=True, slots=True)
class Stage:
    """The world, and a session of each role; made once for all rows."""

    world: World
    sessions: dict[str, str]

    def body(self, row: Row) -> str:
        """What is sent; words in capitals stand for ids."""
        agency = str(self.world.cast.department_a.pk)
        sent = SENT.get(row.address, {}) if row.method == "POST" else {}
        return urlencode({name: value.replace("AGENCY_A", agency) for name, value in sent.items()})

    def ask(self, row: Row, role: str, pattern: URLPattern) -> HttpResponseBase:
        """What this role gets; what it changed is undone."""
        client = Client(raise_request_exception=False)
        if role in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        address = reverse(row.address, kwargs=self.world.arguments(row.object, pattern))
        with transaction.atomic():
            response = client.generic(
                row.method, address, self.body(row), content_type="application/x-www-form-urlencoded"
            )
            transaction.set_rollback(True)
        return response


@pytest.fixture(scope="module")
def stage(world: World, sign_in: SignedIn) -> Stage:
    sessions = {
        role: _just_signed_in(sign_in(role), world.cast, role) for role in ROLES if role != "anonymous"
    }
    return Stage(world, sessions)


def _just_signed_in(client: Client, cast: Cast, role: str) -> str:
    """With the password typed a moment ago: pages that ask for it again are tried by their own rule."""
    session, user = client.session, getattr(cast, role)
    record = {"method": "password", "at": time.time(), "email": user.email, "reauthenticated": True}
    session["account_authentication_methods"] = [record]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return str(session.session_key)


@pytest.mark.parametrize("row", TABLE, ids=str)
def test_matrix(row: Row, stage: Stage) -> None:
    judge(row, stage)


@pytest.mark.parametrize("row", [row for row in TABLE if row.address.startswith("registry:")], ids=str)
def test_matrix_of_people_with_row_security_alone(
    row: Row, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pages' own filters are switched off: the database is the second wall."""
    for name in (
        "person.persons_seen_by",
        "person.persons_in_scope_of",
        "person.memberships_seen_by",
        "record.records_seen_by",
        "lookup.lookups_seen_by",
        "export.exports_seen_by",
        "export.sharings_seen_by",
    ):
        monkeypatch.setattr(f"nhipcau.apps.registry.models.{name}", lambda _user: Q())
    monkeypatch.setattr("nhipcau.apps.registry.models.intake.sees_all", lambda _user: True)
    judge(row, stage)


def judge(row: Row, stage: Stage) -> None:
    """What each role gets is what the table says."""
    pattern = addresses()[row.address]
    found, wrong = [], []
    for role, expected in zip(ROLES, row.statuses, strict=True):
        response = stage.ask(row, role, pattern)
        found.append(str(response.status_code))
        to_sign_in = response.get("Location", "").startswith(SIGN_IN + "?next=")
        if response.status_code != expected:
            wrong.append(f"{role}: {response.status_code}, the table says {expected}")
        elif expected == 302 and to_sign_in and role not in ("anonymous", "leaver"):
            wrong.append(f"{role} is sent to sign in")
    if os.environ.get("NHIPCAU_PRINT_MATRIX"):
        line = f"{row.address:<36} {row.method:<4} {row.object:<20} | {' '.join(found)}"
        sys.stdout.write(f"\n{line}\n")
        return
    assert not wrong, f"{row.where}\n" + "\n".join(wrong)


def test_every_address_is_in_a_table() -> None:
    uncovered = set(addresses()) - {row.address for row in TABLE}
    assert not uncovered, f"Decide who may open these, in tests/permissions/*.txt: {sorted(uncovered)}"


def test_every_row_is_of_an_address() -> None:
    assert {row.address for row in TABLE} - set(addresses()) == set()


def test_an_address_with_arguments_is_tried_with_a_missing_object() -> None:
    known = addresses()
    tried = {row.address for row in TABLE if row.object == "missing"}
    named = {name for name, pattern in known.items() if pattern.pattern.regex.groupindex}
    assert named - tried == set()


def test_no_row_says_that_a_page_breaks() -> None:
    assert [str(row) for row in TABLE if any(status >= 500 for status in row.statuses)] == []


def test_without_sign_in_only_the_entrance_is_open() -> None:
    """Whoever adds a page for everyone must write it down here too."""
    open_to_all = {row.address for row in TABLE if row.statuses[0] not in (302, 401, 404, 405)}
    assert open_to_all == {
        "account_invitation",
        "account_login",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        # The secret stands in the address; calendar programs have no session.
        "notices:feed",
    }
