"""Whatever stands in a field of a page, the page answers: nothing that is typed is an error of the server.

Which fields a page has is found by watching what it asks its address and its form for. Each value in each
field is some seven thousand requests: `make test` sends one half and `make test-heavy`, on PostgreSQL 15, the
other (NHIPCAU_ODD=1 and 2); in every field both send some. Without NHIPCAU_ODD all are sent.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from urllib.parse import quote, urlencode

import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from tests.cast import SignedIn
from tests.permissions.addresses import addresses
from tests.permissions.sent import SENT
from tests.permissions.tables import Row, rows
from tests.permissions.world import World

pytestmark = pytest.mark.every_server

# Percent-encoded. In one field after the other: a digit that is no number, NUL, numbers without end, the
# last day of the calendar.
ODD = (quote("²"), "a%00b", "9" * 19, "7" * 5000, "31/12/9999")
# In all fields at once: NUL alone, words without end, a number below all, half of a character, bytes that are
# no text, the database's wildcards, the longest name with marks on every letter.
ODD_TOGETHER = ("%00", "x" * 5000, "-1", "%ED%A0%80", "%FF%FE", "%25%5C_", quote("ợ" * 199))
KEY = "0b6b4f2e-7c57-4a52-8f0c-0123456789ab"
# What makes a page look at more of its fields; each is tried beside the empty form.
DEEPER: dict[str, tuple[dict[str, str], ...]] = {
    **{name: (body,) for name, body in SENT.items()},
    "reporting:period_new": (
        {
            "form": "1",
            "kind": "half",
            "year": "2027",
            "number": "1",
            "title": "Kỳ",
            "window_by": "stated",
            "window_first": "1/1/2027",
            "window_last": "1/6/2027",
            "opens_on": "1/5/2027",
            "due": "trước ngày 05/6",
            "units": "Sở Công Thương tỉnh Mẫu",
        },
    ),
    "reporting:at_once": (
        {
            "request": "Gì?",
            "text": "on",
            "figures": "Số người (người)",
            "day": "1/7/2099",
            "time": "16:00",
            "units": "Sở Công Thương tỉnh Mẫu",
        },
    ),
    "reporting:duty": (
        {"form": "1", "window_by": "decree", "opens_days": "9", "period_0": "half", "due_0": "5/6"},
        {"what": "end", "reason": "x"},
    ),
    "reporting:unit": (
        {"what": "excuse", "reason": "x", "version": "0"},
        {"what": "allow", "reason": "x", "until": "1/7/2099", "version": "0"},
        {"what": "through", "through": "Xã Cầu Ngang", "version": "0"},
    ),
    "reporting:period_add_units": ({"units": "Xã Cầu Ngang", "reason": "x"},),
    "reporting:period_act": (
        {"what": "lock", "revision": "0"},
        {"what": "close", "reason": "x", "revision": "0"},
        {"what": "join", "main": "1"},
    ),
    "reporting:form_act": (
        {"what": "rename", "title": "x"},
        {"what": "end", "reason": "x"},
        {"what": "begin"},
    ),
    "reporting:form_build_act": (
        {"what": "section", "title": "x", "kind": "narrative", "level": "1", "most_chars": "99"},
        {"what": "version", "guidance": "x", "change_note": "x"},
        {"what": "use", "revision": "0"},
    ),
    "reporting:form_section_act": (
        {"what": "ask", "indicator": "1", "split": "sex"},
        {"what": "move", "way": "up"},
    ),
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
    "plans:assignment_update": ({"text": "Đã làm", "state": "done", "key": KEY},),
    "plans:assignment_give_back": ({"version": "0", "reason": "Thiếu số liệu"},),
    "plans:assignment_assign": ({"version": "0", "specialist": "1"},),
    "plans:obstacle_new": ({"key": KEY, "text": "Thiếu kinh phí", "clearer": "Sở Tài chính"},),
    "plans:obstacle_clear": ({"how": "Đã cấp"},),
    "plans:obstacle_escalate": ({"body": "UBND tỉnh"},),
    "plans:obstacle_decide": ({"decision": "Cấp", "decided_on": "1/7/2026"},),
    "plans:extension_new": ({"until": "1/7/2099", "reason": "Chờ số liệu"},),
    "plans:extension_decide": ({"grant": "yes", "reason": "Được"},),
    "plans:accept_all": ({"part": "1:0"},),
    "plans:comment": ({"key": KEY, "text": "Đã rõ"},),
    "plans:target": ({"target": "50", "unit": "người"},),
    "plans:assignment_accept": ({"version": "0"},),
    "plans:assignment_return": ({"version": "0", "reason": "Thiếu số liệu"},),
    "orgs:set": ({"name": "Các sở", "member": "1"},),
    "plans:duty_new": ({"due_on": "1/7/2027", "phrase": "Ban hành kế hoạch", "group": "1"},),
    "plans:duty_drop": ({"reason": "Nhầm"},),
    "plans:own_plan": ({"number": "1/KH", "issued_on": "1/7/2026", "link": "https://example.vn"},),
    "plans:own_plan_excuse": ({"reason": "Không"},),
    "plans:own_task_new": ({"text": "Việc", "due_on": "1/7/2027", "parent": "1"},),
    "plans:own_plans_export": ({"format": "csv"},),
    "plans:task_kind": ({"kind": "course"},),
    "plans:record_new": ({"topic": "Lớp", "day": "1/7/2026", "units": "SCT: 2", "organisation": "1"},),
    "plans:record_edit": ({"topic": "Lớp", "day": "1/7/2026", "units": "SCT: 2", "form": "meeting"},),
    "plans:record_drop": ({"reason": "Nhầm"},),
    "plans:finding_new": ({"text": "Lập sổ", "organisation": "1", "due_on": "1/7/2027"},),
    "plans:finding_drop": ({"reason": "Nhầm"},),
    "plans:task_parent": ({"q": "viec"}, {"parent": "1"}),
    "plans:records_export": ({"format": "csv"},),
    "plans:round_new": ({"year": "2030", "send_by": "1/12/2029", "finance": "1", "agency": "1"},),
    "plans:round_edit": ({"send_by": "1/12/2029", "finance": "1", "agency": "1"},),
    "plans:asked_lines": ({"t1_900-content": "Thuê xe", "t1_900-norm": "1 triệu", "t1_900-quantity": "1"},),
    "plans:asked_amounts": ({"decided_on": "1/7/2026", "copy": "1"},),
    "plans:list_export": ({"format": "csv"},),
    "plans:tasks_export": ({"format": "csv"},),
}
OBJECTS = {
    "period",
    "planned period",
    "report of A",
    "reporting duty",
    "form",
    "draft of a form",
    "section of a draft",
    "approved",
    "duty",
    "own plan of A",
    "kind course",
    "course of A",
    "review of A",
    "session of A",
    "inspection of A",
    "finding of A",
    "round",
    "estimates of A",
    "estimates of B",
    "appraisal of A",
    "draft",
    "-",
    "agency A",
    "group",
    "law",
    "task of A",
    "assignment of A",
    "person officer",
}
HALF = os.environ.get("NHIPCAU_ODD", "")
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
        for place, name in enumerate(sorted(names)):
            rest = urlencode({key: value for key, value in base.items() if key != name})
            queries += [f"{_pair(name, odd)}&{rest}" for odd in of_this_half(ODD, place)]
        together = of_this_half(ODD_TOGETHER, 0)
        queries += ["&".join(_pair(name, odd) for name in sorted(names)) for odd in together]
        return [query[:60] for query in queries if self.ask(query) >= 500]


def of_this_half(values: Iterable[str], place: int) -> list[str]:
    """Every other value, another one first in the next field; all without NHIPCAU_ODD."""
    return [value for turn, value in enumerate(values, place) if not HALF or turn % 2 == int(HALF) - 1]


def _pair(name: str, value: str) -> str:
    """A field with its value; of a list that is exported, the filters are fields too."""
    return f"{name}={quote(f'plan={value}&q={value}&year={value}') if name == 'filters' else value}"


@pytest.mark.parametrize("row", [*pages("GET"), *pages("POST")], ids=str)
def test_no_field_breaks_its_page(
    row: Row, world: World, sign_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    for role, status in (("coordinator", row.statuses[2]), ("officer", row.statuses[4])):
        if status in {403, 404, 405} or (role == "officer" and row.object != "-"):
            continue
        visitor = Visitor(sign_in(role), row, world)
        for base in DEEPER.get(row.address, ({},)):
            assert visitor.broken_by(base, monkeypatch) == [], role


def test_two_halves_are_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    for place in range(3):
        found = []
        for half in ("1", "2"):
            monkeypatch.setitem(globals(), "HALF", half)
            found.append(of_this_half(ODD, place))
        assert sorted(map(len, found)) == [2, 3]
        assert sorted(found[0] + found[1]) == sorted(ODD)


def test_the_fields_of_a_list_are_found(
    world: World, sign_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = next(each for each in pages("GET") if each.address == "plans:tasks")
    with watched(monkeypatch) as names:
        Visitor(sign_in("coordinator"), row, world).ask("")
    assert names >= {"q", "agency", "role", "plan", "status", "due_from", "due_to", "page"}


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("address", ENTRANCE)
def test_no_field_breaks_the_entrance(
    address: str, method: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nobody is signed in yet."""
    row = Row(address, method, "-", (), "")
    base = {"login": "a@example.vn", "password": "x", "email": "a@example.vn", "next": "/"}
    assert Visitor(Client(), row, world).broken_by(base, monkeypatch) == []
