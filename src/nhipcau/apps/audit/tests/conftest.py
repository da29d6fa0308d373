"""A record of a dozen events, sealed, and hands that may do what the serving login may not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

if TYPE_CHECKING:
    from nhipcau.apps.audit.models import Event

# Django is configured after this file is read, so nothing of it may be imported at the top.


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """The heads are noted here."""
    settings.DATA = tmp_path
    return tmp_path


@pytest.fixture
def events(transactional_db: None) -> Callable[[int], list[Event]]:
    """`events(5)` writes five, each in a transaction of its own."""

    from nhipcau.apps.audit.record import Entry, write

    def make(count: int) -> list[Event]:
        return [
            write(
                Entry("test.event", reason=f"lý do {number}", data={"n": number}),
                actor_id=number,
                actor_label=f"Người {number}",
            )
            for number in range(count)
        ]

    return make


@pytest.fixture
def sealed(events: Callable[[int], list[Event]]) -> list[Event]:
    """Twelve events in three batches."""
    from nhipcau.apps.audit.seal import seal_all

    found: list[Event] = []
    for _ in range(3):
        found += events(4)
        seal_all()
    return found


@pytest.fixture
def tamper(owner: psycopg.Connection[Any]) -> Callable[..., None]:
    """Runs SQL as the owner of the tables."""

    def run(statement: str, *arguments: Any) -> None:
        owner.execute(statement, arguments)

    return run
