"""Every address × every role × own, other's and missing object, against the tables beside this file.

`NHIPCAU_PRINT_MATRIX=1 pytest -k matrix -s` prints the rows as they are now, to be read, judged and pasted.
"""

from __future__ import annotations

import os
import sys
import time

import pytest
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, reverse
from tests.cast import Cast, SignedIn
from tests.permissions.addresses import addresses
from tests.permissions.tables import ROLES, Row, rows
from tests.permissions.world import World, make_world

TABLE = rows()
SIGN_IN = "/accounts/login/"


@pytest.fixture
def world(cast: Cast) -> World:
    return make_world(cast)


def answer(client: Client, row: Row, world: World, pattern: URLPattern) -> HttpResponseBase:
    """What this client gets; what it changed is undone."""
    address = reverse(row.address, kwargs=world.arguments(row.object, pattern))
    client.raise_request_exception = False
    with transaction.atomic():
        response = client.generic(
            row.method, address, b"", content_type="application/x-www-form-urlencoded", follow=False
        )
        transaction.set_rollback(True)
    return response


def _just_signed_in(client: Client, world: World, role: str) -> Client:
    """With the password typed a moment ago: pages that ask for it again are tried by their own rule."""
    if role == "anonymous":
        return client
    session, user = client.session, getattr(world.cast, role)
    record = {"method": "password", "at": time.time(), "email": user.email, "reauthenticated": True}
    session["account_authentication_methods"] = [record]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


@pytest.mark.parametrize("row", TABLE, ids=str)
def test_matrix(row: Row, world: World, signed_in: SignedIn) -> None:
    pattern = addresses()[row.address]

    found, wrong = [], []
    for role, expected in zip(ROLES, row.statuses, strict=True):
        response = answer(_just_signed_in(signed_in(role), world, role), row, world, pattern)
        found.append(response.status_code)
        to_sign_in = response.get("Location", "").startswith(SIGN_IN + "?next=")
        if response.status_code != expected:
            wrong.append(f"{role}: {response.status_code}, the table says {expected}")
        elif expected == 302 and to_sign_in and role not in ("anonymous", "leaver"):
            wrong.append(f"{role} is sent to sign in")
    if os.environ.get("NHIPCAU_PRINT_MATRIX"):
        sys.stdout.write(
            f"\n{row.address:<36} {row.method:<4} {row.object:<20} | {' '.join(map(str, found))}\n"
        )
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
    open_to_all = {row.address for row in TABLE if row.statuses[0] not in (302, 404, 405)}
    assert open_to_all == {
        "account_login",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
    }
