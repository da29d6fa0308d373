"""Changes of the register: one verb a file."""

from nhipcau.apps.registry.actions.answer_request import (
    acknowledge_request,
    check_identity,
    extend_request,
    find_requester,
    finish_request,
    grant_request,
    refuse_request,
    take_back_request,
)
from nhipcau.apps.registry.actions.approve_round import approve_round
from nhipcau.apps.registry.actions.ask_export import ask_export
from nhipcau.apps.registry.actions.ask_sharing import (
    ask_sharing,
    decide_sharing,
    end_sharing,
    hand_over,
    write_sharing,
)
from nhipcau.apps.registry.actions.change_keeper import change_keeper
from nhipcau.apps.registry.actions.confirm_intake import confirm_intake
from nhipcau.apps.registry.actions.correct_person import correct_person
from nhipcau.apps.registry.actions.create_round import create_round, open_round
from nhipcau.apps.registry.actions.create_source import create_source, end_source
from nhipcau.apps.registry.actions.decide_export import decide_export
from nhipcau.apps.registry.actions.decide_pair import Decided, decide_pair, needs_reason, undo_pair
from nhipcau.apps.registry.actions.enter_person import enter_person
from nhipcau.apps.registry.actions.erase_person import erase_person
from nhipcau.apps.registry.actions.give_remit import end_remit, give_remit
from nhipcau.apps.registry.actions.look_up import look_up
from nhipcau.apps.registry.actions.make_copy import fetch_copy, make_copy
from nhipcau.apps.registry.actions.map_intake import map_intake
from nhipcau.apps.registry.actions.merge_persons import decide_merge, merge_persons, take_apart
from nhipcau.apps.registry.actions.name_data_officer import end_data_officer, name_data_officer
from nhipcau.apps.registry.actions.read_pair import read_pair
from nhipcau.apps.registry.actions.read_person import read_person
from nhipcau.apps.registry.actions.receive_request import receive_request
from nhipcau.apps.registry.actions.record_consent import record_consent, withdraw_consent, write_consent_text
from nhipcau.apps.registry.actions.restrict_person import lift_restriction, restrict_person
from nhipcau.apps.registry.actions.reveal_numbers import reveal_numbers
from nhipcau.apps.registry.actions.review_look_up import review_look_up
from nhipcau.apps.registry.actions.set_retention import set_retention
from nhipcau.apps.registry.actions.take_export import end_export, take_export
from nhipcau.apps.registry.actions.take_out import decide_taking_out, put_back, take_out
from nhipcau.apps.registry.actions.take_wrong_rows import take_wrong_rows
from nhipcau.apps.registry.actions.tell_recipients import tell_recipients
from nhipcau.apps.registry.actions.undo_intake import BuiltOn, drop_intake, undo_intake
from nhipcau.apps.registry.actions.upload_intake import upload_intake
from nhipcau.apps.registry.actions.verify_person import end_verification, verify_person

__all__ = [
    "BuiltOn",
    "Decided",
    "acknowledge_request",
    "approve_round",
    "ask_export",
    "ask_sharing",
    "change_keeper",
    "check_identity",
    "confirm_intake",
    "correct_person",
    "create_round",
    "create_source",
    "decide_export",
    "decide_merge",
    "decide_pair",
    "decide_sharing",
    "decide_taking_out",
    "drop_intake",
    "end_data_officer",
    "end_export",
    "end_remit",
    "end_sharing",
    "end_source",
    "end_verification",
    "enter_person",
    "erase_person",
    "extend_request",
    "fetch_copy",
    "find_requester",
    "finish_request",
    "give_remit",
    "grant_request",
    "hand_over",
    "lift_restriction",
    "look_up",
    "make_copy",
    "map_intake",
    "merge_persons",
    "name_data_officer",
    "needs_reason",
    "open_round",
    "put_back",
    "read_pair",
    "read_person",
    "receive_request",
    "record_consent",
    "refuse_request",
    "restrict_person",
    "reveal_numbers",
    "review_look_up",
    "set_retention",
    "take_apart",
    "take_back_request",
    "take_export",
    "take_out",
    "take_wrong_rows",
    "tell_recipients",
    "undo_intake",
    "undo_pair",
    "upload_intake",
    "verify_person",
    "withdraw_consent",
    "write_consent_text",
    "write_sharing",
]
