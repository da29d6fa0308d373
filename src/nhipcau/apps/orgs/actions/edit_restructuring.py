"""Another name, day or legal basis of an act that is being stated."""

from __future__ import annotations

from datetime import date

from nhipcau.apps.access.actors import Actor
from nhipcau.apps.orgs.models import Restructuring
from nhipcau.apps.orgs.restructuring.stages import editing


def edit_restructuring(
    act: Restructuring,
    title: str,
    *,
    effective_on: date,
    legal_basis: str,
    actor: Actor,
    revision: int | None = None,
) -> Restructuring:
    """Raises Refused when the act is no longer being stated, or changed since `revision`."""
    with editing(act, "edit_restructuring", actor=actor, revision=revision) as fresh:
        fresh.title = " ".join(title.split())[:200]
        fresh.effective_on, fresh.legal_basis = effective_on, legal_basis.strip()
    return fresh
