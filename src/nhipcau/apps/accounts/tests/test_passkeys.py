"""Passkeys: made on one's own page, enough to sign in, bound to our address."""

from __future__ import annotations

import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from tests.cast import PASSWORD, Cast

from nhipcau.apps.access.actions import lock_user
from nhipcau.apps.accounts.tests.softkey import SoftKey

HOST = "nhipcau.example.gov.vn"


@pytest.fixture(autouse=True)
def as_in_production(settings: Any) -> None:
    """The origin is looked at, and the key is bound to the address people type."""
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
    settings.PUBLIC_HOST = HOST
    settings.ALLOWED_HOSTS = [HOST]


def browser() -> Client:
    return Client(headers={"host": HOST})


def signed_in_with_password(cast: Cast) -> Client:
    client = browser()
    client.post(reverse("account_login"), {"login": cast.coordinator.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def add(cast: Cast, key: SoftKey) -> Any:
    client = signed_in_with_password(cast)
    page = client.get(reverse("mfa_add_webauthn"))
    answer = key.make(json.loads(json.dumps(dict(page.context["js_data"]["creation_options"]))))
    sent = {"name": "Điện thoại", "passwordless": "on", "credential": json.dumps(answer)}
    return client.post(reverse("mfa_add_webauthn"), sent, secure=True)


@pytest.fixture
def key(cast: Cast) -> SoftKey:
    made = SoftKey(HOST, f"https://{HOST}")
    assert add(cast, made).status_code == 302
    return made


def sign_in(key: SoftKey) -> Client:
    client = browser()
    options = client.get(reverse("mfa_login_webauthn"), headers={"x-requested-with": "XMLHttpRequest"}).json()
    answer = key.sign(options["request_options"])
    client.post(reverse("mfa_login_webauthn"), {"credential": json.dumps(answer)})
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("desk:home")).status_code == 200


def test_a_passkey_alone_opens_the_desk(key: SoftKey) -> None:
    assert is_in(sign_in(key))


def test_with_the_first_key_come_recovery_codes(cast: Cast, key: SoftKey) -> None:
    assert Authenticator.objects.filter(user=cast.coordinator, type="recovery_codes").exists()


def test_another_key_of_the_same_name_does_not(key: SoftKey) -> None:
    other = SoftKey(HOST, f"https://{HOST}")
    other.handle = key.handle
    assert not is_in(sign_in(other))


def test_a_page_elsewhere_cannot_use_the_key(key: SoftKey) -> None:
    key.origin = "https://nhipcau.example.evil"
    assert not is_in(sign_in(key))


def test_a_page_elsewhere_cannot_make_one(cast: Cast) -> None:
    assert add(cast, SoftKey(HOST, "https://nhipcau.example.evil")).status_code == 200
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_a_locked_user_is_told_what_a_wrong_key_is_told(cast: Cast, key: SoftKey) -> None:
    lock_user(cast.coordinator, reason="Nghỉ", actor=cast.system_admin)
    assert not is_in(sign_in(key))


def test_after_the_password_the_key_is_asked_for(cast: Cast, key: SoftKey) -> None:
    client = browser()
    response = client.post(reverse("account_login"), {"login": cast.coordinator.email, "password": PASSWORD})
    assert response.url == reverse("mfa_authenticate")
    assert not is_in(client)
