"""Adding and removing a second step of signing in leaves an event, and never its secret."""

from __future__ import annotations

import json
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal import auth as recovery_codes
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse
from django.utils import translation
from tests.cast import Cast, SignedIn

from nhipcau.apps.accounts.tests.softkey import SoftKey
from nhipcau.apps.audit.models import Event
from nhipcau.apps.audit.sentences import sentence


@pytest.fixture
def coordinator(cast: Cast, signed_in: SignedIn) -> Client:
    """With the password typed a moment ago."""
    client = signed_in("coordinator")
    session = client.session
    record = {
        "method": "password",
        "at": time.time(),
        "email": cast.coordinator.email,
        "reauthenticated": True,
    }
    session["account_authentication_methods"] = [record]
    session["account_authentication_methods_user"] = str(cast.coordinator.pk)
    session.save()
    return client


def events(cast: Cast) -> list[str]:
    """What the coordinator did to her own account, oldest first."""
    found = Event.objects.about(cast.coordinator).filter(
        source=Event.Source.ACTION, actor_id=cast.coordinator.pk
    )
    return [event.verb.removeprefix("accounts.") for event in found.order_by("pk")]


def code(secret: str) -> str:
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))


def test_setting_up_an_app_is_recorded_with_the_codes_that_come_with_it(
    cast: Cast, coordinator: Client
) -> None:
    coordinator.get(reverse("mfa_activate_totp"))
    secret = coordinator.session["mfa.totp.secret"]
    assert coordinator.post(reverse("mfa_activate_totp"), {"code": code(secret)}).status_code == 302
    assert events(cast) == ["add_authenticator_app", "make_recovery_codes"]


def test_removing_the_app_is_recorded(cast: Cast, coordinator: Client) -> None:
    totp.TOTP.activate(cast.coordinator, totp.generate_totp_secret())
    recovery_codes.RecoveryCodes.activate(cast.coordinator)
    coordinator.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=cast.coordinator).exists()
    assert sorted(events(cast)) == ["remove_authenticator_app", "remove_recovery_codes"]


def test_new_recovery_codes_are_recorded(cast: Cast, coordinator: Client) -> None:
    totp.TOTP.activate(cast.coordinator, totp.generate_totp_secret())
    coordinator.post(reverse("mfa_generate_recovery_codes"))
    assert events(cast) == ["make_recovery_codes"]


def test_a_passkey_is_recorded_when_it_comes_and_when_it_goes(cast: Cast, coordinator: Client) -> None:
    page = coordinator.get(reverse("mfa_add_webauthn"))
    key = SoftKey("testserver", "https://testserver")
    answer = key.make(json.loads(json.dumps(dict(page.context["js_data"]["creation_options"]))))
    form = {"name": "Điện thoại", "passwordless": "on", "credential": json.dumps(answer)}
    assert coordinator.post(reverse("mfa_add_webauthn"), form, secure=True).status_code == 302
    assert "add_passkey" in events(cast)
    made = Authenticator.objects.get(user=cast.coordinator, type=Authenticator.Type.WEBAUTHN)
    coordinator.post(reverse("mfa_remove_webauthn", args=[made.pk]))
    assert "remove_passkey" in events(cast)


def test_the_record_of_the_rows_hides_the_secrets(cast: Cast) -> None:
    made = totp.TOTP.activate(cast.coordinator, totp.generate_totp_secret()).instance
    event = Event.objects.get(subject_type="mfa.authenticator", subject_id=str(made.pk))
    assert event.verb == "row.insert"
    assert event.facts()["is"]["data"] == "…"
    assert made.data["secret"] not in json.dumps(event.data)


@pytest.mark.parametrize(
    ("language", "words"), [("vi", "thêm khóa truy cập (passkey)"), ("en", "added a passkey")]
)
def test_the_sentence_is_in_the_readers_language(language: str, words: str) -> None:
    with translation.override(language):
        assert sentence(Event(verb="accounts.add_passkey", source=Event.Source.ACTION, data={})) == words
