"""Another way in which documents write an organisation."""

from __future__ import annotations

from datetime import date

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.orgs.models import Alias, Organisation
from nhipcau.core.text import fold


def add_alias(
    organisation: Organisation,
    text: str,
    *,
    actor: Actor,
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> Alias:
    """The alias, valid in the period (without limit unless given).

    One that overlaps it already is returned as it is.
    """
    text = " ".join(text.split())[:200]
    with act(actor, "orgs.add_alias", organisation, permission="edit") as entry:
        same = Alias.objects.filter(
            organisation=organisation, text_fold=fold(text), valid__overlap=(valid_from, valid_until)
        ).first()
        alias = same or Alias.objects.create(
            organisation=organisation, text=text, valid=(valid_from, valid_until)
        )
        note(entry, alias=alias.pk, new=same is None)
    return alias
