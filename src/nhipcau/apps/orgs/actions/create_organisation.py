"""A new organisation, from a day on."""

from __future__ import annotations

from datetime import date

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.orgs.models import Organisation, OrganisationVersion


def create_organisation(
    name: str,
    kind: str,
    *,
    actor: Actor,
    abbreviation: str = "",
    parent: Organisation | None = None,
    code: str = "",
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> Organisation:
    """The organisation with its first version.

    `kind` is one of OrganisationVersion.Kind; None means without limit; `valid_until` is the first day on
    which it no longer exists.
    """
    with act(actor, "orgs.create_organisation", Organisation, permission="create") as entry:
        organisation = Organisation.objects.create()
        OrganisationVersion.objects.create(
            organisation=organisation,
            name=" ".join(name.split()),
            kind=OrganisationVersion.Kind(kind),
            abbreviation=abbreviation.strip(),
            parent=parent,
            code=code,
            valid=(valid_from, valid_until),
        )
        entry.subject = organisation
        note(entry, name=name, kind=kind)
    return organisation
