"""What follows when a form is sent: carried out and on, or shown again with why not."""

from __future__ import annotations

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpRequest
from django.test import RequestFactory

from nhipcau.apps.access.pages import acted, pressed
from nhipcau.apps.access.refusals import Refused


class Words(forms.Form):
    words = forms.CharField()


@pytest.fixture
def request_() -> HttpRequest:
    request = RequestFactory().post("/")
    request.session = {}  # type: ignore[assignment]
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
    return request


def told(request: HttpRequest) -> list[str]:
    return [str(each) for each in get_messages(request)]


def refuse() -> int:
    raise Refused("Not today.")


def test_what_was_done_is_said_and_leads_on(request_: HttpRequest) -> None:
    form = Words({"words": "x"})
    answer = acted(request_, form, lambda: 7, to=lambda made: f"/made/{made}/", said="Done.")
    assert answer is not None
    assert (answer.status_code, answer["Location"]) == (302, "/made/7/")
    assert told(request_) == ["Done."]


def test_a_refusal_stands_at_the_form(request_: HttpRequest) -> None:
    form = Words({"words": "x"})
    assert acted(request_, form, refuse, to="/", said="Done.", at="words") is None
    assert form.errors == {"words": ["Not today."]}
    assert told(request_) == []


@pytest.mark.parametrize("data", [None, {"words": ""}])
def test_nothing_is_done_for_a_form_that_was_not_sent_or_is_wrong(
    request_: HttpRequest, data: dict[str, str] | None
) -> None:
    assert acted(request_, Words(data), refuse, to="/") is None


def test_a_button_that_is_refused_leads_back(request_: HttpRequest) -> None:
    answer = pressed(request_, refuse, to=lambda made: f"/made/{made}/", back="/back/")
    assert answer["Location"] == "/back/"
    assert told(request_) == ["Not today."]
