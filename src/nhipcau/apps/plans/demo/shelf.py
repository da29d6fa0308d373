"""The tables and documents that come with the demo."""

from __future__ import annotations

import csv
from datetime import date
from importlib import resources
from importlib.resources.abc import Traversable

DRAFT_PLAN, APPROVED_PLAN = "ke-hoach-187.docx", "ke-hoach-14.docx"
# The same for all, printed by the command; an instance for work has no such users.
PASSWORD = "cau-tre-lac-leo-36"  # noqa: S105


def folder() -> Traversable:
    return resources.files("nhipcau.apps.plans.demo") / "data"


def table(name: str) -> list[dict[str, str]]:
    """The rows of a table."""
    return list(csv.DictReader((folder() / name).read_text(encoding="utf-8").splitlines()))


def document(name: str) -> bytes:
    return (folder() / name).read_bytes()


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
