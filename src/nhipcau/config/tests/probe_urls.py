"""Addresses that only the middleware's tests use."""

from __future__ import annotations

from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from procrastinate.contrib.django import app

from nhipcau.apps.accounts.models import User


def identity() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select current_setting('app.user', true)")
        return str(cursor.fetchone()[0])


def whoami(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(identity())


class Late(TemplateResponse):
    """Rendered after the view: is the identity still there?"""

    @property
    def rendered_content(self) -> str:
        return identity()


def rendered(request: HttpRequest) -> HttpResponse:
    return Late(request, "unused")


def write() -> None:
    User.objects.create_user("probe@example.vn", "Nguyễn Dò")


def breaks(_request: HttpRequest) -> HttpResponse:
    write()
    raise RuntimeError("bí mật của bà Lan")


def breaks_the_transaction(_request: HttpRequest) -> HttpResponse:
    """After this the database refuses every question until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select 1/0")
    return HttpResponse()


def refuses(_request: HttpRequest) -> HttpResponse:
    write()
    raise PermissionDenied


def answers_500(_request: HttpRequest) -> HttpResponse:
    write()
    return HttpResponse(status=503)


def writes(_request: HttpRequest) -> HttpResponse:
    write()
    return HttpResponse()


def defers(_request: HttpRequest) -> HttpResponse:
    app.configure_task("probe.task", allow_unknown=True).defer(number=1)
    return HttpResponse()


def defers_and_breaks(request: HttpRequest) -> HttpResponse:
    defers(request)
    return HttpResponse(status=500)


def touches_session(request: HttpRequest) -> HttpResponse:
    request.session["touched"] = True
    return HttpResponse(str(Session.objects.count()))


urlpatterns = [
    path("whoami", whoami),
    path("rendered", rendered),
    path("breaks/<str:secret>", lambda request, secret: breaks(request)),
    path("breaks-the-transaction", breaks_the_transaction),
    path("refuses", refuses),
    path("answers-500", answers_500),
    path("writes", writes),
    path("defers", defers),
    path("defers-and-breaks", defers_and_breaks),
    path("touches-session", touches_session),
]
