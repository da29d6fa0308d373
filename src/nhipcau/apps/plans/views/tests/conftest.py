"""What the tests of pages need: drafts, and the queries a page makes of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast, SignedIn

from nhipcau.apps.plans.models import Document
from nhipcau.apps.plans.tests.conftest import drafted
from nhipcau.apps.plans.tests.readings import Item, Plan

# Identity, session and transaction are the house's, not the page's.
HOUSE = (
    "SAVEPOINT",
    "RELEASE",
    "ROLLBACK",
    "django_session",
    "set_config",
    "orgs_appointment",
    "notices_notice",
)
Own = Callable[[Client, str], list[str]]


class InEnglish(SignedIn):
    """Sentences are compared in the language they are written in; translations may be bettered."""

    def __call__(self, name: str) -> Client:
        client = super().__call__(name)
        client.cookies["django_language"] = "en"
        return client


@pytest.fixture
def signed_in(cast: Cast) -> SignedIn:
    return InEnglish(cast)


@pytest.fixture
def own_queries() -> Own:
    """The statements that a GET makes, those of identity and session apart."""

    def of(client: Client, address: str) -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address)
        assert response.status_code == 200, response.status_code
        found = [query["sql"] for query in captured.captured_queries]
        user = 'FROM "accounts_user" WHERE "accounts_user"."id" = '
        return [sql for sql in found if user not in sql and not any(word in sql for word in HOUSE)]

    return of


@pytest.fixture
def document(cast: Cast) -> Document:
    """A draft of three tasks, one doubtful, and a sentence without a task."""
    return drafted(cast)


def of_many(count: int) -> dict[str, Any]:
    """A reading of that many tasks, every eighth doubtful."""
    plan = Plan()
    plan.paragraph("I. TỔ CHỨC THỰC HIỆN", "heading", 1)
    for index in range(1, count + 1):
        words = f"Triển khai nội dung thứ {index} của chương trình kết nối kiều bào trước ngày 30/11."
        bodies = ("Sở Công Thương", "Sở Lạ Hoắc") if index % 5 == 0 else ("Sở Công Thương",)
        plan.task(
            f"I.{index}",
            Item(f"{index}.", words, agencies=bodies, doubts=() if index % 8 else ("due",)),
        )
    return plan.reading()
