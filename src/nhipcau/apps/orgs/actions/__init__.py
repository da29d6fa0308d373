"""Changes of organisations, sets and appointments: one verb a file."""

from nhipcau.apps.orgs.actions.add_alias import add_alias
from nhipcau.apps.orgs.actions.allot_items import allot_items
from nhipcau.apps.orgs.actions.appoint import appoint, end_appointment
from nhipcau.apps.orgs.actions.approve_restructuring import approve_restructuring
from nhipcau.apps.orgs.actions.approve_undo import approve_undo
from nhipcau.apps.orgs.actions.ask_undo import ask_undo
from nhipcau.apps.orgs.actions.begin_restructuring import begin_restructuring
from nhipcau.apps.orgs.actions.carry_out_restructuring import carry_out_restructuring
from nhipcau.apps.orgs.actions.change_post import change_post
from nhipcau.apps.orgs.actions.check_arrival import check_again
from nhipcau.apps.orgs.actions.confirm_arrival import Outdated, confirm_arrival
from nhipcau.apps.orgs.actions.confirm_set import confirm_set
from nhipcau.apps.orgs.actions.create_organisation import create_organisation
from nhipcau.apps.orgs.actions.edit_restructuring import edit_restructuring
from nhipcau.apps.orgs.actions.give_deputy import end_deputy, give_deputy
from nhipcau.apps.orgs.actions.hand_over import cancel_handover, give_over, open_handover, take_over
from nhipcau.apps.orgs.actions.keep_focal_point import add_focal_point, edit_focal_point
from nhipcau.apps.orgs.actions.load_units import load_units
from nhipcau.apps.orgs.actions.name_set_phrase import name_set_phrase
from nhipcau.apps.orgs.actions.preview_restructuring import preview_restructuring
from nhipcau.apps.orgs.actions.propose_set import propose_set
from nhipcau.apps.orgs.actions.refuse_undo import refuse_undo
from nhipcau.apps.orgs.actions.remove_step import remove_step
from nhipcau.apps.orgs.actions.rename_organisation import rename_organisation
from nhipcau.apps.orgs.actions.return_restructuring import return_restructuring
from nhipcau.apps.orgs.actions.rule_allotment import add_allotment_rule, remove_allotment_rule
from nhipcau.apps.orgs.actions.set_home_province import set_home_province
from nhipcau.apps.orgs.actions.state_step import Body, Stated, state_step
from nhipcau.apps.orgs.actions.submit_restructuring import submit_restructuring
from nhipcau.apps.orgs.actions.undo_arrival import BuiltOn, undo_arrival
from nhipcau.apps.orgs.actions.undo_restructuring import undo_restructuring
from nhipcau.apps.orgs.actions.upload_arrival import upload_arrival
from nhipcau.apps.orgs.actions.withdraw_restructuring import withdraw_restructuring

__all__ = [
    "Body",
    "BuiltOn",
    "Outdated",
    "Stated",
    "add_alias",
    "add_allotment_rule",
    "add_focal_point",
    "allot_items",
    "appoint",
    "approve_restructuring",
    "approve_undo",
    "ask_undo",
    "begin_restructuring",
    "cancel_handover",
    "carry_out_restructuring",
    "change_post",
    "check_again",
    "confirm_arrival",
    "confirm_set",
    "create_organisation",
    "edit_focal_point",
    "edit_restructuring",
    "end_appointment",
    "end_deputy",
    "give_deputy",
    "give_over",
    "load_units",
    "name_set_phrase",
    "open_handover",
    "preview_restructuring",
    "propose_set",
    "refuse_undo",
    "remove_allotment_rule",
    "remove_step",
    "rename_organisation",
    "return_restructuring",
    "set_home_province",
    "state_step",
    "submit_restructuring",
    "take_over",
    "undo_arrival",
    "undo_restructuring",
    "upload_arrival",
    "withdraw_restructuring",
]
