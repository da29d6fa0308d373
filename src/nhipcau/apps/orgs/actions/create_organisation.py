"""A new organisation, from a day on."""

from __future__ import annotations

from datetime import date

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.orgs.models import Organisation, OrganisationVersion, realm_of
from nhipcau.core.places import type_of


def create_organisation(
    name: str,
    kind: str,
    *,
    actor: Actor,
    abbreviation: str = "",
    parent: Organisation | None = None,
    unit_type: str = "",
    code: str = "",
    source: str = "",
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> Organisation:
    """The organisation with its first version, in the realm that its kind belongs to.

    `kind` is one of OrganisationVersion.Kind; None means without limit; `valid_until` is the first day on
    which it no longer exists.
    """
    with act(actor, "orgs.create_organisation", Organisation, permission="create") as entry:
        organisation = Organisation.objects.create(realm=realm_of(kind))
        OrganisationVersion.objects.create(
            organisation=organisation,
            name=" ".join(name.split()),
            kind=OrganisationVersion.Kind(kind),
            abbreviation=abbreviation.strip(),
            parent=parent,
            unit_type=unit_type or type_of(name, kind),
            code=code,
            source=source,
            valid=(valid_from, valid_until),
        )
        entry.subject = organisation
        note(entry, name=name, kind=kind)
    return organisation
