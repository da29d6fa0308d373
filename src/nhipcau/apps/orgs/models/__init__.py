from nhipcau.apps.orgs.models.appointment import Appointment
from nhipcau.apps.orgs.models.arrival import Arrival, ArrivalRow
from nhipcau.apps.orgs.models.deputy import Deputy
from nhipcau.apps.orgs.models.focal_point import FocalPoint
from nhipcau.apps.orgs.models.handover import HandedItem, Handover
from nhipcau.apps.orgs.models.home import HomeProvince
from nhipcau.apps.orgs.models.lineage import Lineage
from nhipcau.apps.orgs.models.organisation import (
    AGENCIES,
    KINDS,
    PARTNERS,
    PLACES,
    WORKING_PLACES,
    Alias,
    Organisation,
    OrganisationVersion,
    realm_of,
)
from nhipcau.apps.orgs.models.restructuring import (
    Allotment,
    AllotmentRule,
    Fate,
    Restructuring,
    RestructuringStep,
    RowChange,
    StepUnit,
)
from nhipcau.apps.orgs.models.sets import OrganisationSet, SetMember, SetPhrase

__all__ = [
    "AGENCIES",
    "KINDS",
    "PARTNERS",
    "PLACES",
    "WORKING_PLACES",
    "Alias",
    "Allotment",
    "AllotmentRule",
    "Appointment",
    "Arrival",
    "ArrivalRow",
    "Deputy",
    "Fate",
    "FocalPoint",
    "HandedItem",
    "Handover",
    "HomeProvince",
    "Lineage",
    "Organisation",
    "OrganisationSet",
    "OrganisationVersion",
    "Restructuring",
    "RestructuringStep",
    "RowChange",
    "SetMember",
    "SetPhrase",
    "StepUnit",
    "realm_of",
]
