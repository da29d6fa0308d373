"""Whatever stands in a field of a page, the page answers: nothing that is typed is an error of the server.

Which fields a page has is found by watching what it asks its address and its form for.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote, urlencode

import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker
from tests.cast import SignedIn, make_cast
from tests.permissions.addresses import addresses
from tests.permissions.sent import SENT
from tests.permissions.tables import Row, rows
from tests.permissions.world import World, make_world

# Percent-encoded. In one field after the other: a digit that is no number, NUL, numbers without end, the
# last day of the calendar.
ODD = (quote("²"), "a%00b", "9" * 19, "7" * 5000, "31/12/9999")
# In all fields at once: NUL alone, words without end, a number below all, half of a character, bytes that are
# no text, the database's wildcards, the longest name with marks on every letter.
ODD_TOGETHER = ("%00", "x" * 5000, "-1", "%ED%A0%80", "%FF%FE", "%25%5C_", quote("ợ" * 199))
# What makes a page look at more of its fields; each is tried beside the empty form.
DEEPER: dict[str, tuple[dict[str, str], ...]] = {
    **{name: (body,) for name, body in SENT.items()},
    "plans:propose": (
        {"phrase": "Sở X", "what": "organisation", "name": "Sở X", "kind": "department"},
        {"phrase": "các sở", "what": "set", "name": "Các sở", "add": "Sở Công Thương tỉnh Mẫu"},
    ),
    "plans:match": ({"phrase": "Sở X", "organisation": "Sở Công Thương tỉnh Mẫu"}, {"as_written": "1"}),
    "plans:draft_split": ({"at": "10", "text": "Sở Công Thương chủ trì báo cáo"},),
    "plans:draft_create": ({"start": "0", "end": "9"}, {"words": "Sở Công Thương"}),
    "plans:draft_edit": ({"text": "Sở Công Thương chủ trì", "due": "1/7/2027", "agency": "Sở X"},),
    "plans:header": ({"number": "1/KH-UBND", "title": "Kế hoạch", "issued_on": "1/7/2026"},),
    "plans:task_new": (
        {
            "text": "Báo cáo",
            "agency": "Sở Công Thương tỉnh Mẫu",
            "role": "lead",
            "kind": "letter",
            "quote": "x",
        },
    ),
    "orgs:new": ({"name": "Sở X", "kind": "department", "valid_from": "1/7/2026"},),
    "orgs:alias": ({"text": "Sở X"},),
    "orgs:rename": ({"name": "Sở X", "valid_from": "1/7/2026"},),
    "reference:law_new": (
        {"number": "1/2026/NĐ-CP", "effect": "replaced", "effective_on": "1/7/2026", "source": "Công báo"},
    ),
    "plans:assignment_update": ({"status": "done", "done_on": "1/7/2026"},),
    "orgs:set": ({"name": "Các sở", "member": "1"},),
    "plans:list_export": ({"format": "csv"},),
    "plans:tasks_export": ({"format": "csv"},),
}
OBJECTS = {"draft", "-", "agency A", "group", "law", "task of A", "assignment of A", "person officer"}
ENTRANCE = ("account_login", "account_reset_password", "mfa_login_webauthn", "set_language")
CLOSED = {403, 404, 405}


def pages(method: str) -> list[Row]:
    """Our own pages that have something for the coordinator or the officer; what only leads on is no page."""
    found = []
    for row in rows():
        answers = {row.statuses[2], row.statuses[4]} - CLOSED - ({302} if method == "GET" else set())
        ours = not row.address.startswith(("account_", "mfa_"))
        if ours and row.method == method and row.object in OBJECTS and answers:
            found.append(row)
    return found


@pytest.fixture(scope="module")
def stage(django_db_setup: str, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[World, SignedIn]]:
    with django_db_blocker.unblock(), transaction.atomic():
        cast = make_cast()
        yield make_world(cast), SignedIn(cast)
        transaction.set_rollback(True)


@contextmanager
def watched(patch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """The names that are asked of queries and forms meanwhile."""
    asked: set[str] = set()
    with patch.context() as inner:
        for method in ("__getitem__", "getlist", "__contains__"):
            original = getattr(QueryDict, method)

            def look(self: QueryDict, key: str, *rest: object, _original: object = original) -> object:
                asked.add(str(key))
                return _original(self, key, *rest)  # type: ignore[operator]

            inner.setattr(QueryDict, method, look)
        yield asked


class Visitor:
    """One role at one address; what it changes is undone."""

    def __init__(self, client: Client, row: Row, world: World) -> None:
        client.raise_request_exception = False
        self.client, self.method = client, row.method
        self.address = reverse(row.address, kwargs=world.arguments(row.object, addresses()[row.address]))

    def ask(self, query: str) -> int:
        with transaction.atomic():
            if self.method == "GET":
                response = self.client.get(f"{self.address}?{query}")
            else:
                kind = "application/x-www-form-urlencoded"
                response = self.client.generic("POST", self.address, query, content_type=kind)
            if response.streaming:
                list(getattr(response, "streaming_content", ()))
            transaction.set_rollback(True)
        return response.status_code

    def broken_by(self, base: dict[str, str], patch: pytest.MonkeyPatch) -> list[str]:
        """What may not be asked."""
        with watched(patch) as names:
            self.ask(urlencode(base))
        queries = []
        for name in sorted(names):
            rest = urlencode({key: value for key, value in base.items() if key != name})
            queries += [f"{_pair(name, odd)}&{rest}" for odd in ODD]
        queries += ["&".join(_pair(name, odd) for name in sorted(names)) for odd in ODD_TOGETHER]
        return [query[:60] for query in queries if self.ask(query) >= 500]


def _pair(name: str, value: str) -> str:
    """A field with its value; of a list that is exported, the filters are fields too."""
    return f"{name}={quote(f'plan={value}&q={value}&year={value}') if name == 'filters' else value}"


@pytest.mark.parametrize("row", [*pages("GET"), *pages("POST")], ids=str)
def test_no_field_breaks_its_page(
    row: Row,
    stage: tuple[World, SignedIn],
    django_db_blocker: DjangoDbBlocker,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world, sign_in = stage
    with django_db_blocker.unblock():
        for role, status in (("coordinator", row.statuses[2]), ("officer", row.statuses[4])):
            if status in {403, 404, 405} or (role == "officer" and row.object != "-"):
                continue
            visitor = Visitor(sign_in(role), row, world)
            for base in DEEPER.get(row.address, ({},)):
                assert visitor.broken_by(base, monkeypatch) == [], role


def test_the_fields_of_a_list_are_found(
    stage: tuple[World, SignedIn], django_db_blocker: DjangoDbBlocker, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, sign_in = stage
    row = next(each for each in pages("GET") if each.address == "plans:tasks")
    with django_db_blocker.unblock(), watched(monkeypatch) as names:
        Visitor(sign_in("coordinator"), row, world).ask("")
    assert names >= {"q", "agency", "role", "plan", "status", "due_from", "due_to", "page"}


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("address", ENTRANCE)
def test_no_field_breaks_the_entrance(
    address: str,
    method: str,
    stage: tuple[World, SignedIn],
    django_db_blocker: DjangoDbBlocker,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where nobody is signed in yet."""
    row = Row(address, method, "-", (), "")
    base = {"login": "a@example.vn", "password": "x", "email": "a@example.vn", "next": "/"}
    with django_db_blocker.unblock():
        assert Visitor(Client(), row, stage[0]).broken_by(base, monkeypatch) == []
