"""How lists are paged and how refusals look: `{"code", "message"}`, with `fields` where a field is wrong."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions, status
from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response
from rest_framework.views import exception_handler

from nhipcau.apps.access.refusals import Refused


class Pages(PageNumberPagination):
    """`?page=2&size=100`; `count` tells how many there are in all."""

    page_size, max_page_size = 50, 200
    page_size_query_param = "size"
    last_page_strings = ()


class Conflict(exceptions.APIException):
    """The thing is not in a state that allows this, or somebody was faster."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "conflict"


def refused(error: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to an exception; None for one that is a fault of ours."""
    if isinstance(error, Refused):
        error = Conflict(str(error.why))
    answer = exception_handler(error, context)
    if answer is None:
        return None
    fields = answer.data if isinstance(error, exceptions.ValidationError) else None
    if isinstance(fields, dict):
        answer.data = {"code": "invalid", "message": _first(fields), "fields": fields}
    else:
        answer.data = {"code": _code(error), "message": _words(answer.data)}
    return answer


def _code(error: Exception) -> str:
    if isinstance(error, Http404):
        return "not_found"
    if isinstance(error, PermissionDenied):
        return "permission_denied"
    return str(getattr(error, "default_code", "error"))


def _words(said: Any) -> str:
    if isinstance(said, dict):
        return str(said.get("detail", ""))
    return " ".join(map(str, said)) if isinstance(said, list) else str(said)


def _first(fields: dict[str, Any]) -> str:
    name, said = next(iter(fields.items()), ("", ""))
    return f"{name}: {_words(said)}"
