"""What every page knows: the menu, the province."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.desk import navigation


def frame(request: HttpRequest) -> dict[str, Any]:
    scope = scope_of(getattr(request, "user", None))
    menu = navigation.items(scope, request.path) if scope.roles else []
    return {
        "nav": menu,
        "nav_daily": [item for item in menu if item.daily],
        "nav_more": [item for item in menu if not item.daily],
        "stands_in_for": [absent.name for absent in scope.behalf],
        "province_name": settings.PROVINCE_NAME,
    }
