"""Set-up for every test: the database, the cast, quick hashing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import django
import pytest

os.environ["DJANGO_SETTINGS_MODULE"] = "nhipcau.config.settings"
os.environ.setdefault("NHIPCAU_MODE", "demo")
# Before any other conftest is read: those may import models at the top.
django.setup()

if TYPE_CHECKING:
    import psycopg
    from pytest_django import DjangoDbBlocker
    from tests.cast import Cast, SignedIn
    from tests.database import Logins


def pytest_configure() -> None:
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    # Static files come from where they lie, as nothing is collected for tests.
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture(scope="session")
def database_logins() -> Logins:
    """How to reach the test server as owner and as serving login."""
    from tests import database

    return database.logins()


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    database_logins: Logins,
) -> Iterator[str]:
    """Replaces pytest-django's: created as owner, served as the serving login. Gives the database's name."""
    from tests import database

    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    with django_db_blocker.unblock():
        name = database.create(database_logins, worker, os.getpid())
        patch = pytest.MonkeyPatch()
        _replace_flush(patch, database_logins, name)
    yield name
    patch.undo()
    with django_db_blocker.unblock():
        database.destroy(database_logins, name)


def _replace_flush(patch: pytest.MonkeyPatch, logins: Logins, name: str) -> None:
    from django import test
    from tests import database

    patch.setattr(test.TransactionTestCase, "_fixture_teardown", lambda _self: database.empty(logins, name))


@pytest.fixture(autouse=True)
def forgetful_cache() -> None:
    """Limits of tries are counted in the cache; a test must not use up another's."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def owner(django_db_setup: str, database_logins: Logins) -> Iterator[psycopg.Connection[Any]]:
    """A connection of its own as the database's owner, committing at once; for transactional tests."""
    import psycopg

    with psycopg.connect(database_logins.owner(django_db_setup), autocommit=True) as connection:
        yield connection


@pytest.fixture
def cast(db: None) -> Cast:
    """The standing cast, each with her appointment and organisation."""
    from tests.cast import make_cast

    return make_cast()


@pytest.fixture
def signed_in(cast: Cast) -> SignedIn:
    """`signed_in("coordinator")` gives a client of that member of the cast; "anonymous" nobody's."""
    from tests.cast import SignedIn

    return SignedIn(cast)
