"""What is logged, and what never is."""

from __future__ import annotations

import io
import json
import logging
import logging.config
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError
from django.test import Client
from tests.cast import Cast

from nhipcau.apps.accounts.models import User
from nhipcau.config import logs

pytestmark = pytest.mark.urls("nhipcau.config.tests.probe_urls")


@pytest.fixture
def lines() -> Iterator[Any]:
    """A callable that gives the JSON lines written so far."""
    stream = io.StringIO()
    written = logs.settings("json", "INFO")
    written["handlers"]["out"]["stream"] = stream
    logging.config.dictConfig(written)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.config.dictConfig(settings.LOGGING)


def test_a_request_writes_one_line_with_its_pattern_and_id(cast: Cast, lines: Any) -> None:
    response = Client().get("/whoami?q=Nguyễn+Văn+A", headers={"X-Request-Id": "abcdef-123456"})
    assert response["X-Request-Id"] == "abcdef-123456"
    (line,) = lines()
    assert line["route"] == "whoami"
    assert line["request"] == "abcdef-123456"
    assert "Nguy" not in json.dumps(line, ensure_ascii=False)


def test_an_id_that_is_no_id_is_replaced(cast: Cast) -> None:
    response = Client().get("/whoami", headers={"X-Request-Id": "x\u007f; drop"})
    assert len(response["X-Request-Id"]) == 32


def test_a_failure_is_logged_by_type_and_place_without_its_message(cast: Cast, lines: Any) -> None:
    Client(raise_request_exception=False).get("/breaks/ma-bi-mat")
    everything = json.dumps(lines(), ensure_ascii=False)
    assert "RuntimeError" in everything
    assert "probe_urls.py" in everything
    assert "bà Lan" not in everything
    assert "ma-bi-mat" not in everything


@pytest.mark.django_db
def test_a_broken_constraint_is_named_without_the_value() -> None:
    User.objects.create_user("lan@example.vn", "Lan")
    with pytest.raises(IntegrityError) as caught:
        User.objects.create_user("lan@example.vn", "Lan")
    facts = logs.cause(caught.value)
    assert facts["sqlstate"] == "23505"
    assert "email" in facts["constraint"]
    assert "lan@" not in json.dumps(facts)


def test_other_libraries_lines_keep_their_template_only(lines: Any) -> None:
    logging.getLogger("some.library").warning("user %s failed", "lan@example.vn")
    assert lines()[0]["event"] == "user %s failed"


def test_a_job_is_named_without_its_arguments(lines: Any) -> None:
    extra = {
        "action": "job_error",
        "job": {"id": 7, "task_name": "send", "task_kwargs": {"to": "lan@example.vn"}},
    }
    logging.getLogger("procrastinate.worker").error("Job send[7](to='lan@example.vn') failed", extra=extra)
    (line,) = lines()
    assert (line["event"], line["job"], line["task"]) == ("job_error", 7, "send")
    assert "lan@" not in json.dumps(line)
