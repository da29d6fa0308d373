"""The bell in the head of every page for officials."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from nhipcau.apps.access.scope import scope_of
from nhipcau.apps.notices.models import Notice


def bell(request: HttpRequest) -> dict[str, Any]:
    """`bell.unread`: how many messages wait for the reader; nothing for who has no role.

    Counted when a page prints it, in one query on an index of what is unread.
    """
    user = getattr(request, "user", None)
    if not scope_of(user).roles:
        return {}
    return {"bell": {"unread": SimpleLazyObject(lambda: Notice.objects.visible_to(user).unread().count())}}
