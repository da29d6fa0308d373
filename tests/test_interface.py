"""The programming interface does what its description says, whatever is sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import booleans
from schemathesis import APIOperation, BaseSchema
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance
from tests.cast import Cast
from tests.permissions.world_of_indicators import make_indicator

from nhipcau.apps.access.actions import create_token
from nhipcau.apps.plans.actions import enter_task
from nhipcau.apps.plans.drafting import Named
from nhipcau.apps.plans.models import Task
from nhipcau.apps.reporting.tests.reports import make_reports

pytestmark = pytest.mark.django_db
DESCRIPTION = "/api/v1/schema/?format=json"
EXAMPLES = 25
# A made-up Authorization header is written over by our own: the test below is for that. And a description
# cannot say all that we refuse (a text of blanks, a host that is none).
BEYOND = [ignored_auth, positive_data_acceptance]


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """As Django's own client: the end of a request does not close the test's connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def task(cast: Cast) -> Task:
    named = [Named("Sở Tài chính", "lead")]
    return enter_task("Việc chung", named, actor=cast.coordinator, kind="note", number="2/TB")


@pytest.fixture
def interface(cast: Cast, task: Task) -> BaseSchema:
    """The description as it is served, asked with a key of the coordinator's."""
    _token, key = create_token(name="Thử", days=1, writes=True, actor=cast.coordinator)
    headers = {"Authorization": f"Bearer {key}", "Accept-Encoding": "identity"}
    schema = schemathesis.openapi.from_wsgi(DESCRIPTION, get_wsgi_application(), headers=headers)
    schema.config.headers = headers
    return schema


def asked_over_and_over(operation: APIOperation[Any, Any, Any, Any], there: int | str) -> int:
    """How many of the answers were what was asked for; fails where one breaks the description."""
    answered = 0

    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(), real=booleans())
    def keeps_to_it(case: schemathesis.Case, real: bool) -> None:
        nonlocal answered
        if real and case.path_parameters:
            (name,) = case.path_parameters
            case.path_parameters[name] = there
        answered += case.call_and_validate(excluded_checks=BEYOND).status_code < 300

    keeps_to_it()
    return answered


def test_every_address_keeps_to_its_description(interface: BaseSchema, task: Task, cast: Cast) -> None:
    """Of objects that are there, which a number made up hardly ever names, and of made-up ones."""
    there = {
        "plans": task.document_id,
        "tasks": task.pk,
        "assignments": task.assignments.get().pk,
        "organisations": cast.department_a.pk,
        "reports": make_reports(cast).of_a.pk,
        "indicators": make_indicator("dung", "Đang dùng").indicator.code,
    }
    answers = {}
    for found in interface.get_all_operations():
        operation = found.ok()
        named = there[operation.path.split("/")[3]]
        answers[operation.label] = asked_over_and_over(operation, named)
    assert len(answers) == 14, answers
    assert min(answers.values()) > 0, f"never answered as asked: {answers}"


def test_who_sends_no_key_learns_nothing(interface: BaseSchema) -> None:
    client = Client()
    for found in interface.get_all_operations():
        operation = found.ok()
        address = operation.full_path.replace("{id}", "1").replace("{code}", "dung")
        answer = client.generic(operation.method, address)
        assert answer.status_code == 401, operation.label
        assert set(answer.json()) == {"code", "message"}
