"""The request transaction: opened before the session is read, closed after the page is rendered.

Django renders template responses after a view that is atomic, so the page is rendered in here. An
exception that leaves a view undoes what the view wrote (ATOMIC_REQUESTS: a savepoint); an answer of 500 or
more undoes everything.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse

from nhipcau.apps.access.identity import set_identity

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class RequestTransaction:
    """Opens the transaction, runs the rest of the request in it, rolls back on an answer of 500 or more."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with transaction.atomic():
            response = self.get_response(request)
            if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
                response = response.render()
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response


class RequestIdentity:
    """Stands behind the session and sign-in middleware: tells the database who they found."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # Asked even when nobody is signed in: tests run several requests in one transaction.
        set_identity(request.user.pk if request.user.is_authenticated else None)
        return self.get_response(request)
