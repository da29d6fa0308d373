"""Slow, broken and oversized requests."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.db import connection
from django.http import UnreadablePostError
from django.test import Client
from django.test.client import MULTIPART_CONTENT, encode_multipart
from tests.cast import Cast

ADDRESS = "/accounts/login/"
BODY = encode_multipart("edge", {"login": "ai-do@example.vn", "password": "x"})


class Slow(io.BytesIO):
    """Notes whether a transaction was open while somebody read."""

    seen: list[bool] = []

    def read(self, size: int | None = -1, /) -> bytes:
        Slow.seen.append(connection.in_atomic_block)
        return super().read(size)


class Broken(io.BytesIO):
    def read(self, size: int | None = -1, /) -> bytes:
        raise UnreadablePostError("the sender went away")


def send(stream: io.BytesIO, **headers: Any) -> Any:
    sent = {"CONTENT_TYPE": "multipart/form-data; boundary=edge", "CONTENT_LENGTH": str(len(BODY)), **headers}
    client = Client(raise_request_exception=False)
    return client.request(PATH_INFO=ADDRESS, REQUEST_METHOD="POST", **{"wsgi.input": stream, **sent})


@pytest.mark.django_db(transaction=True)
def test_no_transaction_waits_for_a_slow_sender(cast: Cast) -> None:
    Slow.seen.clear()
    assert send(Slow(BODY)).status_code == 200
    assert set(Slow.seen) == {False}


def test_a_sender_that_goes_away_breaks_nothing(cast: Cast) -> None:
    assert send(Broken(BODY)).status_code in {200, 400, 403}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_more_than_any_upload_may_be_is_refused_unread(cast: Cast, language: str, settings: Any) -> None:
    Slow.seen.clear()
    response = send(
        Slow(b""), CONTENT_LENGTH=str(settings.LARGEST_BODY + 1), HTTP_COOKIE=f"django_language={language}"
    )
    assert response.status_code == 413
    assert f'<html lang="{language}"' in response.content.decode()
    assert Slow.seen == []


@pytest.mark.parametrize("length", ["", "-5", "many", "１２"])
def test_a_length_that_is_none_breaks_nothing(cast: Cast, length: str) -> None:
    assert send(io.BytesIO(BODY), CONTENT_LENGTH=length).status_code < 500


def test_ten_thousand_fields_are_refused(cast: Cast) -> None:
    client = Client(raise_request_exception=False)
    fields = {f"f{number}": "x" for number in range(10_000)}
    response = client.generic("POST", ADDRESS, encode_multipart("BoUnDaRyStRiNg", fields), MULTIPART_CONTENT)
    assert response.status_code == 400
