"""Whatever is sent as a passkey's answer is an answer that does not fit, never an error of the server."""

from __future__ import annotations

import json
import time
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse
from fido2.utils import websafe_encode
from tests.cast import Cast, SignedIn

from nhipcau.apps.accounts.tests.softkey import SoftKey

HOST = "testserver"
BROKEN = [
    "",
    "{",
    "7" * 5000,
    "[" * 100_000,
    "null",
    "[]",
    "{}",
    '"x"',
    "1",
    '{"id": 1}',
    '{"id": "a", "rawId": "a", "type": "public-key", "response": {}}',
    '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": 1}',
]
# One part of a true answer replaced.
PARTS = ["id", "rawId", "type", "response"]
INNER = ["clientDataJSON", "authenticatorData", "signature", "userHandle", "attestationObject"]
VALUES: list[Any] = [None, 1, "", "²", "AA", "a\x00b", "/w==", [], {}, "A" * 5000]


def variants(answer: dict[str, Any]) -> list[str]:
    found = list(BROKEN)
    found.append(json.dumps({**answer, "more": "a\x00b"}))
    for value in VALUES:
        found += [json.dumps({**answer, part: value}) for part in PARTS]
        inner = answer["response"]
        found += [
            json.dumps({**answer, "response": {**inner, part: value}}) for part in INNER if part in inner
        ]
    return found


def test_signing_in_with_it_leads_back_to_the_entrance(cast: Cast) -> None:
    client = Client(raise_request_exception=False)
    key = SoftKey(HOST, f"https://{HOST}")
    asked = client.get(reverse("mfa_login_webauthn"), headers={"x-requested-with": "XMLHttpRequest"}).json()
    key.handle = websafe_encode(user_pk_to_url_str(cast.coordinator).encode())
    wrong = []
    for credential in variants(key.sign(asked["request_options"])):
        cache.clear()  # the limit of tries is not what is tried here
        response = client.post(reverse("mfa_login_webauthn"), {"credential": credential})
        if response.status_code != 302:
            wrong.append((response.status_code, credential[:300]))
    assert wrong == []


def test_adding_it_shows_the_form_again(cast: Cast, signed_in: SignedIn) -> None:
    client = signed_in("coordinator")
    client.raise_request_exception = False
    session = client.session
    record = {"method": "password", "at": time.time(), "email": cast.coordinator.email}
    session["account_authentication_methods"] = [{**record, "reauthenticated": True}]
    session["account_authentication_methods_user"] = str(cast.coordinator.pk)
    session.save()
    asked = client.get(reverse("mfa_add_webauthn")).context["js_data"]["creation_options"]
    answer = SoftKey(HOST, f"https://{HOST}").make(json.loads(json.dumps(dict(asked))))
    wrong = []
    for credential in variants(answer):
        form = {"name": "Khóa", "passwordless": "on", "credential": credential}
        cache.clear()
        with transaction.atomic():
            response = client.post(reverse("mfa_add_webauthn"), form, secure=True)
            transaction.set_rollback(True)
        if response.status_code >= 500:
            wrong.append((response.status_code, credential[:300]))
    assert wrong == []
