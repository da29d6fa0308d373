"""The second factor: asked for at sign-in, encrypted at rest, required of those who run the desk."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal import auth as recovery_codes
from allauth.mfa.totp.internal import auth as totp
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from tests.cast import PASSWORD, Cast, SignedIn

from nhipcau.apps.audit.models import Event


@pytest.fixture
def secret(cast: Cast) -> str:
    """The coordinator has an authenticator app."""
    made = totp.generate_totp_secret()
    totp.TOTP.activate(cast.coordinator, made)
    return str(made)


def code(secret: str) -> str:
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))


def sign_in(cast: Cast) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": cast.coordinator.email, "password": PASSWORD})
    return client


def test_the_password_alone_is_not_enough(cast: Cast, secret: str) -> None:
    client = sign_in(cast)
    assert client.get(reverse("desk:home")).status_code == 302


def test_the_code_opens_the_desk(cast: Cast, secret: str) -> None:
    client = sign_in(cast)
    client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert client.get(reverse("desk:home")).status_code == 200


def test_a_wrong_code_does_not(cast: Cast, secret: str) -> None:
    client = sign_in(cast)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert client.get(reverse("desk:home")).status_code == 302


def test_after_five_wrong_codes_even_the_right_one_waits(cast: Cast, secret: str) -> None:
    client = sign_in(cast)
    for _ in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert client.get(reverse("desk:home")).status_code == 302


def test_a_code_opens_once(cast: Cast, secret: str) -> None:
    used = code(secret)
    sign_in(cast).post(reverse("mfa_authenticate"), {"code": used})
    again = sign_in(cast)
    again.post(reverse("mfa_authenticate"), {"code": used})
    assert again.get(reverse("desk:home")).status_code == 302


def test_a_recovery_code_opens_once(cast: Cast, secret: str) -> None:
    kept = recovery_codes.RecoveryCodes.activate(cast.coordinator).get_unused_codes()[0]
    first = sign_in(cast)
    first.post(reverse("mfa_authenticate"), {"code": kept})
    assert first.get(reverse("desk:home")).status_code == 200
    second = sign_in(cast)
    second.post(reverse("mfa_authenticate"), {"code": kept})
    assert second.get(reverse("desk:home")).status_code == 302


def test_the_secret_is_encrypted_at_rest(cast: Cast, secret: str) -> None:
    kept = Authenticator.objects.get(type=Authenticator.Type.TOTP).data["secret"]
    assert secret not in kept


def test_a_new_key_of_the_instance_still_opens_it(cast: Cast, secret: str, settings: Any) -> None:
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another " * 8
    client = sign_in(cast)
    client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert client.get(reverse("desk:home")).status_code == 200


@pytest.mark.parametrize(
    ("name", "sent_away"),
    [("system_admin", True), ("coordinator", True), ("officer", False), ("leader", False)],
)
def test_in_production_who_runs_the_desk_must_set_one_up(
    signed_in: SignedIn, settings: Any, name: str, sent_away: bool
) -> None:
    settings.MFA_REQUIRED = True
    response = signed_in(name).get(reverse("desk:home"))
    assert (response.status_code == 302) is sent_away
    if sent_away:
        assert response.url == reverse("mfa_index")


def test_with_one_the_desk_is_open(cast: Cast, secret: str, signed_in: SignedIn, settings: Any) -> None:
    settings.MFA_REQUIRED = True
    assert signed_in("coordinator").get(reverse("desk:home")).status_code == 200


def test_while_one_is_missing_signing_out_is_free(signed_in: SignedIn, settings: Any) -> None:
    settings.MFA_REQUIRED = True
    response = signed_in("coordinator").post(reverse("account_logout"))
    assert response.url == reverse("account_login")


@pytest.mark.django_db(transaction=True)
def test_who_lost_it_gets_in_again_by_an_administrators_command(cast: Cast, secret: str) -> None:
    call_command(
        "second_factor_reset", cast.coordinator.email, by=cast.system_admin.email, reason="Mất điện thoại"
    )
    assert sign_in(cast).get(reverse("desk:home")).status_code == 200
    event = Event.objects.get(verb="accounts.reset_second_factor")
    assert (event.actor_id, event.reason) == (cast.system_admin.pk, "Mất điện thoại")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["second_coordinator", "officer", "coordinator"])
def test_nobody_else_removes_a_second_step(cast: Cast, secret: str, name: str) -> None:
    with pytest.raises(CommandError):
        call_command("second_factor_reset", cast.coordinator.email, by=getattr(cast, name).email, reason="x")
    assert Authenticator.objects.filter(user=cast.coordinator).exists()


@pytest.mark.parametrize("typed", ["²", "١٢٣٤٥٦", "a\x00b", "9" * 5000, "-1", " ", "\ufffd", "ợ" * 6])
@pytest.mark.parametrize("address", ["mfa_authenticate", "mfa_reauthenticate"])
def test_what_is_no_code_is_a_wrong_code(
    cast: Cast, secret: str, signed_in: SignedIn, typed: str, address: str
) -> None:
    client = sign_in(cast) if address == "mfa_authenticate" else signed_in("coordinator")
    client.raise_request_exception = False
    assert client.post(reverse(address), {"code": typed}).status_code < 500
