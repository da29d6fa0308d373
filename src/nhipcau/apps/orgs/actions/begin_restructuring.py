"""A new act of restructuring, still without steps."""

from __future__ import annotations

from datetime import date

from nhipcau.apps.access.act import act, note
from nhipcau.apps.accounts.models import User
from nhipcau.apps.orgs.models import Restructuring


def begin_restructuring(
    title: str, *, effective_on: date, actor: User, legal_basis: str = ""
) -> Restructuring:
    """The act, being stated. `effective_on` may lie in the past or in the future."""
    with act(actor, "orgs.begin_restructuring", Restructuring, permission="create") as entry:
        made = Restructuring.objects.create(
            title=" ".join(title.split())[:200],
            effective_on=effective_on,
            legal_basis=legal_basis.strip(),
            created_by=actor,
        )
        entry.subject = made
        note(entry, effective_on=effective_on.isoformat())
    return made
