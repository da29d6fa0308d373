"""Reading what stands in an address."""

from __future__ import annotations

from django.http import HttpRequest

LONGEST = 200


def typed(request: HttpRequest, name: str) -> str:
    """Words of a query, without what no database takes (NUL) and without end."""
    return request.GET.get(name, "").replace("\x00", "").strip()[:LONGEST]
