"""Pages of other parts of reporting, linked by name."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse


def page(name: str, *arguments: int) -> str:
    """The path of a page; empty where this instance has none of that name."""
    try:
        return reverse(f"reporting:{name}", args=arguments)
    except NoReverseMatch:
        return ""
