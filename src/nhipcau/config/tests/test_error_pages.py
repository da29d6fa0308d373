"""When something is wrong the page says what to do, in the reader's language, and tells nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from tests.cast import Cast, SignedIn


def ask(client: Client, address: str, language: str, **more: Any) -> Any:
    client.raise_request_exception = False
    client.cookies["django_language"] = language
    return client.get(address, **more)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    ("address", "status"), [("/no-such-page", 404), ("/record/", 403), ("/organisations/999999/", 404)]
)
def test_the_page_speaks_the_readers_language(
    signed_in: SignedIn, language: str, address: str, status: int
) -> None:
    response = ask(signed_in("officer"), address, language)
    assert response.status_code == status
    page = response.content.decode()
    assert f'<html lang="{language}"' in page
    assert ("To the first page" in page) is (language == "en")


@pytest.mark.urls("nhipcau.config.tests.probe_urls")
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("address", ["/breaks/x", "/breaks-the-transaction"])
def test_a_fault_of_ours_says_so_and_no_more(cast: Cast, language: str, address: str) -> None:
    response = ask(Client(), address, language)
    assert response.status_code == 500
    page = response.content.decode()
    assert f'<html lang="{language}"' in page
    assert "bà Lan" not in page
    assert "RuntimeError" not in page
    assert "Traceback" not in page


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_form_without_its_token_says_what_to_do(cast: Cast, language: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies["django_language"] = language
    response = client.post("/accounts/login/", {"login": "a@b.vn", "password": "x"})
    assert response.status_code == 403
    assert f'<html lang="{language}"' in response.content.decode()


@pytest.mark.django_db
def test_a_host_that_is_not_ours_gets_a_page_too() -> None:
    response = ask(Client(), "/accounts/login/", "vi", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()


def test_too_many_tries_from_one_place_get_a_page(cast: Cast, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    client = Client()
    sent = {"login": "a@b.vn", "password": "x"}
    client.post("/accounts/login/", sent)
    response = client.post("/accounts/login/", sent)
    assert response.status_code == 429
    assert "<h1>" in response.content.decode()
