from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.cast import Cast

from nhipcau.apps.access.actors import System
from nhipcau.apps.plans.actions.store_reading import store_reading
from nhipcau.apps.plans.models import Document, DraftTask
from nhipcau.apps.plans.tests.readings import plan

MakeDraft = Callable[..., Document]


def drafted(cast: Cast, reading: dict[str, Any] | None = None, **fields: Any) -> Document:
    """A document with its reading and drafts, as an upload leaves it."""
    document = Document.objects.create(created_by=cast.coordinator, **fields)
    return store_reading(document.pk, reading or plan(), actor=System("test-reader"))


@pytest.fixture
def document(cast: Cast) -> Document:
    """A draft of three tasks."""
    return drafted(cast)


@pytest.fixture
def drafts(document: Document) -> list[DraftTask]:
    return list(document.drafts.select_related("document"))
