from nhipcau.apps.orgs.models.appointment import Appointment
from nhipcau.apps.orgs.models.organisation import Alias, Organisation, OrganisationVersion
from nhipcau.apps.orgs.models.sets import OrganisationSet, SetMember, SetPhrase

__all__ = [
    "Alias",
    "Appointment",
    "Organisation",
    "OrganisationSet",
    "OrganisationVersion",
    "SetMember",
    "SetPhrase",
]
