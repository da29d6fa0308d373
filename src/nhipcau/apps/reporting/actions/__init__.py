"""Changes of forms, periods and reports: one verb a file. What each refuses is in reporting.refusals."""

from nhipcau.apps.reporting.actions.approve_submission import (
    Approved,
    approve_many,
    approve_submission,
    pass_below,
)
from nhipcau.apps.reporting.actions.ask_deferral import ask_deferral, decide_deferral
from nhipcau.apps.reporting.actions.begin_consolidation import begin_consolidation
from nhipcau.apps.reporting.actions.begin_draft import begin_draft
from nhipcau.apps.reporting.actions.chase_units import chase_units
from nhipcau.apps.reporting.actions.discharge_obligation import discharge_obligation, take_back_discharge
from nhipcau.apps.reporting.actions.drop_paragraph import drop_paragraph
from nhipcau.apps.reporting.actions.drop_source import drop_source
from nhipcau.apps.reporting.actions.edit_paragraph import edit_paragraph
from nhipcau.apps.reporting.actions.generate_draft import generate_draft
from nhipcau.apps.reporting.actions.join_paragraphs import join_paragraphs
from nhipcau.apps.reporting.actions.move_paragraph import move_paragraph
from nhipcau.apps.reporting.actions.move_to_section import move_to_section
from nhipcau.apps.reporting.actions.note_chase import note_chase
from nhipcau.apps.reporting.actions.return_submission import redo_by, return_submission
from nhipcau.apps.reporting.actions.save_draft import save_draft
from nhipcau.apps.reporting.actions.send_submission import ChecksFailed, give_back, send_submission
from nhipcau.apps.reporting.actions.set_aside import set_aside, take_up
from nhipcau.apps.reporting.actions.take_passages import Pick, take_passages
from nhipcau.apps.reporting.actions.undo_step import undo_step
from nhipcau.apps.reporting.actions.write_letter import write_letter
from nhipcau.apps.reporting.actions.write_paragraph import write_paragraph

__all__ = [
    "Approved",
    "ChecksFailed",
    "Pick",
    "approve_many",
    "approve_submission",
    "ask_deferral",
    "begin_consolidation",
    "begin_draft",
    "chase_units",
    "decide_deferral",
    "discharge_obligation",
    "drop_paragraph",
    "drop_source",
    "edit_paragraph",
    "generate_draft",
    "give_back",
    "join_paragraphs",
    "move_paragraph",
    "move_to_section",
    "note_chase",
    "pass_below",
    "redo_by",
    "return_submission",
    "save_draft",
    "send_submission",
    "set_aside",
    "take_back_discharge",
    "take_passages",
    "take_up",
    "undo_step",
    "write_letter",
    "write_paragraph",
]
