"""Whatever a reviewer does, taking it all back gives the drafts as they were read."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from tests.cast import Cast

from nhipcau.apps.plans.actions import (
    accept_draft,
    create_draft,
    drop_draft,
    edit_draft,
    join_drafts,
    match_phrase,
    move_draft,
    restore_draft,
    split_draft,
    undo_change,
)
from nhipcau.apps.plans.dates import entry
from nhipcau.apps.plans.drafting import Named
from nhipcau.apps.plans.models import Document, DraftTask
from nhipcau.apps.plans.refusals import Refused
from nhipcau.apps.plans.tests.conftest import drafted
from nhipcau.apps.plans.tests.readings import UNSEEN

Verb = Callable[[Random, DraftTask, Cast], object]


def state_of(document: Document) -> list[Any]:
    """All that a reviewer sees of the drafts, in order."""
    return [
        (
            draft.pk,
            draft.text,
            draft.state,
            draft.role,
            draft.due,
            draft.doubts,
            draft.span_start,
            draft.span_end,
            [
                (row.phrase, row.role, row.partner, row.organisation_id, row.set_id, row.as_written)
                for row in draft.assignments.all()
            ],
        )
        for draft in document.drafts.prefetch_related("assignments")
    ]


VERBS: tuple[Verb, ...] = (
    lambda _r, draft, cast: accept_draft(draft, version=draft.version, actor=cast.coordinator),
    lambda _r, draft, cast: drop_draft(draft, version=draft.version, actor=cast.coordinator),
    lambda _r, draft, cast: restore_draft(draft, version=draft.version, actor=cast.coordinator),
    lambda _r, draft, cast: join_drafts(draft, version=draft.version, actor=cast.coordinator),
    lambda _r, draft, cast: move_draft(draft, version=draft.version, actor=cast.coordinator),
    lambda r, draft, cast: split_draft(
        draft, version=draft.version, actor=cast.coordinator, at=r.randrange(len(draft.text))
    ),
    lambda r, draft, cast: edit_draft(
        draft,
        version=draft.version,
        actor=cast.coordinator,
        text=f"Việc {r.randrange(99)}",
        named=[Named("Sở Tài chính", "lead"), Named("ai đó", "advise", partner=True)],
        due=[entry("year", "2028")],
        role="lead",
    ),
    lambda r, draft, cast: create_draft(
        draft.document,
        draft.document.text.index(UNSEEN) + r.randrange(9),
        len(draft.document.text),
        actor=cast.coordinator,
    ),
    lambda _r, draft, cast: match_phrase(
        draft.document, "Sở Công Thương", cast.lead_agency, actor=cast.coordinator, remember=False
    ),
)


@pytest.mark.parametrize("seed", range(4))
def test_undoing_everything_leads_back_to_the_reading(cast: Cast, seed: int) -> None:
    random = Random(seed)
    document = drafted(cast)
    before = state_of(document)
    seen = [before]
    for _step in range(12):
        drafts = list(document.drafts.select_related("document"))
        try:
            random.choice(VERBS)(random, random.choice(drafts), cast)
        except Refused:
            continue
        seen.append(state_of(document))
    for earlier in reversed(seen[:-1]):
        undo_change(document, actor=cast.coordinator)
        assert state_of(document) == earlier
    with pytest.raises(Refused):
        undo_change(document, actor=cast.coordinator)
