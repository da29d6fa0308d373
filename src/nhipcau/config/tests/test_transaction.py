"""One transaction a request, with its identity, which never outlives it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from tests.cast import Cast, SignedIn

from nhipcau.apps.access.actors import System
from nhipcau.apps.access.identity import acting
from nhipcau.apps.accounts.models import User
from nhipcau.config.tests.probe_urls import identity

pytestmark = pytest.mark.urls("nhipcau.config.tests.probe_urls")


def jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs where task_name = 'probe.task'")
        return int(cursor.fetchone()[0])


@pytest.fixture
def quiet(cast: Cast) -> Client:
    """A client that gets the 500 page, as a browser does."""
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("address", ["/whoami", "/rendered"])
def test_the_database_knows_the_user_in_the_view_and_while_rendering(
    cast: Cast, signed_in: SignedIn, address: str
) -> None:
    assert signed_in("officer").get(address).content.decode() == str(cast.officer.pk)


def test_nobody_is_the_empty_string(signed_in: SignedIn) -> None:
    assert signed_in("anonymous").get("/whoami").content == b""


def test_a_locked_user_with_an_old_session_is_nobody(cast: Cast, signed_in: SignedIn) -> None:
    assert signed_in("leaver").get("/whoami").content == b""


@pytest.mark.django_db(transaction=True)
class TestCommitted:
    """With real commits."""

    def test_the_identity_ends_with_the_request(self, signed_in: SignedIn) -> None:
        signed_in("officer").get("/whoami")
        assert identity() in {"", "None"}

    def test_a_view_that_writes_is_committed(self, client: Client) -> None:
        client.get("/writes")
        assert User.objects.filter(email="probe@example.vn").exists()

    @pytest.mark.parametrize("address", ["/breaks/x", "/refuses", "/answers-500"])
    def test_a_request_that_fails_leaves_nothing(self, quiet: Client, address: str) -> None:
        assert quiet.get(address).status_code >= 400
        assert not User.objects.filter(email="probe@example.vn").exists()

    def test_a_failed_request_leaves_no_identity(self, cast: Cast) -> None:
        client = Client(raise_request_exception=False)
        client.force_login(cast.officer, backend="allauth.account.auth_backends.AuthenticationBackend")
        assert client.get("/breaks/x").status_code == 500
        assert identity() in {"", "None"}

    def test_a_job_is_deferred_with_the_change(self, quiet: Client) -> None:
        quiet.get("/defers")
        assert jobs() == 1

    def test_a_job_is_not_deferred_without_the_change(self, quiet: Client) -> None:
        quiet.get("/defers-and-breaks")
        assert jobs() == 0

    def test_a_session_is_saved(self, signed_in: SignedIn) -> None:
        client = signed_in("officer")
        client.get("/touches-session")
        assert client.session["touched"] is True

    def test_jobs_act_under_their_name_and_end_as_nobody(self, cast: Cast) -> None:
        with acting(System("nightly")), connection.cursor() as cursor:
            cursor.execute("select current_setting('app.system')")
            assert cursor.fetchone() == ("nightly",)
        with acting(cast.officer):
            assert identity() == str(cast.officer.pk)
        assert identity() == ""

    def test_a_job_inside_a_request_would_change_who_acts_and_is_refused(self, cast: Cast) -> None:
        with pytest.raises(RuntimeError), transaction.atomic(), acting(cast.officer):
            pass


@pytest.fixture
def one_pooled_connection(transactional_db: None) -> Iterator[None]:
    """Django's own pool with a single connection, so that every request of every thread goes over it."""
    settings: dict[str, Any] = connections.settings["default"]
    before = {"CONN_MAX_AGE": settings["CONN_MAX_AGE"], "OPTIONS": settings["OPTIONS"]}
    connection.close()
    settings["CONN_MAX_AGE"] = 0
    settings["OPTIONS"] = {**settings["OPTIONS"], "pool": {"min_size": 1, "max_size": 1, "timeout": 20}}
    yield
    connection.close()
    connection.close_pool()
    settings.update(before)


@pytest.mark.django_db(transaction=True)
def test_interleaved_requests_over_a_pooled_connection_leak_no_identity(
    cast: Cast, signed_in: SignedIn, one_pooled_connection: None
) -> None:
    names = ["officer", "anonymous", "coordinator", "outsider", "anonymous", "leaver"]
    clients = {name: signed_in(name) for name in names}
    nobody = {"anonymous", "leaver"}
    wrong: list[tuple[str, str]] = []
    connection.close()

    def ask(name: str) -> None:
        expected = "" if name in nobody else str(getattr(cast, name).pk)
        for _ in range(15):
            found = clients[name].get("/whoami").content.decode()
            if found != expected:
                wrong.append((name, found))
        connection.close()

    threads = [threading.Thread(target=ask, args=[name]) for name in dict.fromkeys(names)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
