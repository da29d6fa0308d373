"""People abroad: what lists say (records), whom they are about (persons), and where they come from."""

from nhipcau.apps.registry.models.consent import Consent, ConsentText, Purpose
from nhipcau.apps.registry.models.described import Basis, Sex
from nhipcau.apps.registry.models.export import Export, Sharing
from nhipcau.apps.registry.models.intake import Intake, IntakeRow, Layout
from nhipcau.apps.registry.models.lookup import DataOfficer, LookUp
from nhipcau.apps.registry.models.person import Membership, Merge, Pair, Person
from nhipcau.apps.registry.models.recall import Recall
from nhipcau.apps.registry.models.record import (
    GroupSpell,
    IdentityNumber,
    Nationality,
    Residence,
    SourceRecord,
    Unlinked,
)
from nhipcau.apps.registry.models.remit import Group, Remit
from nhipcau.apps.registry.models.retention import RetentionRule
from nhipcau.apps.registry.models.rights import RightsRequest, SubjectCopy
from nhipcau.apps.registry.models.rounds import Round, RoundUnit, RunningSource
from nhipcau.apps.registry.models.taking_out import TakingOut
from nhipcau.apps.registry.models.verification import Restriction, Verification

__all__ = [
    "Basis",
    "Consent",
    "ConsentText",
    "DataOfficer",
    "Export",
    "Group",
    "GroupSpell",
    "IdentityNumber",
    "Intake",
    "IntakeRow",
    "Layout",
    "LookUp",
    "Membership",
    "Merge",
    "Nationality",
    "Pair",
    "Person",
    "Purpose",
    "Recall",
    "Remit",
    "Residence",
    "Restriction",
    "RetentionRule",
    "RightsRequest",
    "Round",
    "RoundUnit",
    "RunningSource",
    "Sex",
    "Sharing",
    "SourceRecord",
    "SubjectCopy",
    "TakingOut",
    "Unlinked",
    "Verification",
]
