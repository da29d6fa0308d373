"""The tests run as production does: the serving login owns nothing and cannot rewrite the record."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.utils import ProgrammingError
from tests.cast import Cast


def _one(statement: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        row = cursor.fetchone()
        return row[0] if row else None


@pytest.mark.django_db
def test_the_tests_run_as_the_serving_login() -> None:
    assert _one("select current_user") == "nhipcau_app"
    assert (
        _one("select rolsuper or rolbypassrls or rolcreatedb from pg_roles where rolname = current_user")
        is False
    )


@pytest.mark.django_db
def test_the_serving_login_owns_no_table() -> None:
    assert _one("select count(*) from pg_tables where tableowner = current_user") == 0


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["delete from django_migrations", "create table mine (x int)"])
def test_the_serving_login_may_not(statement: str) -> None:
    with pytest.raises(ProgrammingError), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_cast_holds_its_roles_and_the_leaver_is_locked(cast: Cast) -> None:
    assert cast.leaver.is_active is False
    assert set(cast.people()) >= {"system_admin", "coordinator", "officer", "outsider"}


@pytest.mark.django_db(transaction=True)
def test_a_committed_test_leaves_nothing(cast: Cast) -> None:
    assert cast.reader.pk


@pytest.mark.django_db(transaction=True)
def test_a_committed_test_begins_with_nothing() -> None:
    assert _one("select count(*) from accounts_user") == 0
