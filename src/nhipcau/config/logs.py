"""Logs without personal data: one JSON line an event, tied together by the request's id.

The message of an exception is left out (a constraint's tells the value that broke it); type, place and,
for the database, code and constraint say why. Addresses are logged as their pattern: a path can carry a
reset key.
"""

from __future__ import annotations

import logging
import re
import time
import traceback
import uuid
from collections.abc import Callable, MutableMapping
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import DatabaseError
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

REQUEST_ID = "X-Request-Id"
_GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")
_log = structlog.get_logger("nhipcau.request")


def cause(error: BaseException) -> dict[str, Any]:
    """What may be said of an exception: its type, where it arose, and the database's code and constraint."""
    frames = traceback.extract_tb(error.__traceback__)
    facts: dict[str, Any] = {
        "error": f"{type(error).__module__}.{type(error).__qualname__}",
        "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-12:]],
    }
    origin = error.__cause__ if isinstance(error, DatabaseError) else error
    diagnosis = getattr(origin, "diag", None)
    if diagnosis is not None:
        facts["sqlstate"] = diagnosis.sqlstate
        facts["constraint"] = diagnosis.constraint_name
    return facts


Line = MutableMapping[str, Any]


def _without_arguments(_logger: Any, _name: str, event: Line) -> Line:
    """Of procrastinate's lines, whose text holds a job's arguments, keep what happened to which job."""
    record: logging.LogRecord = event["_record"]
    if record.name.startswith("procrastinate"):
        job = getattr(record, "job", None) or {}
        event["event"] = getattr(record, "action", "procrastinate")
        event.update(job=job.get("id"), task=job.get("task_name"))
    return event


def _without_messages(_logger: Any, _name: str, event: Line) -> Line:
    """Replace `exc_info` by what may be said of it."""
    info = event.pop("exc_info", None)
    error = info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        event.update(cause(error))
    return event


def settings(style: str, level: str) -> dict[str, Any]:
    """Django's LOGGING; `style` is "json" or "text"."""
    renderer: Any = structlog.processors.JSONRenderer(ensure_ascii=False)
    if style == "text":
        renderer = structlog.dev.ConsoleRenderer(colors=False)
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_messages,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    quiet = {"level": "CRITICAL"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                # The template of the message, without its arguments.
                "use_get_message": False,
                "foreign_pre_chain": [*shared, _without_arguments],
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
            }
        },
        "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["out"], "level": level},
        "loggers": {
            # These write paths, names and messages; RequestLog writes a line without them.
            "django": {"level": "WARNING", "handlers": [], "propagate": True},
            "django.request": quiet,
            "django.server": quiet,
            "axes": quiet,
            "procrastinate": {"level": "WARNING"},
        },
    }


class RequestLog:
    """Gives each request its id, in the answer and on every line, and writes one line when it is over."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get(REQUEST_ID, "")
        identity = given if _GIVEN.fullmatch(given) else uuid.uuid4().hex
        started = time.perf_counter()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=identity)
        request.META["nhipcau.request_id"] = identity
        response = self.get_response(request)
        response[REQUEST_ID] = identity
        match = request.resolver_match
        _log.log(
            logging.ERROR if response.status_code >= 500 else logging.INFO,
            "request",
            method=request.method,
            route=match.route if match else None,
            status=response.status_code,
            ms=round((time.perf_counter() - started) * 1000, 1),
        )
        return response

    def process_exception(self, _request: HttpRequest, error: Exception) -> None:
        """Django shows the person a page; the log gets the cause. A refusal is no failure."""
        if not isinstance(error, (Http404, PermissionDenied, SuspiciousOperation)):
            _log.error("failed", **cause(error))
