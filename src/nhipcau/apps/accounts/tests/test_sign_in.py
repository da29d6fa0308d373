"""Signing in, and what a stranger can learn from trying: nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import hashers
from django.test import Client
from django.urls import reverse
from tests.cast import PASSWORD, Cast, SignedIn

from nhipcau.apps.accounts.models import User
from nhipcau.apps.audit.models import Event


def try_password(email: str, password: str, client: Client | None = None) -> Any:
    return (client or Client()).post(reverse("account_login"), {"login": email, "password": password})


def words(response: Any) -> list[str]:
    """The errors of the form: what the person is told."""
    return [str(error) for errors in response.context["form"].errors.values() for error in errors]


def test_the_right_password_opens_the_desk_and_is_recorded(cast: Cast) -> None:
    response = try_password(cast.officer.email, PASSWORD)
    assert response.status_code == 302
    assert response.url == reverse("desk:home")
    event = Event.objects.get(verb="accounts.sign_in")
    assert (event.actor_id, event.subject_id) == (cast.officer.pk, str(cast.officer.pk))


def test_the_address_may_be_typed_in_capitals(cast: Cast) -> None:
    assert try_password(cast.officer.email.upper(), PASSWORD).status_code == 302


def test_a_wrong_password_an_unknown_and_a_locked_account_are_told_the_same(cast: Cast) -> None:
    wrong = try_password(cast.officer.email, "không phải")
    unknown = try_password("nobody@example.vn", PASSWORD)
    locked = try_password(cast.leaver.email, PASSWORD)
    assert wrong.status_code == unknown.status_code == locked.status_code == 200
    assert words(wrong) == words(unknown) == words(locked) != []


def test_after_too_many_tries_the_answer_stays_the_ordinary_one(cast: Cast, settings: Any) -> None:
    settings.AXES_FAILURE_LIMIT = 3
    first = try_password(cast.officer.email, "không phải")
    for _ in range(3):
        try_password(cast.officer.email, "không phải")
    locked_out = try_password(cast.officer.email, PASSWORD)
    assert locked_out.status_code == 200
    assert words(locked_out) == words(first)


def test_the_lock_after_too_many_tries_holds_for_a_name_that_nobody_has(cast: Cast, settings: Any) -> None:
    settings.AXES_FAILURE_LIMIT = 2
    answers = [try_password("nobody@example.vn", "không phải") for _ in range(4)]
    assert {answer.status_code for answer in answers} == {200}
    assert len({tuple(words(answer)) for answer in answers}) == 1


def test_capitals_do_not_walk_around_the_lock(cast: Cast, settings: Any) -> None:
    settings.AXES_FAILURE_LIMIT = 2
    for email in ("Officer@example.vn", "OFFICER@example.vn"):
        try_password(email, "không phải")
    assert try_password(cast.officer.email, PASSWORD).status_code == 200


def test_another_persons_tries_do_not_lock_me_out(cast: Cast, settings: Any) -> None:
    settings.AXES_FAILURE_LIMIT = 2
    for _ in range(3):
        try_password("nobody@example.vn", "không phải")
    assert try_password(cast.officer.email, PASSWORD).status_code == 302


def test_a_good_sign_in_forgets_the_tries_before(cast: Cast, settings: Any) -> None:
    settings.AXES_FAILURE_LIMIT = 3
    for _ in range(2):
        try_password(cast.officer.email, "không phải")
        assert try_password(cast.officer.email, PASSWORD).status_code == 302


@pytest.mark.parametrize("case", ["wrong", "unknown", "locked", "too many"])
def test_every_refusal_costs_one_hash(cast: Cast, settings: Any, monkeypatch: Any, case: str) -> None:
    """Time would tell what words do not.

    Argon2 takes tens of milliseconds, all else together less than one.
    """
    settings.AXES_FAILURE_LIMIT = 1
    email = {"unknown": "nobody@example.vn", "locked": cast.leaver.email}.get(case, cast.officer.email)
    if case == "too many":
        try_password(email, "không phải")
    hashed: list[str] = []
    hasher = type(hashers.get_hasher())
    encode = hasher.encode
    monkeypatch.setattr(hasher, "encode", lambda self, *a, **k: hashed.append("x") or encode(self, *a, **k))
    try_password(email, "không phải")
    assert len(hashed) == 1


@pytest.mark.django_db
def test_nobody_signs_up(client: Client) -> None:
    assert client.get("/accounts/signup/").status_code == 404


@pytest.mark.django_db
def test_passwords_are_kept_by_argon2(settings: Any) -> None:
    from nhipcau.config import settings as real

    settings.PASSWORD_HASHERS = real.PASSWORD_HASHERS
    assert User(email="a@b.vn").has_usable_password
    assert hashers.make_password("x").startswith("argon2")


def test_signing_out_ends_the_session(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("officer")
    client.post(reverse("account_logout"))
    assert client.get(reverse("desk:home")).status_code == 302


def test_a_new_password_is_offered_once_and_no_field_has_a_placeholder(client: Client, db: None) -> None:
    page = client.get(reverse("account_login")).content.decode()
    assert page.count(reverse("account_reset_password")) == 1
    assert "placeholder" not in page
