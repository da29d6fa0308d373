"""Set-up for every test: the database, the cast, quick hashing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django
import hypothesis
import pytest
from tests import statements

from nhipcau.core.sealing import RingFile

os.environ["DJANGO_SETTINGS_MODULE"] = "nhipcau.config.settings"
os.environ.setdefault("NHIPCAU_MODE", "demo")
# Before any other conftest is read: those may import models at the top.
django.setup()
# How long an example takes tells who else uses the machine.
hypothesis.settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("any machine")

if TYPE_CHECKING:
    import psycopg
    from pytest_django import DjangoDbBlocker
    from tests.cast import Cast, SignedIn
    from tests.database import Logins


ROOT = Path(__file__).parent
NOTES = ROOT / ".cache" / "statements"
# What takes minutes begins first, so that no worker is left alone with it at the end; the rest as it lies.
LONGEST = (
    "tests/heavy/test_clean_root.py",
    "tests/heavy/test_ratios.py",
    "tests/heavy/test_restructuring_scenario.py",
    "tests/heavy/test_wheel.py",
    "tests/heavy",
    "tests/crash",
    "tests/journeys/test_crawl.py",
    "src/nhipcau/core/planreader/formats/tests/test_renderings.py",
    "tests/journeys",
    "tests/test_interface.py",
    "tests/permissions",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--note-statements", action="store_true", help="note in .cache what each test asks of the database"
    )
    parser.addoption(
        "--of-database",
        action="store_true",
        help="only tests that use the database or its server; of those whose statements were noted, as many"
        " as ask every statement",
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--of-database"):
        wanted = _asking_all([item for item in items if _uses_database(item)])
        config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in wanted])
        items[:] = [item for item in items if item.nodeid in wanted]
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    place = item.path.relative_to(ROOT).as_posix()
    return next((turn for turn, long in enumerate(LONGEST) if place.startswith(long)), len(LONGEST))


def _uses_database(item: pytest.Item) -> bool:
    asked = getattr(item, "fixturenames", ())
    of_server = ROOT / "src/nhipcau/embedded" in item.path.parents
    return of_server or "django_db_setup" in asked or item.get_closest_marker("django_db") is not None


def _asking_all(items: list[pytest.Item]) -> set[str]:
    asked = statements.read(NOTES)
    whole = {item.nodeid for item in items if item.nodeid not in asked or _tries_more(item)}
    return whole | statements.enough(asked, {item.nodeid for item in items} - whole)


def _tries_more(item: pytest.Item) -> bool:
    """What commits, and what says so of itself, is more than its statements."""
    of_database = item.get_closest_marker("django_db")
    commits = of_database is not None and of_database.kwargs.get("transaction", False)
    own = {"transactional_db", "owner", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(commits or own or item.get_closest_marker("every_server"))


def pytest_sessionstart(session: pytest.Session) -> None:
    if session.config.getoption("--note-statements") and "PYTEST_XDIST_WORKER" not in os.environ:
        shutil.rmtree(NOTES, ignore_errors=True)
        NOTES.mkdir(parents=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    if not (item.config.getoption("--note-statements") and _uses_database(item)):
        return (yield)
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    with statements.noted(item.nodeid, NOTES / f"{worker}.jsonl"):
        return (yield)


def pytest_configure() -> None:
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    # Static files come from where they lie, as nothing is collected for tests.
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.KEY_RING = Path(__file__).parent / ".cache" / "test-keys" / "ring.json"
    RingFile(settings.KEY_RING).make()


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
def own_language() -> None:
    """A test that asked for a page in English must not leave its language to the next one."""
    from django.utils import translation

    translation.deactivate()


@pytest.fixture(autouse=True)
def kept_of_what_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kept value that reads a table which it does not name would be stale one day."""
    from tests.kept import checked

    from nhipcau.apps.audit.editions import Kept

    monkeypatch.setattr(Kept, "get", checked(Kept.get))


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
