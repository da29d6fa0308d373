"""What stands around the text of the consolidated report is written down."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.policies import require
from nhipcau.apps.accounts.models import User
from nhipcau.apps.reporting.models import Consolidation
from nhipcau.apps.reporting.refusals import Stale

FIELDS = ("subject", "letterhead", "bases", "addressed_to", "recipients", "signature")


@dataclass(frozen=True, slots=True)
class HeadGiven:
    """`letterhead`: agency, parent_body, symbol, place; `signature`: authority, title, name."""

    subject: str
    letterhead: Mapping[str, str]
    bases: Sequence[str] = ()
    addressed_to: Sequence[str] = ()
    recipients: Sequence[str] = ()
    signature: Mapping[str, Any] = field(default_factory=dict)


def head_mark(draft: Consolidation) -> str:
    """Which head it is: who writes another names the one she saw."""
    plain = json.dumps({name: getattr(draft, name) for name in FIELDS}, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()


def set_head(draft: Consolidation, given: HeadGiven, *, seen: str, actor: User) -> Consolidation:
    """The draft with its head. Raises Stale when somebody wrote another since the one that was seen."""
    require(actor, "edit", draft)
    with transaction.atomic():
        row = Consolidation.objects.select_for_update().get(pk=draft.pk)
        if head_mark(row) != seen:
            raise Stale("stale", row.changed_by, row.changed_at)
        with act(actor, "reporting.set_head", row, permission="edit") as entry:
            row.subject = given.subject
            row.letterhead = dict(given.letterhead)
            row.bases, row.addressed_to = list(given.bases), list(given.addressed_to)
            row.recipients, row.signature = list(given.recipients), dict(given.signature)
            row.revision += 1
            row.changed_by = actor
            row.save()
            note(entry, revision=row.revision)
    return row
