"""Which language a page speaks."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client

from nhipcau.apps.webkit.language import language_of


def request_of(cookie: str = "", own: str | None = None) -> Any:
    request = HttpRequest()
    if cookie:
        request.COOKIES["django_language"] = cookie
    if own is not None:
        request.user = SimpleNamespace(language=own)  # type: ignore[assignment]
    return request


@pytest.mark.parametrize(
    ("cookie", "own", "language"),
    [
        ("", None, "vi"),
        ("", "en", "en"),
        ("en", "vi", "en"),
        ("vi", "en", "vi"),
        ("fr", "en", "en"),
        ("fr", "fr", "vi"),
    ],
)
def test_the_browser_s_choice_goes_before_the_user_s_and_that_before_vietnamese(
    cookie: str, own: str | None, language: str
) -> None:
    assert language_of(request_of(cookie, own)) == language


def test_the_switch_keeps_the_choice_in_this_browser(db: None) -> None:
    client = Client()
    address = "/accounts/login/"
    assert client.get(address).headers["Content-Language"] == "vi"
    answer = client.post("/language/", {"language": "en", "next": address})
    assert answer.headers["Location"] == address
    assert client.get(address).headers["Content-Language"] == "en"


def test_a_browser_that_prefers_english_is_still_answered_in_vietnamese(db: None) -> None:
    answer = Client(headers={"accept-language": "en-GB"}).get("/accounts/login/")
    assert '<html lang="vi">' in answer.content.decode()
