"""An organisation's new name from a day on; the old one stays for the documents of its time."""

from __future__ import annotations

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.orgs.models import Organisation, OrganisationVersion, realm_of
from nhipcau.core.places import type_of


def rename_organisation(
    organisation: Organisation,
    name: str,
    *,
    valid_from: date,
    actor: Actor,
    abbreviation: str = "",
    kind: str = "",
) -> OrganisationVersion:
    """End the version that holds on `valid_from` and begin one with the new name. Raises
    OrganisationVersion.DoesNotExist when the organisation does not exist on that day, Refused for a kind of
    another realm."""
    with act(actor, "orgs.rename_organisation", organisation, permission="edit") as entry:
        if kind and realm_of(kind) != organisation.realm:
            raise Refused(_("An agency stays an agency, a place a place: make another organisation."))
        old = organisation.versions.select_for_update().get(valid__contains=valid_from)
        until = old.valid.upper
        old.valid = DateRange(old.valid.lower, valid_from)
        old.save()
        new = OrganisationVersion.objects.create(
            organisation=organisation,
            name=" ".join(name.split()),
            abbreviation=abbreviation,
            kind=kind or old.kind,
            unit_type=type_of(name, kind or old.kind) or old.unit_type,
            code=old.code,
            parent=old.parent,
            valid=DateRange(valid_from, until),
        )
        note(entry, old=old.name, new=new.name, valid_from=valid_from.isoformat())
    return new
