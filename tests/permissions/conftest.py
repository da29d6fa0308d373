"""The world that the tables of this folder speak of, made once for all tests of a file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker
from tests.cast import Cast, SignedIn, make_cast
from tests.permissions.world import World, make_world


@pytest.fixture(scope="module")
def world(django_db_setup: str, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """In a transaction that is never committed."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world(make_cast())
        transaction.set_rollback(True)


@pytest.fixture
def cast(world: World) -> Iterator[Cast]:
    """Of this world; what a test changes is undone after it."""
    with transaction.atomic():
        yield world.cast
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def sign_in(world: World) -> SignedIn:
    return SignedIn(world.cast)
