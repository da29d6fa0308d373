"""The request transaction: opened before the session is read, closed after the page is rendered.

Row security asks who is there with `current_setting('app.user')`, which is set for the transaction alone: a
session-level setting would leak to the next request through the pool. Django renders template responses after
a view that is atomic, so the page is rendered in here.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse


def set_identity(user_id: int | None) -> None:
    """Tell the database who acts until the running transaction ends; nobody is the empty string."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('app.user', %s, true)", [str(user_id or "")])


class RequestTransaction:
    """Opens the transaction, runs the rest of the request in it, rolls back on an answer of 500 or more."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with transaction.atomic():
            response = self.get_response(request)
            if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
                response = response.render()
            if isinstance(response, HttpResponse) and response.status_code >= 500:
                transaction.set_rollback(True)
        return response
