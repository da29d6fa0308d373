"""Changes of organisations, sets and appointments: one verb a file."""

from nhipcau.apps.orgs.actions.add_alias import add_alias
from nhipcau.apps.orgs.actions.appoint import appoint, end_appointment
from nhipcau.apps.orgs.actions.confirm_set import confirm_set
from nhipcau.apps.orgs.actions.create_organisation import create_organisation
from nhipcau.apps.orgs.actions.name_set_phrase import name_set_phrase
from nhipcau.apps.orgs.actions.propose_set import propose_set
from nhipcau.apps.orgs.actions.rename_organisation import rename_organisation

__all__ = [
    "add_alias",
    "appoint",
    "confirm_set",
    "create_organisation",
    "end_appointment",
    "name_set_phrase",
    "propose_set",
    "rename_organisation",
]
