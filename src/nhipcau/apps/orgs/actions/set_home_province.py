"""Which province this instance serves: its communes get tasks and appointments."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nhipcau.apps.access.act import act, note
from nhipcau.apps.access.actors import Actor
from nhipcau.apps.access.refusals import Refused
from nhipcau.apps.orgs.models import HomeProvince, Organisation, OrganisationVersion


def set_home_province(place: Organisation, *, actor: Actor) -> HomeProvince:
    """The one reference, made or changed. Raises Refused for what never was a province."""
    with act(actor, "orgs.set_home_province", place, permission="set_home") as entry:
        if not place.versions.filter(kind=OrganisationVersion.Kind.PROVINCE).exists():
            raise Refused(_("Only a province or a city under the centre can be the own one."))
        before = HomeProvince.objects.values_list("place_id", flat=True).first()
        home, _new = HomeProvince.objects.update_or_create(id=HomeProvince.ONLY, defaults={"place": place})
        note(entry, before=before)
    return home
