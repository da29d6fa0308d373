"""Too many wrong passwords: a quarter of an hour in which every answer is the ordinary one.

The lock holds for the name that was typed, whether anyone has it or not, so it tells nothing; and it costs
the time of one password check, as an unknown name and a wrong password do.
"""

from __future__ import annotations

from typing import Any

from axes.backends import AxesStandaloneBackend
from axes.exceptions import AxesBackendPermissionDenied
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse


class Lockout(AxesStandaloneBackend):  # type: ignore[misc]  # axes has no types
    def authenticate(self, request: HttpRequest, username: str | None = None, **credentials: Any) -> None:
        try:
            super().authenticate(request, username=username, **credentials)
        except AxesBackendPermissionDenied:
            make_password(credentials.get("password") or "-")
            raise


def name_typed(_request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The key of the lock: an address in capitals is the same address."""
    return str((credentials or {}).get("email") or "").strip().lower()


def ordinary_answer(_request: HttpRequest, response: HttpResponse, _credentials: object) -> HttpResponse:
    """Axes would answer 429 here; the page of a wrong password stands."""
    return response
